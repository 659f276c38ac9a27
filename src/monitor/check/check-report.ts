import type { ConnectionLinks, SyncErrorReport } from "../../health/report.ts";
import type { SuspensionKind } from "../../health/suspensions.ts";
import type { Finding, RecordReference } from "../../health/sync-errors.ts";
import type { Said } from "../../language/sentence.ts";
import type { LeftBecause } from "../../records/comparison.ts";
import type { Direction, SyncRule } from "../../records/mapping.ts";
import type { CrmSystem, SalesforceObject } from "../../records/record.ts";

/** What came of a look at one record. */
export type CheckOutcome =
  | { readonly outcome: "checked"; readonly report: CheckReport }
  /** The same id or link means several records: one of them has to be named. */
  | { readonly outcome: "several"; readonly records: readonly RecordReference[]; readonly links: ConnectionLinks }
  | { readonly outcome: "not-found"; readonly looked: readonly CrmSystem[] }
  /** Why nothing could be looked at, in a sentence: plain text. */
  | { readonly outcome: "declined"; readonly why: Said };

/** Everything about one record, as both systems hold it now. Texts of records come from CRMs: escape before showing. */
export interface CheckReport {
  readonly connection: string;
  readonly at: Date;
  readonly record: RecordReference;
  readonly verdict: CheckVerdict;
  readonly pairing: Pairing;
  /** Contacts alone are held to an inclusion list; null where there is none. */
  readonly inclusion: { readonly list: string; readonly isMember: boolean } | null;
  /** Differences first. */
  readonly fields: readonly FieldReport[];
  /** Why it doesn't sync; each with the sync error that it belongs to. */
  readonly reasons: readonly CheckReason[];
  readonly lastSync: LastSync;
  /** What is known of a write to Salesforce that was undone. */
  readonly trial: Trial;
  /** The whole sync is stopped. */
  readonly suspension: { readonly kind: SuspensionKind; readonly openedAt: Date } | null;
  readonly links: ConnectionLinks;
}

export type CheckVerdict =
  | { readonly state: "in-step" }
  /** A change is to travel and nothing speaks against it; `isDue`: the grace period is over. */
  | { readonly state: "waiting"; readonly direction: Direction; readonly since: Date; readonly isDue: boolean }
  | { readonly state: "in-error" }
  /** Values differ, nothing speaks against them, and no change waits: from before the bot's time, or made by the sync itself. */
  | { readonly state: "old-difference"; readonly since: Date; readonly bySync: boolean }
  | { readonly state: "excluded"; readonly why: Said }
  /** One of the systems could not be read. */
  | { readonly state: "not-known"; readonly why: Said };

export interface Pairing {
  readonly state:
    | "linked"
    /** HubSpot notes that the Salesforce record was deleted. */
    | "partner-deleted"
    /** The integration user doesn't find the linked Salesforce record. */
    | "partner-missing"
    /** Not linked; the other system has a record with the same email, which the sync links. */
    | "by-email"
    | "to-be-created-in-salesforce"
    | "to-be-created-in-hubspot"
    | "none"
    | "not-known";
  /** HubSpot's property that holds the link, where there is one. */
  readonly property: string | null;
  /** Where the link leads, or what would be made. */
  readonly object: SalesforceObject | null;
  readonly id: string | null;
  readonly concerns: readonly PairingConcern[];
}

/** What is odd about a pairing. */
export type PairingConcern =
  /** Further HubSpot records are linked to the same Salesforce record. */
  | { readonly kind: "shared"; readonly records: readonly RecordReference[] }
  /** Further records have the same email. */
  | { readonly kind: "same-email"; readonly records: readonly RecordReference[] }
  /** The link's id is one of another object's. */
  | { readonly kind: "wrong-object"; readonly id: string; readonly expected: SalesforceObject }
  | { readonly kind: "converted-lead" }
  /** The emails of the pair differ, and another Salesforce record has HubSpot's. */
  | { readonly kind: "other-email"; readonly hubspot: string; readonly salesforce: string };

export interface FieldReport {
  readonly hubspotProperty: string;
  readonly salesforceField: string;
  readonly rule: SyncRule;
  /** As each system holds it, an owner or stage with its name; null where there is no value. */
  readonly hubspotValue: string | null;
  readonly salesforceValue: string | null;
  readonly verdict: FieldVerdict;
  /** When HubSpot's value was last changed, and by what (`SALESFORCE`: the native sync); null where it isn't known. */
  readonly changed: { readonly at: Date; readonly source: string } | null;
}

export type FieldVerdict =
  | { readonly verdict: "same" }
  | { readonly verdict: "travels"; readonly direction: Direction; readonly since: Date }
  | { readonly verdict: "left"; readonly because: LeftBecause }
  | { readonly verdict: "unreadable"; readonly side: CrmSystem }
  /** The record is to be made with it. */
  | { readonly verdict: "new"; readonly direction: Direction };

export interface CheckReason {
  readonly finding: Finding;
  /** The open sync error of that cause; null where no poll has found it yet. */
  readonly open: SyncErrorReport | null;
}

export interface LastSync {
  /** HubSpot's own stamp on the record (`salesforcelastsynctime`). */
  readonly stampedAt: Date | null;
  /** The newest mapped value that came from Salesforce. */
  readonly toHubSpotAt: Date | null;
  /** Salesforce's record was last saved by the integration user. */
  readonly toSalesforceAt: Date | null;
}

export type Trial =
  /** Nothing is to be written to Salesforce, or the schemas explain it already. */
  | { readonly state: "not-needed" }
  | { readonly state: "refused" }
  | { readonly state: "nothing-refused" }
  /** The same write was tried by a poll a short time ago: not again so soon. */
  | { readonly state: "tried-before"; readonly at: Date }
  | { readonly state: "not-tried"; readonly because: "off" | "grace" | "suspended" | "undecided" };

/** What a resync is to be asked for the record by: Salesforce's ids are those of one record alone. */
export function resyncId({ salesforceId, hubspotId }: RecordReference): string {
  return salesforceId ?? hubspotId ?? "";
}
