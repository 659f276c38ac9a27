import type { HubSpotRecord, SyncedObject } from "../records/record.ts";
import type { HubSpotApis } from "./apis.ts";
import type { ArchivedRecord } from "./hubspot.ts";
import { recordOf, recordsByIds } from "./records.ts";
import { refusedBy } from "./refusal.ts";

/** Source: HubSpot's API reference, *List records*. */
const RECORDS_PER_CALL = 100;
/** Properties go into the URL; longer ones than this are not sure to get through. */
const PROPERTY_CHARACTERS = 6_000;

/**
 * The next records behind a cursor. HubSpot's cursor is the id of a record and does not age, so that a listing can be gone on
 * with after any time. Records made meanwhile come last or not at all.
 */
export async function recordsAfter(
  apis: HubSpotApis,
  object: SyncedObject,
  after: string | null,
  properties: readonly string[],
): Promise<{ readonly records: readonly HubSpotRecord[]; readonly next: string | null }> {
  const fits = properties.join(",").length <= PROPERTY_CHARACTERS;
  try {
    const page = await apis.basic.getPage(object, RECORDS_PER_CALL, after ?? undefined, fits ? [...properties] : []);
    const next = page.paging?.next?.after ?? null;
    if (fits) return { records: page.results.map((sent) => recordOf(object, sent)), next };
    const records: HubSpotRecord[] = [];
    const ids = page.results.map(({ id }) => id);
    for await (const read of recordsByIds(apis, object, ids, properties)) records.push(...read);
    return { records, next };
  } catch (error) {
    throw refusedBy(error);
  }
}

/** The next deleted records behind a cursor. Source: HubSpot's API reference, *List records*, `archived`. */
export async function archivedAfter(
  apis: HubSpotApis,
  object: SyncedObject,
  after: string | null,
  properties: readonly string[],
): Promise<{ readonly records: readonly ArchivedRecord[]; readonly next: string | null }> {
  try {
    const page = await apis.basic.getPage(
      object,
      RECORDS_PER_CALL,
      after ?? undefined,
      [...properties],
      undefined,
      undefined,
      true,
    );
    const records = page.results.map((sent) => ({ ...recordOf(object, sent), archivedAt: sent.archivedAt ?? sent.updatedAt }));
    return { records, next: page.paging?.next?.after ?? null };
  } catch (error) {
    throw refusedBy(error);
  }
}

/** How many records a search for all of them finds. */
export async function recordCount(apis: HubSpotApis, object: SyncedObject): Promise<number> {
  try {
    const { total } = await apis.search.doSearch(object, { limit: 1, properties: ["hs_object_id"] });
    return total;
  } catch (error) {
    throw refusedBy(error);
  }
}
