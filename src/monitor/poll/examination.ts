import type { Finding, RecordReference } from "../../health/sync-errors.ts";
import type { Sentence } from "../../language/sentence.ts";
import type { Difference } from "../../records/comparison.ts";
import type { SeenCause } from "./causes.ts";

/** What a close look at one record has shown. */
export type Examination =
  | { readonly state: "in-step"; readonly reference: RecordReference }
  | { readonly state: "gone"; readonly reference: RecordReference }
  | { readonly state: "excluded"; readonly reference: RecordReference; readonly why: Sentence }
  | OutOfStep;

export interface OutOfStep {
  readonly state: "out-of-step";
  readonly reference: RecordReference;
  readonly differences: readonly Difference[];
  /** Why it doesn't sync, what the native sync meets first leading; empty where no reason was found. */
  readonly findings: readonly Finding[];
  /** The same write was tried before and not now: what was found then stands. */
  readonly earlierStands: boolean;
  /** `not-tried`: a rolled-back write would tell more, but was switched off, not due yet or over the budget. */
  readonly diagnosis: "complete" | "not-tried";
  readonly changedIn: "hubspot" | "salesforce";
  /** When the change that waits was made. */
  readonly changedAt: Date;
  /**
   * The native sync itself made Salesforce's newest change, so what Salesforce made of it (a default, a formula) doesn't travel
   * back: it doesn't look at its own writes.
   */
  readonly changedBySync: boolean;
  /** The same of a record that nobody has touched since the native sync made it. */
  readonly madeBySync: boolean;
  /**
   * HubSpot's change may have been synced, and Salesforce's value changed back since: the record has been synced and Salesforce's
   * changed by somebody after it.
   */
  readonly maybeChangedBack: boolean;
  /** What was tried in a rolled-back write, where one was made. */
  readonly triedVersion: string | null;
}

/** How long something lasted. */
export interface Spell {
  readonly from: Date;
  readonly until: Date;
}

export interface ExamineOptions {
  /** Whether rolled-back writes may be made. */
  readonly trial: boolean;
  /** How many Salesforce calls they may cost. */
  readonly maxTrialCalls: number;
  /** How many records they may write; no limit without it. */
  readonly maxTrials?: number;
  /** What was tried before, by record key: the same write isn't tried again before that is due. */
  readonly tried?: ReadonlyMap<string, { readonly version: string; readonly isDue: boolean }>;
  /** Since when the connection is watched, where known. */
  readonly watchedSince?: Date;
  /** The last suspension, where known: meanwhile nothing could sync. */
  readonly suspended?: Spell | null;
  /** Is told what refuses every rolled-back write alike: the connection's matter, not the records'. */
  readonly onCause?: (cause: SeenCause) => void;
}
