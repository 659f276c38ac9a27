import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Api, modelFaults } from "./codegen-model.ts";
import { type ServedAccount, serveAccount } from "./served-account.ts";

let served: ServedAccount;
let contactId: string;
let listId: string;

beforeAll(async () => {
  served = await serveAccount();
  contactId = served.seed("contacts", { email: "ada@example.com", firstname: "Ada" }).id;
  served.seed("contacts", { email: "bob@example.com" });
  served.seed("companies", { name: "Acme", domain: "acme.example" });
  served.seed("deals", { dealname: "Big", dealstage: "closedwon", amount: "12.5" });
  served.account.update("contacts", contactId, { firstname: "Augusta" }, "SALESFORCE");
  listId = served.account.createList("Inclusion");
  served.account.addToList(listId, [contactId]);
  const owner = { email: "o@example.com", firstName: "O", lastName: "N" };
  served.account.addOwner({ ...owner, archived: false });
  served.account.addOwner({ ...owner, archived: false });
  served.account.addOwner({ ...owner, archived: true });
});
afterAll(() => served[Symbol.asyncDispose]());

interface Case {
  readonly api: Api;
  readonly model: string;
  readonly status: number;
  readonly method: string;
  readonly path: () => string;
  readonly body?: () => unknown;
}

const LIST_PAGE = "CollectionResponseSimplePublicObjectWithAssociationsForwardPaging";
const SEARCH = "CollectionResponseWithTotalSimplePublicObjectForwardPaging";
const objects = "/crm/v3/objects";
const history = ["firstname"];

const CASES: readonly Case[] = [
  ...(["contacts", "companies", "deals"] as const).flatMap((api): readonly Case[] => [
    { api, model: LIST_PAGE, status: 200, method: "GET", path: () => `${objects}/${api}?limit=1` },
    { api, model: SEARCH, status: 200, method: "POST", path: () => `${objects}/${api}/search`, body: () => ({ limit: 1 }) },
  ]),
  {
    api: "contacts",
    model: "SimplePublicObjectWithAssociations",
    status: 200,
    method: "GET",
    path: () => `${objects}/contacts/${contactId}?properties=phone&propertiesWithHistory=firstname`,
  },
  {
    api: "contacts",
    model: "SimplePublicObject",
    status: 201,
    method: "POST",
    path: () => `${objects}/contacts`,
    body: () => ({ properties: { email: "new@example.com" }, associations: [] }),
  },
  {
    api: "contacts",
    model: "SimplePublicObject",
    status: 200,
    method: "PATCH",
    path: () => `${objects}/contacts/${contactId}`,
    body: () => ({ properties: { phone: "1" } }),
  },
  {
    api: "contacts",
    model: "BatchResponseSimplePublicObject",
    status: 200,
    method: "POST",
    path: () => `${objects}/contacts/batch/read`,
    body: () => ({ properties: [], propertiesWithHistory: history, inputs: [{ id: contactId }] }),
  },
  {
    api: "contacts",
    model: "BatchResponseSimplePublicObjectWithErrors",
    status: 207,
    method: "POST",
    path: () => `${objects}/contacts/batch/read`,
    body: () => ({ properties: ["email"], propertiesWithHistory: [], inputs: [{ id: contactId }, { id: "9" }] }),
  },
  {
    api: "contacts",
    model: "BatchResponseSimplePublicObjectWithErrors",
    status: 207,
    method: "POST",
    path: () => `${objects}/contacts/batch/update`,
    body: () => ({ inputs: [{ id: "9", properties: { phone: "2" } }] }),
  },
  {
    api: "contacts",
    model: "BatchResponseSimplePublicObjectWithErrors",
    status: 207,
    method: "POST",
    path: () => `${objects}/contacts/batch/create`,
    body: () => ({
      inputs: [
        { properties: { email: "no" }, objectWriteTraceId: "a" },
        { properties: { email: "yes@example.com" }, objectWriteTraceId: "b" },
      ],
    }),
  },
  {
    api: "properties",
    model: "CollectionResponsePropertyNoPaging",
    status: 200,
    method: "GET",
    path: () => "/crm/v3/properties/deals",
  },
  { api: "properties", model: "Property", status: 200, method: "GET", path: () => "/crm/v3/properties/contacts/email" },
  {
    api: "pipelines",
    model: "CollectionResponsePipelineNoPaging",
    status: 200,
    method: "GET",
    path: () => "/crm/v3/pipelines/deals",
  },
  {
    api: "owners",
    model: "CollectionResponsePublicOwnerForwardPaging",
    status: 200,
    method: "GET",
    path: () => "/crm/v3/owners?limit=1",
  },
  {
    api: "owners",
    model: "CollectionResponsePublicOwnerForwardPaging",
    status: 200,
    method: "GET",
    path: () => "/crm/v3/owners/?archived=true",
  },
  { api: "lists", model: "ListFetchResponse", status: 200, method: "GET", path: () => `/crm/v3/lists/${listId}` },
  { api: "lists", model: "ListsByIdResponse", status: 200, method: "GET", path: () => `/crm/v3/lists?listIds=${listId}` },
  {
    api: "lists",
    model: "ListCreateResponse",
    status: 200,
    method: "POST",
    path: () => "/crm/v3/lists",
    body: () => ({ name: "New", objectTypeId: "0-2", processingType: "MANUAL" }),
  },
  {
    api: "lists",
    model: "ListFetchResponse",
    status: 200,
    method: "GET",
    path: () => "/crm/v3/lists/object-type-id/0-2/name/New",
  },
  {
    api: "lists",
    model: "MembershipsUpdateResponse",
    status: 200,
    method: "PUT",
    path: () => `/crm/v3/lists/${listId}/memberships/add`,
    body: () => [contactId, "9"],
  },
  {
    api: "lists",
    model: "ModelError",
    status: 404,
    method: "PUT",
    path: () => "/crm/v3/lists/9/memberships/add",
    body: () => [],
  },
  {
    api: "lists",
    model: "ModelError",
    status: 400,
    method: "POST",
    path: () => "/crm/v3/lists",
    body: () => ({ name: "New", objectTypeId: "0-1", processingType: "MANUAL" }),
  },
  {
    api: "lists",
    model: "ModelError",
    status: 400,
    method: "POST",
    path: () => "/crm/v3/lists",
    body: () => ({ name: "N".repeat(256), objectTypeId: "0-1", processingType: "MANUAL" }),
  },
  {
    api: "lists",
    model: "ApiCollectionResponseJoinTimeAndRecordId",
    status: 200,
    method: "GET",
    path: () => `/crm/v3/lists/${listId}/memberships?limit=250`,
  },
  {
    api: "lists",
    model: "ApiCollectionResponseRecordListMembership",
    status: 200,
    method: "GET",
    path: () => `/crm/v3/lists/records/0-1/${contactId}/memberships`,
  },
  {
    api: "lists",
    model: "BatchResponseRecordIdWithMemberships",
    status: 200,
    method: "POST",
    path: () => "/crm/v3/lists/records/memberships/batch/read",
    body: () => ({ inputs: [{ objectTypeId: "0-1", recordId: contactId }] }),
  },
  { api: "contacts", model: "ModelError", status: 404, method: "GET", path: () => `${objects}/contacts/9` },
  { api: "contacts", model: "ModelError", status: 404, method: "GET", path: () => "/crm/v3/nothing" },
  {
    api: "contacts",
    model: "ModelError",
    status: 400,
    method: "PATCH",
    path: () => `${objects}/contacts/${contactId}`,
    body: () => ({ properties: { nope: "1", email: "x" } }),
  },
];

