import type { SalesforceObjectName } from "./mapping.ts";

/** How the native sync is set up in HubSpot; scenarios and tests change it. */
export interface SyncSettings {
  createContactsAs: Extract<SalesforceObjectName, "Contact" | "Lead"> | null;
  /** The most Salesforce calls that HubSpot may make in a day. */
  allocation: number;
  /** Nobody outside HubSpot is sure whether an attempt that failed or changed nothing stamps `salesforcelastsynctime`. */
  stampOnFailure: boolean;
  /** It has stopped for a reason that no probe shows. */
  stuck: boolean;
}

/** The native sync's times in milliseconds, a quarter of an hour of HubSpot's played in `lookEveryMs`. */
export interface SyncTimes {
  /** How soon it reacts to a change in HubSpot. */
  readonly reactionMs: number;
  /** HubSpot: every 15 minutes. */
  readonly lookEveryMs: number;
  /** HubSpot retries an errored record every 20 minutes … */
  readonly retryEveryMs: number;
  /** … up to ten times … */
  readonly retries: number;
  /** … and then once a night. */
  readonly nightlyRetryMs: number;
  /** While suspended for something that ends by itself, how long it takes to test that again: nobody outside HubSpot knows. */
  readonly retestAfterMs: number;
  /** How long it takes to try again by itself after a suspension that somebody has to clear. */
  readonly resumeAfterMs: number;
  /** An unknown error often passes by itself: after so long. */
  readonly stuckForMs: number;
  /** HubSpot's calls of so long count against the allocation. Real time: so do the org's event logs. */
  readonly allocationWindowMs: number;
}

const QUARTER_HOUR_MS = 2_000;

export const DEFAULT_TIMES: SyncTimes = {
  reactionMs: 300,
  lookEveryMs: QUARTER_HOUR_MS,
  retryEveryMs: (QUARTER_HOUR_MS * 20) / 15,
  retries: 10,
  nightlyRetryMs: QUARTER_HOUR_MS * 4 * 24,
  retestAfterMs: 12_000,
  resumeAfterMs: 60_000,
  stuckForMs: 180_000,
  allocationWindowMs: 86_400_000,
};
