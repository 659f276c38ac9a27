import {
  type Filter,
  FilterOperatorEnum,
  type PublicObjectSearchRequest,
} from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import { chunks } from "../records/chunks.ts";
import { type HubSpotRecord, LINK_PROPERTIES, type SyncedObject } from "../records/record.ts";
import type { HubSpotApis } from "./apis.ts";
import { recordOf, recordsByIds } from "./records.ts";
import { refusedBy } from "./refusal.ts";

/** Source: HubSpot's guide to CRM search. */
export const SEARCH_LIMITS = { page: 200, results: 10_000, bodyCharacters: 3_000 } as const;

/** A page of results, and where the next one starts (null at the end of what search shows). */
export interface SearchPage {
  readonly records: readonly HubSpotRecord[];
  readonly next: number | null;
  /** Whether there are more results than search shows. */
  readonly cut: boolean;
}

/** What all pages of one search have in common. */
export interface Search {
  readonly filters: readonly Filter[];
  /** Ascending. */
  readonly sort: string;
  readonly properties: readonly string[];
}

const TEXT_PROPERTIES: ReadonlySet<string> = new Set([...Object.values(LINK_PROPERTIES), "email"]);
/** A record is found by each of these properties' values. */
const SEVERAL_VALUES: ReadonlySet<string> = new Set(["hs_additional_emails"]);
const LINKS: ReadonlySet<string> = new Set(Object.values(LINK_PROPERTIES));

/**
 * One page of a search: one call, and more where so many properties are asked for that they do not fit into the body
 * of a search and are read by id.
 */
export async function searchPage(apis: HubSpotApis, object: SyncedObject, search: Search, after: number): Promise<SearchPage> {
  const whole = requestOf(search, search.properties, after);
  const fits = JSON.stringify(whole).length <= SEARCH_LIMITS.bodyCharacters;
  try {
    const answer = await apis.search.doSearch(object, fits ? whole : requestOf(search, [search.sort], after));
    const found = answer.results.map((sent) => recordOf(object, sent));
    const end = Number(answer.paging?.next?.after ?? Number.NaN);
    const cut = end >= SEARCH_LIMITS.results;
    return {
      records: fits ? found : await withProperties(apis, object, found, [...search.properties, search.sort]),
      next: Number.isNaN(end) || cut ? null : end,
      cut,
    };
  } catch (error) {
    throw refusedBy(error);
  }
}

/**
 * Records whose property has one of the values, in as few searches as a body's 3,000 characters allow. HubSpot compares
 * the values of an IN on text in lower case, and those on options as they are.
 */
export async function recordsByProperty(
  apis: HubSpotApis,
  object: SyncedObject,
  property: string,
  values: readonly string[],
  properties: readonly string[],
): Promise<readonly HubSpotRecord[]> {
  const wanted = new Set(values);
  const lowered = new Set(values.map((value) => value.toLowerCase()));
  const sent = TEXT_PROPERTIES.has(property) ? [...lowered] : [...new Set([...wanted, ...lowered])];
  const asked = [...new Set([...properties, property])];
  const records = new Map<string, HubSpotRecord>();
  for (const some of packed(property, sent, asked)) {
    const filter: Filter = { propertyName: property, operator: FilterOperatorEnum.In, values: [...some] };
    for (let after: number | null = 0; after !== null; ) {
      const page: SearchPage = await searchPage(
        apis,
        object,
        { filters: [filter], sort: "hs_object_id", properties: asked },
        after,
      );
      for (const record of page.records) {
        const value = record.properties[property] ?? "";
        const own = SEVERAL_VALUES.has(property) ? value.split(";") : [value];
        if (own.some((one) => (LINKS.has(property) ? wanted.has(one) : lowered.has(one.toLowerCase()))))
          records.set(record.id, record);
      }
      after = page.next;
    }
  }
  return [...records.values()];
}

/** Values in groups whose search fits into a body. */
function packed(property: string, values: readonly string[], properties: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  const filter: Filter = { propertyName: property, operator: FilterOperatorEnum.In, values: [] };
  const empty = JSON.stringify(requestOf({ filters: [filter], sort: "hs_object_id", properties }, properties, 9_999)).length;
  // Properties that leave no room for values are read by id instead.
  const room = SEARCH_LIMITS.bodyCharacters - Math.min(empty, SEARCH_LIMITS.bodyCharacters / 2);
  let used = room;
  for (const value of values) {
    const length = JSON.stringify(value).length + 1;
    if (used + length > room) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)?.push(value);
    used += length;
  }
  return groups;
}

function requestOf(search: Search, properties: readonly string[], after: number): PublicObjectSearchRequest {
  return {
    filterGroups: [{ filters: [...search.filters] }],
    sorts: [search.sort],
    properties: [...properties],
    limit: SEARCH_LIMITS.page,
    ...(after === 0 ? {} : { after: String(after) }),
  };
}

/** The found records with their properties as they are now, in the order found. */
async function withProperties(
  apis: HubSpotApis,
  object: SyncedObject,
  found: readonly HubSpotRecord[],
  properties: readonly string[],
): Promise<readonly HubSpotRecord[]> {
  const read = new Map<string, HubSpotRecord>();
  for (const some of chunks(found, SEARCH_LIMITS.page)) {
    const ids = some.map(({ id }) => id);
    for await (const records of recordsByIds(apis, object, ids, properties)) {
      for (const record of records) read.set(record.id, record);
    }
  }
  return found.flatMap(({ id }) => read.get(id) ?? []);
}
