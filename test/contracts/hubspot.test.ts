import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Exchange } from "../../src/sandbox/http/exchange.ts";
import { type ServedAccount, serveAccount } from "../sandbox/hubspot/served-account.ts";
import { hubspotVerdict } from "./hubspot.ts";

const AT = "2026-01-02T03:04:05.000Z";
const RECORD = { id: "1", properties: { email: "a@example.com", phone: null }, createdAt: AT, updatedAt: AT, archived: false };
const FILTER = { propertyName: "email", operator: "EQ", value: "a@example.com" };
const ERROR = {
  status: "error",
  message: "no",
  category: "OBJECT_NOT_FOUND",
  correlationId: "aeb5f871-7f07-4993-9211-075dc63e7cbf",
};
const RATE_LIMIT = { status: "error", message: "slow", errorType: "RATE_LIMIT", correlationId: "x", policyName: "SECONDLY" };
const OWNER = { id: "7", type: "PERSON", createdAt: AT, updatedAt: AT, archived: false };
const USE = { name: "private-apps-api-calls-daily", usageLimit: 5, currentUsage: 1, collectedAt: AT, fetchStatus: "SUCCESS" };
const BATCH = { status: "COMPLETE", results: [RECORD], startedAt: AT, completedAt: AT };
const BATCH_ERROR = { status: "error", category: "OBJECT_NOT_FOUND", message: "gone", context: {}, links: {}, errors: [] };

type Call = Omit<Exchange, "service" | "at">;
const faultsOf = (call: Call): readonly string[] => hubspotVerdict({ service: "hubspot", at: AT, ...call }).faults;
const contact = (rest: Partial<Call> = {}): Call => ({
  method: "GET",
  path: "/crm/v3/objects/contacts/1",
  status: 200,
  responseBody: RECORD,
  ...rest,
});
const search = (requestBody: object, rest: Partial<Call> = {}): Call => ({
  method: "POST",
  path: "/crm/v3/objects/contacts/search",
  requestBody: { filterGroups: [{ filters: [FILTER] }], ...requestBody },
  status: 200,
  responseBody: { total: 1, results: [RECORD] },
  ...rest,
});
const batch = (path: string, requestBody: object, rest: Partial<Call> = {}): Call => ({
  method: "POST",
  path: `/crm/v3/objects/contacts/batch/${path}`,
  requestBody,
  status: 200,
  responseBody: BATCH,
  ...rest,
});
const owners = (rest: Partial<Call> = {}): Call => ({
  method: "GET",
  path: "/crm/v3/owners",
  query: { limit: "500", archived: "true" },
  status: 200,
  responseBody: { results: [OWNER] },
  ...rest,
});
const use = (body: object): Call => ({
  method: "GET",
  path: "/account-info/v3/api-usage/daily/private-apps",
  status: 200,
  responseBody: { results: [{ ...USE, ...body }] },
});
const many = (count: number): readonly object[] => Array.from({ length: count }, (_, index) => ({ id: String(index) }));

const SOUND: readonly (readonly [string, Call])[] = [
  ["a record by id", contact({ query: { properties: "email,phone", archived: "false" } })],
  ["a search as the guides send it", search({ limit: 200, sorts: ["lastmodifieddate"] })],
  ["a page of owners", owners()],
  ["a batch with records that are gone", batch("read", { inputs: many(1) }, partly(BATCH_ERROR))],
  ["an object type by its id", contact({ path: "/crm/v3/objects/0-3/1" })],
  ["an error", contact({ status: 404, responseBody: ERROR })],
  ["a 429 of the usage guide", search({}, { status: 429, responseBody: RATE_LIMIT })],
  ["a gateway's page", contact({ status: 502, responseBody: "<html>" })],
  ["nothing after a deletion", { method: "DELETE", path: "/crm/v3/objects/contacts/1", status: 204 }],
  ["the day's API use", use({})],
];

