import type { Hono } from "hono";
import { z } from "zod";
import { invalidRequest } from "./api-refusal.ts";
import { requireScope } from "./gateway.ts";
import type { AccountRecord, HubSpotAccount, ObjectType, PropertyDefinition } from "./model.ts";
import { recordAnswer } from "./record-answer.ts";
import { objectType, readBody } from "./request-reading.ts";
import { objectScope } from "./scopes.ts";
import { type Filter, FilterFault, filterTest, lowerBound, OPERATORS, orderBy } from "./search-filter.ts";
import { MODIFIED_PROPERTY } from "./standard-properties.ts";

/** HubSpot's search limits (its search guide). */
const LIMITS = { page: 200, results: 10_000, groups: 5, filtersInGroup: 6, filters: 18, bodyCharacters: 3_000 } as const;

const SearchRequest = z.strictObject({
  query: z.string().optional(),
  limit: z.int().min(0).default(10),
  after: z.union([z.string(), z.int().transform(String)]).default(""),
  sorts: z
    .array(
      z.union([
        z.string(),
        z.strictObject({ propertyName: z.string(), direction: z.enum(["ASCENDING", "DESCENDING"]).default("ASCENDING") }),
      ]),
    )
    .default([]),
  properties: z.array(z.string()).default([]),
  filterGroups: z
    .array(
      z.strictObject({
        filters: z.array(
          z.strictObject({
            propertyName: z.string(),
            operator: z.enum(OPERATORS),
            value: z.string().optional(),
            highValue: z.string().optional(),
            values: z.array(z.string()).optional(),
          }),
        ),
      }),
    )
    .default([]),
});
type Search = z.infer<typeof SearchRequest>;

/** Properties that the free-text `query` looks in. */
const QUERIED: Readonly<Record<ObjectType, readonly string[]>> = {
  contacts: ["firstname", "lastname", "email", "phone", "hs_additional_emails", "company"],
  companies: ["name", "domain", "phone", "website"],
  deals: ["dealname", "pipeline", "dealstage", "description", "dealtype"],
  tasks: ["hs_task_subject", "hs_task_body"],
};

function offsetOf(search: Search): number {
  if (search.after === "") return 0;
  if (!/^\d+$/.test(search.after)) throw invalidRequest(`after must be a number, but was ${search.after}.`);
  return Number(search.after);
}

function refuseExcess(search: Search): void {
  const { filterGroups, limit, sorts } = search;
  const filters = filterGroups.reduce((sum, group) => sum + group.filters.length, 0);
  if (limit > LIMITS.page) throw invalidRequest(`limit must not be more than ${LIMITS.page}, but was ${limit}.`);
  if (sorts.length > 1) throw invalidRequest("Only one sort is supported.");
  if (filterGroups.length > LIMITS.groups) throw invalidRequest(`At most ${LIMITS.groups} filterGroups are supported.`);
  if (filterGroups.some((group) => group.filters.length > LIMITS.filtersInGroup)) {
    throw invalidRequest(`At most ${LIMITS.filtersInGroup} filters are supported in a filterGroup.`);
  }
  if (filters > LIMITS.filters) throw invalidRequest(`At most ${LIMITS.filters} filters are supported.`);
  if (offsetOf(search) + limit > LIMITS.results) {
    throw invalidRequest(`Paging beyond ${LIMITS.results} results is not supported.`);
  }
}

function definitionOf(account: HubSpotAccount, object: ObjectType, name: string): PropertyDefinition {
  const definition = account.properties(object).get(name);
  if (definition) return definition;
  throw invalidRequest("There was a problem with the request.", { propertyName: [name] });
}

/** Where the index can start: each group must say from when on it looks. */
function earliest(account: HubSpotAccount, object: ObjectType, groups: readonly { filters: readonly Filter[] }[]): number {
  const modified = MODIFIED_PROPERTY[object];
  const definition = definitionOf(account, object, modified);
  const bounds = groups.map(({ filters }) => {
    const own = filters.flatMap((filter) => (filter.propertyName === modified ? (lowerBound(definition, filter) ?? []) : []));
    return own.length === 0 ? 0 : Math.max(...own);
  });
  return bounds.length === 0 ? 0 : Math.min(...bounds);
}

function matcher(account: HubSpotAccount, object: ObjectType, search: Search): (record: AccountRecord) => boolean {
  const groups = search.filterGroups.map(({ filters }) =>
    filters.map((filter) => filterTest(definitionOf(account, object, filter.propertyName), filter)),
  );
  const words = (search.query ?? "")
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return (record) => {
    const inGroups = groups.length === 0 || groups.some((tests) => tests.every((test) => test(record)));
    if (!inGroups || words.length === 0) return inGroups;
    const text = QUERIED[object]
      .map((name) => record.properties[name] ?? "")
      .join("\n")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

/** Oldest record first unless sorted; the index already is in the order of modification. */
function sorted(account: HubSpotAccount, object: ObjectType, search: Search, found: AccountRecord[]): AccountRecord[] {
  const sort = search.sorts[0];
  if (sort === undefined) return found.sort((left, right) => Number(left.id) - Number(right.id));
  const { propertyName, direction } =
    typeof sort !== "string"
      ? sort
      : sort.startsWith("-")
        ? ({ propertyName: sort.slice(1), direction: "DESCENDING" } as const)
        : ({ propertyName: sort, direction: "ASCENDING" } as const);
  const definition = definitionOf(account, object, propertyName);
  if (propertyName !== MODIFIED_PROPERTY[object]) return found.sort(orderBy(definition, direction));
  return direction === "ASCENDING" ? found : found.reverse();
}

function results(account: HubSpotAccount, object: ObjectType, search: Search): AccountRecord[] {
  try {
    const matches = matcher(account, object, search);
    const found: AccountRecord[] = [];
    for (const record of account.indexed(object, earliest(account, object, search.filterGroups))) {
      if (matches(record)) found.push(record);
    }
    return sorted(account, object, search, found);
  } catch (error) {
    if (error instanceof FilterFault) throw invalidRequest(`There was a problem with the request: ${error.message}.`);
    throw error;
  }
}

/** `POST /crm/v3/objects/{type}/search`: what the index shows, `searchLagMs` late. */
export function searchRoutes(app: Hono, account: HubSpotAccount): void {
  app.post("/crm/v3/objects/:objectType/search", async (context) => {
    const object = objectType(context);
    requireScope(account, objectScope(object, "read"));
    const body = await context.req.text();
    if (body.length > LIMITS.bodyCharacters) {
      throw invalidRequest(`The request body must not exceed ${LIMITS.bodyCharacters} characters.`);
    }
    const search = await readBody(context, SearchRequest);
    refuseExcess(search);
    const found = results(account, object, search);
    const end = offsetOf(search) + search.limit;
    const wanted = { properties: search.properties, propertiesWithHistory: [] };
    return context.json({
      total: found.length,
      results: found.slice(offsetOf(search), end).map((record) => recordAnswer(account, record, wanted)),
      ...(end < found.length ? { paging: { next: { after: String(end) } } } : {}),
    });
  });
}
