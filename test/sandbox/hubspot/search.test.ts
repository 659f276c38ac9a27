import { FilterOperatorEnum } from "@hubspot/api-client/lib/codegen/crm/contacts/index.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ServedAccount, serveAccount } from "./served-account.ts";

const START = Date.parse("2026-03-01T00:00:00Z");
let served: ServedAccount;
let nowMs = START;

beforeEach(async () => {
  nowMs = START;
  served = await serveAccount({ clock: () => new Date(nowMs) });
});
afterEach(() => served[Symbol.asyncDispose]());

/** `count` contacts, one a second. */
function seedContacts(count: number): void {
  for (let n = 0; n < count; n += 1) {
    nowMs += 1_000;
    served.seed("contacts", { email: `c${n}@example.com`, firstname: `C${n}`, city: n % 2 === 0 ? "Bonn" : "Jena" });
  }
}

function search(body: object) {
  return served.call("POST", "/crm/v3/objects/contacts/search", body);
}

async function names(filter: object): Promise<readonly string[]> {
  const { body } = await search({ properties: ["firstname"], filterGroups: [{ filters: [filter] }], limit: 200 });
  return (body as { results: { properties: { firstname: string } }[] }).results.map(({ properties }) => properties.firstname);
}

test("pages through the records changed since a moment, oldest change first", async () => {
  seedContacts(450);
  const first = [...served.account.records("contacts")][0];
  served.account.update("contacts", first?.id ?? "", { firstname: "Last" }, "CRM_UI");
  const seen: (string | null)[] = [];
  let after: string | undefined;
  do {
    const page = await served.client.crm.contacts.searchApi.doSearch({
      filterGroups: [
        { filters: [{ propertyName: "lastmodifieddate", operator: FilterOperatorEnum.Gte, value: String(START + 51_000) }] },
      ],
      sorts: ["lastmodifieddate"],
      properties: ["firstname"],
      limit: 200,
      ...(after === undefined ? {} : { after }),
    });
    expect(page.total).toBe(401);
    seen.push(...page.results.map(({ properties }) => properties.firstname ?? null));
    after = page.paging?.next?.after;
  } while (after !== undefined);
  expect(seen).toEqual([...Array.from({ length: 400 }, (_, n) => `C${n + 50}`), "Last"]);
});

test("understands every operator", async () => {
  seedContacts(4);
  served.seed("contacts", { firstname: "Nobody" });
  expect(await names({ propertyName: "firstname", operator: "EQ", value: "c1" })).toEqual(["C1"]);
  expect(await names({ propertyName: "city", operator: "NEQ", value: "Bonn" })).toEqual(["C1", "C3"]);
  expect(await names({ propertyName: "createdate", operator: "LT", value: String(START + 2_000) })).toEqual(["C0"]);
  expect(await names({ propertyName: "createdate", operator: "LTE", value: String(START + 2_000) })).toEqual(["C0", "C1"]);
  expect(await names({ propertyName: "createdate", operator: "GT", value: String(START + 3_000) })).toEqual(["C3", "Nobody"]);
  expect(
    await names({
      propertyName: "createdate",
      operator: "BETWEEN",
      value: String(START + 2_000),
      highValue: String(START + 3_000),
    }),
  ).toEqual(["C1", "C2"]);
  expect(await names({ propertyName: "city", operator: "IN", values: ["bonn"] })).toEqual(["C0", "C2"]);
  expect(await names({ propertyName: "city", operator: "IN", values: ["Bonn"] })).toEqual([]);
  expect(await names({ propertyName: "city", operator: "NOT_IN", values: ["bonn"] })).toEqual(["C1", "C3"]);
  expect(await names({ propertyName: "email", operator: "NOT_HAS_PROPERTY" })).toEqual(["Nobody"]);
  expect(await names({ propertyName: "email", operator: "HAS_PROPERTY" })).toHaveLength(4);
  expect(await names({ propertyName: "email", operator: "CONTAINS_TOKEN", value: "c2@*" })).toEqual(["C2"]);
});

test("refuses what is beyond its limits", async () => {
  const filter = { propertyName: "email", operator: "HAS_PROPERTY" };
  const group = (size: number) => ({ filters: Array(size).fill(filter) });
  const refused = [
    { limit: 201 },
    { limit: 200, after: "9801" },
    { filterGroups: Array(6).fill(group(1)) },
    { filterGroups: [group(7)] },
    { filterGroups: [group(6), group(6), group(6), group(1)] },
    { sorts: ["email", "firstname"] },
    { query: "x".repeat(3_000) },
    { filterGroups: [{ filters: [{ propertyName: "nope", operator: "EQ", value: "1" }] }] },
    { filterGroups: [{ filters: [{ propertyName: "createdate", operator: "GTE", value: "yesterday" }] }] },
    { filterGroups: [{ filters: [{ propertyName: "email", operator: "EQ" }] }] },
    { unknown: 1 },
  ];
  for (const body of refused) {
    const answer = await search(body);
    expect([answer.status, (answer.body as { category: string }).category], JSON.stringify(body).slice(0, 80)).toEqual([
      400,
      "VALIDATION_ERROR",
    ]);
  }
  expect((await search({ limit: 200, after: "9800" })).status).toBe(200);
});

test("sees a change only after the lag, and the old values until then", async () => {
  seedContacts(1);
  served.account.state.searchLagMs = 5_000;
  nowMs += 20_000;
  const [record] = served.account.records("contacts");
  served.account.update("contacts", record?.id ?? "", { firstname: "New" }, "CRM_UI");
  const shown = async () => (await search({ properties: ["firstname"] })).body;
  expect(await shown()).toMatchObject({ total: 1, results: [{ properties: { firstname: "C0" } }] });
  nowMs += 5_000;
  expect(await shown()).toMatchObject({ total: 1, results: [{ properties: { firstname: "New" } }] });
});

test("pages through 10,000 changed records among 20,000", async () => {
  seedContacts(20_000);
  nowMs += 1_000;
  const since = nowMs;
  for (const record of [...served.account.records("contacts")].slice(0, 10_000)) {
    served.account.update("contacts", record.id, { city: "Kiel" }, "CRM_UI");
  }
  for (let after = 0; after < 10_000; after += 200) {
    const filters = [{ propertyName: "lastmodifieddate", operator: "GTE", value: String(since) }];
    const { body } = await search({ filterGroups: [{ filters }], sorts: ["lastmodifieddate"], limit: 200, after: String(after) });
    expect((body as { total: number }).total).toBe(10_000);
  }
});
