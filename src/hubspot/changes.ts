import { type Filter, FilterOperatorEnum } from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import type { HubSpotRecord, SyncedObject } from "../records/record.ts";
import type { HubSpotApis } from "./apis.ts";
import { type SearchPage, searchPage } from "./search.ts";

const MODIFIED: Readonly<Record<SyncedObject, string>> = {
  contacts: "lastmodifieddate",
  companies: "hs_lastmodifieddate",
  deals: "hs_lastmodifieddate",
  tasks: "hs_lastmodifieddate",
};
/** How often records that moved while they were paged may send the scan back. */
const MOST_RETURNS = 3;

/**
 * Records changed at or after a moment, oldest change first. Pages by offset, which costs ⌈N/200⌉ calls; where search's
 * 10,000 results end, goes on from the last moment seen, and by id within a moment that alone has more than search shows.
 * A record that changes while it is paged moves to the end and shifts others past the next offset: once it shows up
 * again, the scan goes back to where it was, so that none is lost.
 */
export async function* changedRecords(
  apis: HubSpotApis,
  object: SyncedObject,
  since: Date,
  properties: readonly string[],
): AsyncIterable<readonly HubSpotRecord[]> {
  const modified = MODIFIED[object];
  const asked = [...new Set([...properties, modified])];
  const momentOf = (record: HubSpotRecord): number => Date.parse(record.properties[modified] ?? "") || record.updatedAt.getTime();
  let from = since.getTime();
  let seen: ReadonlyMap<string, number> = new Map();
  let returns = 0;

  for (;;) {
    const window = new Map<string, number>();
    let movedFrom = Number.POSITIVE_INFINITY;
    let last = from;
    let cut = false;
    for (let after: number | null = 0; after !== null; ) {
      const search = { filters: [moment(modified, FilterOperatorEnum.Gte, from)], sort: modified, properties: asked };
      const page: SearchPage = await searchPage(apis, object, search, after);
      const fresh = page.records.filter((record) => {
        const at = momentOf(record);
        const before = window.get(record.id);
        if (before !== undefined && before < at) movedFrom = Math.min(movedFrom, before);
        window.set(record.id, at);
        last = Math.max(last, at);
        return before !== at && seen.get(record.id) !== at;
      });
      if (fresh.length > 0) yield fresh;
      after = page.next;
      cut = page.cut;
    }
    const back = movedFrom < Number.POSITIVE_INFINITY && returns < MOST_RETURNS;
    if (!back && !cut) return;
    if (back) returns++;
    if (!back && last === from) {
      yield* recordsOfMoment(apis, object, modified, from, asked, window);
      last = from + 1;
    }
    from = back ? movedFrom : last;
    seen = window;
  }
}

/** The records of one moment that the scan has not shown, in the order of their ids. */
async function* recordsOfMoment(
  apis: HubSpotApis,
  object: SyncedObject,
  modified: string,
  at: number,
  properties: readonly string[],
  shown: ReadonlyMap<string, number>,
): AsyncIterable<readonly HubSpotRecord[]> {
  for (let lastId: string | null = "0"; lastId !== null; ) {
    const id: Filter = { propertyName: "hs_object_id", operator: FilterOperatorEnum.Gt, value: lastId };
    const search = { filters: [moment(modified, FilterOperatorEnum.Eq, at), id], sort: "hs_object_id", properties };
    const page: SearchPage = await searchPage(apis, object, search, 0);
    const fresh = page.records.filter((record) => !shown.has(record.id));
    if (fresh.length > 0) yield fresh;
    lastId = page.next === null && !page.cut ? null : (page.records.at(-1)?.id ?? null);
  }
}

/** HubSpot takes moments as epoch milliseconds. */
function moment(propertyName: string, operator: FilterOperatorEnum, ms: number): Filter {
  return { propertyName, operator, value: String(ms) };
}