describe("answers have exactly the fields of the client's models", () => {
  test.each(CASES.map((item) => ({ ...item, name: `${item.method} ${item.model} ${item.status} (${item.api})` })))(
    "$name",
    async ({ api, model, status, method, path, body }) => {
      const answer = await served.call(method, path(), body?.());
      expect(answer.status).toBe(status);
      expect(modelFaults(api, model, answer.body)).toEqual([]);
    },
  );

  test("and the check itself finds unknown, missing and mistyped fields", () => {
    const record = { id: 1, properties: { a: null }, createdAt: "2026-01-01T00:00:00Z", extra: true };
    expect(modelFaults("contacts", "SimplePublicObject", record)).toEqual([
      "SimplePublicObject.extra: unknown",
      "SimplePublicObject.id: no string",
      "SimplePublicObject.updatedAt: missing",
    ]);
  });

  test("account details and API use have the documented fields", async () => {
    const details = await served.call("GET", "/account-info/v3/details");
    expect(Object.keys(details.body as object).sort()).toEqual([
      "accountType",
      "additionalCurrencies",
      "companyCurrency",
      "dataHostingLocation",
      "portalId",
      "timeZone",
      "uiDomain",
      "utcOffset",
      "utcOffsetMilliseconds",
    ]);
    const use = await served.call("GET", "/account-info/v3/api-usage/daily/private-apps");
    expect(use.body).toMatchObject({
      results: [{ name: "private-apps-api-calls-daily", currentUsage: served.account.state.dailyUsed, fetchStatus: "SUCCESS" }],
    });
  });
});
