import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ServedAccount, serveAccount } from "./served-account.ts";

let served: ServedAccount;
beforeEach(async () => {
  served = await serveAccount();
});
afterEach(() => served[Symbol.asyncDispose]());

async function refusal(call: Promise<unknown>): Promise<{ code: number; body: Record<string, unknown> }> {
  return call.then(
    () => {
      throw new Error("was accepted");
    },
    (error) => ({ code: error.code, body: error.body }),
  );
}

describe("values", () => {
  test.each([
    ["contacts", { email: "no-address" }, "INVALID_EMAIL"],
    ["contacts", { nope: "x" }, "PROPERTY_DOESNT_EXIST"],
    ["contacts", { lifecyclestage: "champion" }, "INVALID_OPTION"],
    ["contacts", { salesforcecontactid: "003" }, "READ_ONLY_VALUE"],
    ["contacts", { hubspot_owner_id: "1" }, "INVALID_OWNER_ID"],
    ["companies", { numberofemployees: "many" }, "INVALID_INTEGER"],
    ["deals", { closedate: "2026-01-31" }, "INVALID_LONG"],
    ["deals", { dealstage: "nowhere" }, "INVALID_OPTION"],
  ] as const)("%s %o is refused with %s", async (object, properties, code) => {
    const base = {
      contacts: { email: "a@example.com" },
      companies: { name: "A" },
      deals: { dealname: "D", dealstage: "closedwon" },
    };
    const { id } = served.seed(object, base[object]);
    const api = served.client.crm[object].basicApi;
    const { code: status, body } = await refusal(api.update(id, { properties: { ...properties } as Record<string, string> }));
    expect(status).toBe(400);
    expect(body).toMatchObject({ category: "VALIDATION_ERROR", errors: [{ code }] });
    expect(body.message).toContain(`"error":"${code}"`);
    expect(served.account.writes()).toHaveLength(1);
  });

  test("a date must be a day or midnight", () => {
    const date = { name: "renewal", label: "Renewal", type: "date", fieldType: "date", options: [] } as const;
    served.account.addProperty("contacts", { ...date, options: [] });
    const { id } = served.seed("contacts", { email: "a@example.com", renewal: "1767225600000" });
    expect(served.account.get("contacts", id)?.properties.renewal).toBe("2026-01-01");
    const late = served.account.update("contacts", id, { renewal: "1767225600001" }, "CRM_UI");
    expect(late).toMatchObject({ ok: false, refusal: { errors: [{ code: "INVALID_DATE" }] } });
  });

  test("an e-mail address belongs to one contact", async () => {
    const { id } = served.seed("contacts", { email: "ada@example.com" });
    const { code, body } = await refusal(
      served.client.crm.contacts.basicApi.create({ properties: { email: "Ada@Example.com" }, associations: [] }),
    );
    expect(code).toBe(409);
    expect(body).toMatchObject({ category: "CONFLICT", message: `Contact already exists. Existing ID: ${id}` });
  });

  test("a record needs what identifies it", async () => {
    const { code, body } = await refusal(
      served.client.crm.deals.basicApi.create({ properties: { amount: "1" }, associations: [] }),
    );
    expect(code).toBe(400);
    expect(body.context).toEqual({ properties: ["dealname", "dealstage"] });
  });

  test("a stage must be in the deal's pipeline", () => {
    served.account.pipelines().push({ id: "p2", label: "Salesforce - New", stages: [{ id: "s1", label: "S1", closed: false }] });
    const { id } = served.seed("deals", { dealname: "D", dealstage: "closedwon" });
    expect(served.account.update("deals", id, { pipeline: "p2" }, "CRM_UI").ok).toBe(false);
    expect(served.account.update("deals", id, { pipeline: "p2", dealstage: "s1" }, "CRM_UI").ok).toBe(true);
  });
});

