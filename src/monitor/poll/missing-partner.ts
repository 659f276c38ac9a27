import { salesforceLink } from "../../records/pairing.ts";
import type { HubSpotRecord, SalesforceObject, SalesforceRecord, SyncedObject } from "../../records/record.ts";
import type { Connection } from "../context.ts";
import type { History } from "./difference.ts";
import { fieldsToRead } from "./fields.ts";
import { isDeletedInSalesforce, momentOf, STAMP_MS } from "./scan.ts";
import type { SchemaCache } from "./schema.ts";

/** What is known of HubSpot records whose Salesforce records the integration user doesn't find. */
export interface MissingPartners {
  /** By Salesforce id: as they were when they were deleted. Those that are hidden or long gone aren't there. */
  readonly deleted: ReadonlyMap<string, SalesforceRecord>;
  /** By HubSpot record. */
  readonly histories: ReadonlyMap<HubSpotRecord, History>;
}

/** Reads what tells whether anything waits for them: none where no partner is missing, else a call of each system or a few. */
export async function readMissingPartners(
  { salesforce, hubspot, settings }: Connection,
  cache: SchemaCache,
  records: Iterable<HubSpotRecord>,
  found: ReadonlyMap<string, SalesforceRecord>,
): Promise<MissingPartners> {
  const ids = new Map<SalesforceObject, string[]>();
  const missing = new Map<SyncedObject, HubSpotRecord[]>();
  for (const record of records) {
    const link = salesforceLink(record);
    if (link === null || found.has(link.id) || isDeletedInSalesforce(record)) continue;
    ids.set(link.object, [...(ids.get(link.object) ?? []), link.id]);
    missing.set(record.object, [...(missing.get(record.object) ?? []), record]);
  }
  const deleted = new Map<string, SalesforceRecord>();
  const schemas = cache.schemas(settings);
  for (const [object, wanted] of ids) {
    const fields = fieldsToRead(settings, object, schemas);
    for (const record of await salesforce.deletedRecords(object, wanted, fields)) deleted.set(record.id, record);
  }
  const histories = new Map<HubSpotRecord, History>();
  for (const [object, wanted] of missing) {
    const properties = settings.mappings.filter((mapping) => mapping.object === object && mapping.rule !== "none");
    const read = await hubspot.histories(
      object,
      wanted.map(({ id }) => id),
      [...new Set(properties.map(({ hubspotProperty }) => hubspotProperty))],
    );
    for (const record of wanted) histories.set(record, read.get(record.id) ?? {});
  }
  return { deleted, histories };
}

/**
 * Whether a change of a mapped property waits for a Salesforce record that is missing: the sync learns that it is gone when it
 * writes to it, and not before. What was changed after the last sync waits. As a failed attempt may look like a sync, so does what
 * was changed or tried after the record was deleted; and of a hidden one, of which nothing is known, what was changed since
 * `watchedSince`.
 */
export function waitsForMissing(
  hubspot: HubSpotRecord,
  { deleted, histories }: MissingPartners,
  watchedSince: Date | undefined,
): boolean {
  const link = salesforceLink(hubspot);
  const history = histories.get(hubspot) ?? {};
  const partner = link === null ? undefined : deleted.get(link.id);
  const changedAt = lastChangeByOthers(history);
  if (changedAt === null) return false;
  const syncedAt = momentOf(hubspot.properties.salesforcelastsynctime);
  if (syncedAt === null || changedAt > syncedAt) return true;
  if (partner === undefined) return watchedSince !== undefined && changedAt >= watchedSince;
  if (changedAt > partner.modifiedAt) return true;
  // No sync with a deleted record succeeds: what looks like one was an attempt. A value that Salesforce's record had from before
  // proves nothing: somebody may have changed it back after the sync.
  return syncedAt.getTime() > partner.modifiedAt.getTime() + STAMP_MS;
}

/** When anybody but the native sync last changed one of the properties. */
function lastChangeByOthers(history: History): Date | null {
  const times = Object.values(history).flatMap((versions) => {
    const [newest] = versions;
    return newest === undefined || newest.sourceType === "SALESFORCE" ? [] : [newest.at.getTime()];
  });
  return times.length === 0 ? null : new Date(Math.max(...times));
}