const FAULTY: readonly (readonly [string, Call, string])[] = [
  ["a path that HubSpot lacks", contact({ path: "/crm/v3/gadgets/7" }), "GET /crm/v3/gadgets/7: no such path"],
  ["a slash too much", owners({ path: "/crm/v3/owners/" }), "GET /crm/v3/owners/: no such path"],
  ["a method that isn't taken", contact({ method: "PUT" }), "PUT /crm/v3/objects/contacts/1: takes only DELETE, GET, PATCH"],
  ["an unknown parameter", contact({ query: { fields: "email" } }), "query fields: unknown"],
  ["a parameter of another type", owners({ query: { archived: "maybe" } }), "query archived: no boolean"],
  ["a broken number in the query", owners({ query: { limit: "1.5" } }), "query limit: no int32"],
  ["an unknown key", search({ pageSize: 5 }), "request.pageSize: unknown"],
  [
    "an unknown key deep inside",
    search({ filterGroups: [{ filters: [{ ...FILTER, field: "x" }] }] }),
    "request.filterGroups[0].filters[0].field: unknown",
  ],
  ["a key of another type", search({ limit: "10" }), "request.limit: no number"],
  [
    "an operator that isn't one",
    search({ filterGroups: [{ filters: [{ ...FILTER, operator: "LIKE" }] }] }),
    "request.filterGroups[0].filters[0].operator: not one of EQ",
  ],
  ["a required key that is missing", batch("update", { inputs: many(1) }), "request.inputs[0].properties: missing"],
  ["no body", search({}, { requestBody: undefined }), "request: no body"],
  ["a body where none is taken", contact({ requestBody: { a: 1 } }), "request: no body is taken"],
  ["an answer without its total", search({}, { responseBody: { results: [] } }), "answer 200.total: missing"],
  ["an answer's key of another type", contact({ responseBody: { ...RECORD, id: 1 } }), "answer 200.id: no string"],
  ["a date that is none", contact({ responseBody: { ...RECORD, createdAt: "today" } }), "answer 200.createdAt: no date-time"],
  ["an answer's key that isn't HubSpot's", contact({ responseBody: { ...RECORD, name: "x" } }), "answer 200.name: unknown"],
  ["an answer that is missing", contact({ responseBody: undefined }), "answer 200: no object"],
  [
    "an answer where none is sent",
    { method: "DELETE", path: "/crm/v3/objects/contacts/1", status: 204, responseBody: {} },
    "answer 204: no body is sent",
  ],
  ["an owner of a kind that isn't one", owners({ responseBody: { results: [{ ...OWNER, type: "BOT" }] } }), "type: not one of"],
  [
    "an error without its category",
    contact({ status: 404, responseBody: { ...ERROR, category: undefined } }),
    "category: missing",
  ],
  [
    "an error whose id is none",
    contact({ status: 404, responseBody: { ...ERROR, correlationId: "x" } }),
    "correlationId: no UUID",
  ],
  [
    "an error of a batch without its links",
    batch("read", { inputs: many(1) }, partly({ ...BATCH_ERROR, links: undefined })),
    "links: missing",
  ],
  ["a status that isn't documented", contact({ status: 202 }), "answer 202: a status that isn't documented"],
  ["a page of search that is too long", search({ limit: 201 }), "limit: 201 results a page, at most 200"],
  ["too many filters in a group", search({ filterGroups: [{ filters: Array(7).fill(FILTER) }] }), "limit: 7 filters in a group"],
  ["too many groups", search({ filterGroups: Array(6).fill({ filters: [] }) }), "limit: 6 filter groups, at most 5"],
  [
    "too many filters",
    search({ filterGroups: Array(4).fill({ filters: Array(5).fill(FILTER) }) }),
    "limit: 20 filters, at most 18",
  ],
  ["a search that is too long", search({ query: "x".repeat(3_000) }), "characters of body, at most 3000"],
  ["a batch that is too big", batch("read", { inputs: many(101) }), "limit: 101 inputs, at most 100"],
  [
    "a batch with history that is too big",
    batch("read", { inputs: many(51), propertiesWithHistory: ["email"] }),
    "limit: 51 inputs, at most 50",
  ],
  [
    "a page of records that is too long",
    contact({ path: "/crm/v3/objects/contacts", query: { limit: "101" }, responseBody: { results: [] } }),
    "limit: 101 results a page, at most 100",
  ],
  ["API use of an unknown state", use({ fetchStatus: "FINE" }), "fetchStatus: not one of SUCCESS"],
  ["API use that is no number", use({ currentUsage: "1" }), "currentUsage: no number"],
];

/** A 207 with one error. */
function partly(error: object): Partial<Call> {
  return { status: 207, responseBody: { ...BATCH, numErrors: 1, errors: [error] } };
}

describe("the contract of HubSpot's API", () => {
  test.each(SOUND)("holds for %s", (_, call) => expect(faultsOf(call)).toEqual([]));

  test.each(FAULTY)("is broken by %s", (_, call, fault) => {
    const faults = faultsOf(call);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });
});

describe("the sandbox's answers that no client asks for", () => {
  let served: ServedAccount;
  beforeAll(async () => {
    served = await serveAccount();
  });
  afterAll(() => served[Symbol.asyncDispose]());

  test.each(["/account-info/v3/details", "/account-info/v3/api-usage/daily/private-apps"])("%s", async (path) => {
    const answer = await served.call("GET", path);
    expect(faultsOf({ method: "GET", path, status: answer.status, responseBody: answer.body })).toEqual([]);
  });
});
