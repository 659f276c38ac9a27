import type { Calls } from "./calls.ts";
import type { Measurement } from "./report.ts";

/** The most calls that a poll may make. */
export interface Allowed {
  /** Without rolled-back writes. */
  readonly salesforce: number;
  readonly trials: number;
  /** All of them, searches too. */
  readonly hubspot: number;
  readonly searches: number;
}

/**
 * An idle poll: one search for each of three objects, and in turn one for tasks or one of the settings. Searches may be four where
 * nothing else is read.
 */
export const IDLE: Allowed = { salesforce: 2, trials: 0, hubspot: 4, searches: 4 };

/** Ten times as many changes may need so many times the memory: what a garbage collector leaves lying, not the records. */
export const MEMORY_GROWTH = 1.25;
export const LONGEST_ACKNOWLEDGEMENT_MS = 100;

/**
 * What the promises allow a poll; null for the very first one, which reads everything there is.
 * - N changed contacts: ⌈N/2000⌉ more Salesforce calls, and ⌈N/200⌉ searches, the first of which every poll makes.
 * - R of them refused are read again to see why: in Salesforce once for every 500 and once for the rules' names; in HubSpot 100
 *   a call, 50 with their histories, and 100 a call for whether they are in the inclusion list.
 * - Each rolled-back write takes 200, and repeats as often as it shows no more than some of the refusals; 10 calls a poll.
 */
export function allowed({ kind, count, refused }: Pick<Measurement, "kind" | "count" | "refused">): Allowed | null {
  if (kind === "first") return null;
  const searches = IDLE.searches - 1 + Math.max(1, Math.ceil(count / 200));
  const lookups = Math.ceil(refused / 100) + Math.ceil(refused / 50) + Math.ceil(refused / 100);
  return {
    salesforce: IDLE.salesforce + Math.ceil(count / 2_000) + (refused > 0 ? Math.ceil(refused / 500) + 1 : 0),
    trials: refused > 0 ? 10 : 0,
    hubspot: searches + lookups,
    searches,
  };
}

export function isKept({ salesforce, hubspot }: Calls, allowed: Allowed): boolean {
  return (
    salesforce.reads <= allowed.salesforce &&
    salesforce.trials <= allowed.trials &&
    hubspot.searches <= allowed.searches &&
    hubspot.searches + hubspot.lookups + hubspot.settings <= allowed.hubspot
  );
}
