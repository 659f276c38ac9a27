import type { SyncedObject } from "../../../records/record.ts";

/** Records that one call takes. Sources: HubSpot's and Salesforce's API references. */
const HUBSPOT_BATCH = 100;
const HUBSPOT_HISTORY_BATCH = 50;
const HUBSPOT_MEMBERS_BATCH = 100;
const HUBSPOT_SEARCH_PAGE = 200;
const SALESFORCE_BATCH = 200;
const SALESFORCE_READ = 2_000;
/** How many of Salesforce's calls, about a second each, are under way together. */
const SALESFORCE_LANES = 4;

export interface ResyncCost {
  readonly salesforce: number;
  readonly hubspot: number;
}

/**
 * API calls of a resync, and the seconds of its sending. `touch` changes HubSpot's records; `write` reads both sides, and who is in
 * the inclusion list where there is one, and then writes. A look at each record's outcome comes with the polls: what has been
 * synced is read as any change is.
 */
export function resyncCost(
  strategy: "touch" | "write",
  counts: ReadonlyMap<SyncedObject, number>,
  { hubspotCallsPerSecond, hasInclusionList }: { readonly hubspotCallsPerSecond: number; readonly hasInclusionList: boolean },
): ResyncCost & { readonly seconds: number } {
  const sum = (batch: number) => [...counts.values()].reduce((calls, records) => calls + Math.ceil(records / batch), 0);
  const membersRead = hasInclusionList ? Math.ceil((counts.get("contacts") ?? 0) / HUBSPOT_MEMBERS_BATCH) : 0;
  const hubspotSending =
    strategy === "touch" ? sum(HUBSPOT_BATCH) : sum(HUBSPOT_BATCH) + sum(HUBSPOT_HISTORY_BATCH) + membersRead;
  const salesforceSending = strategy === "touch" ? 0 : sum(SALESFORCE_READ) + sum(SALESFORCE_BATCH);
  const seconds = hubspotSending / Math.max(0.1, hubspotCallsPerSecond) + salesforceSending / SALESFORCE_LANES;
  return {
    salesforce: salesforceSending + sum(SALESFORCE_READ),
    hubspot: hubspotSending + sum(HUBSPOT_SEARCH_PAGE),
    seconds: Math.ceil(seconds),
  };
}