describe("history", () => {
  test("keeps each value with its source, newest first", async () => {
    const { id } = served.seed("contacts", { email: "a@example.com", firstname: "A" });
    served.account.update("contacts", id, { firstname: "B" }, "SALESFORCE");
    served.account.update("contacts", id, { firstname: "B" }, "CRM_UI");
    await served.client.crm.contacts.basicApi.update(id, { properties: { firstname: "C" } });
    const answer = await served.client.crm.contacts.batchApi.read({
      properties: [],
      propertiesWithHistory: ["firstname"],
      inputs: [{ id }],
    });
    const versions = answer.results[0]?.propertiesWithHistory?.firstname ?? [];
    expect(versions.map(({ value, sourceType }) => [value, sourceType])).toEqual([
      ["C", "INTEGRATION"],
      ["B", "SALESFORCE"],
      ["A", "IMPORT"],
    ]);
  });

  test("a write that changes nothing neither moves the modification time nor tells anyone", () => {
    const { id, updatedAt } = served.seed("contacts", { email: "a@example.com", firstname: "A" });
    let told = 0;
    served.account.onChange(() => {
      told += 1;
    });
    served.account.update("contacts", id, { firstname: "A" }, "CRM_UI");
    expect(served.account.get("contacts", id)?.updatedAt).toBe(updatedAt);
    expect(told).toBe(0);
  });
});

describe("batches", () => {
  test("one invalid value refuses a whole update, which then writes nothing", async () => {
    const ids = [1, 2].map((n) => served.seed("contacts", { email: `a${n}@example.com` }).id);
    const inputs = [
      { id: ids[0] ?? "", properties: { firstname: "X" } },
      { id: ids[1] ?? "", properties: { lifecyclestage: "champion" } },
    ];
    const { code } = await refusal(served.client.crm.contacts.batchApi.update({ inputs }));
    expect(code).toBe(400);
    expect(served.account.get("contacts", ids[0] ?? "")?.properties.firstname).toBeUndefined();
  });

  test("ids that are gone make a 207 and the rest is written", async () => {
    const { id } = served.seed("contacts", { email: "a@example.com" });
    const gone = served.seed("contacts", { email: "b@example.com" }).id;
    served.account.archive("contacts", gone);
    const answer = await served.call("POST", "/crm/v3/objects/contacts/batch/update", {
      inputs: [id, gone].map((key) => ({ id: key, properties: { firstname: "X" } })),
    });
    expect(answer.status).toBe(207);
    expect(answer.body).toMatchObject({
      status: "COMPLETE",
      numErrors: 1,
      results: [{ id, properties: { firstname: "X" } }],
      errors: [{ category: "OBJECT_NOT_FOUND", context: { ids: [gone] } }],
    });
  });

  test("are at most 100 records, 50 with history, each once", async () => {
    const inputs = Array.from({ length: 101 }, (_, n) => ({ id: String(n + 1) }));
    const read = (some: typeof inputs, propertiesWithHistory: string[]) =>
      served.call("POST", "/crm/v3/objects/contacts/batch/read", { properties: [], propertiesWithHistory, inputs: some });
    expect((await read(inputs, [])).status).toBe(400);
    expect((await read(inputs.slice(0, 100), [])).status).toBe(207);
    expect((await read(inputs.slice(0, 51), ["email"])).status).toBe(400);
    const twice = { inputs: ["1", "1"].map((id) => ({ id, properties: { phone: "1" } })) };
    expect((await served.call("POST", "/crm/v3/objects/contacts/batch/update", twice)).status).toBe(400);
  });

  test("read by a unique property", async () => {
    const { id } = served.seed("contacts", { email: "a@example.com" });
    const answer = await served.client.crm.contacts.batchApi.read({
      properties: ["email"],
      propertiesWithHistory: [],
      idProperty: "email",
      inputs: [{ id: "A@example.com" }],
    });
    expect(answer.results.map((record) => record.id)).toEqual([id]);
  });
});

test("archived records leave lists, pages and reads, and can be asked for", async () => {
  const { id } = served.seed("contacts", { email: "a@example.com" });
  const listId = served.account.createList("L");
  served.account.addToList(listId, [id]);
  await served.client.crm.contacts.basicApi.archive(id);
  expect(served.account.listMembers(listId).size).toBe(0);
  expect((await served.client.crm.contacts.basicApi.getPage()).results).toEqual([]);
  const archived = await served.client.crm.contacts.basicApi.getPage(10, undefined, undefined, undefined, undefined, true);
  expect(archived.results.map((record) => [record.id, record.archived, record.archivedAt instanceof Date])).toEqual([
    [id, true, true],
  ]);
});
