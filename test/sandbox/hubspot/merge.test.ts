import { afterEach, beforeEach, expect, test } from "vitest";
import { type ServedAccount, serveAccount } from "./served-account.ts";

let served: ServedAccount;
beforeEach(async () => {
  served = await serveAccount();
});
afterEach(() => served[Symbol.asyncDispose]());

function two() {
  const primary = served.seed("contacts", { email: "kept@example.com", firstname: "Ada", city: "" });
  const secondary = served.seed("contacts", { email: "lost@example.com", firstname: "Eve", city: "Oslo" });
  return { primary, secondary };
}

test("the merged contact is a new one with the primary's values, and the secondary's where the primary has none", async () => {
  const { primary, secondary } = two();
  const merged = served.account.mergeContacts(primary.id, secondary.id);
  expect([primary.id, secondary.id]).not.toContain(merged.id);
  const ids = `${primary.id};${secondary.id}`;
  expect(merged.properties).toMatchObject({
    email: "kept@example.com",
    hs_additional_emails: "lost@example.com",
    firstname: "Ada",
    city: "Oslo",
    hs_merged_object_ids: ids,
  });
  expect([...served.account.records("contacts")].map(({ id }) => id)).toEqual([merged.id]);
});

test("reads and writes by the ids of before lead to the merged contact, under its own id and once", async () => {
  const { primary, secondary } = two();
  const merged = served.account.mergeContacts(primary.id, secondary.id);
  const { basicApi, batchApi } = served.client.crm.contacts;
  expect((await basicApi.getById(secondary.id)).id).toBe(merged.id);
  const inputs = [primary, secondary].map(({ id }) => ({ id }));
  const { results } = await batchApi.read({ inputs, properties: ["email"], propertiesWithHistory: [] });
  expect(results.map(({ id, properties }) => [id, properties.email])).toEqual([[merged.id, "kept@example.com"]]);
  await basicApi.update(secondary.id, { properties: { city: "Bergen" } });
  expect(served.account.get("contacts", merged.id)?.properties.city).toBe("Bergen");
  // And after the merged contact was merged in turn.
  const third = served.seed("contacts", { email: "third@example.com" });
  const last = served.account.mergeContacts(third.id, merged.id);
  expect((await basicApi.getById(primary.id)).id).toBe(last.id);
  expect(last.properties.hs_merged_object_ids?.split(";")).toEqual([third.id, primary.id, secondary.id, merged.id]);
});

test("no contact gets the secondary's email, and what was associated with either stays so", () => {
  const { primary, secondary } = two();
  const company = served.seed("companies", { name: "C" });
  served.account.associations.associate(company, secondary);
  const merged = served.account.mergeContacts(primary.id, secondary.id);
  const written = served.account.create("contacts", { email: "lost@example.com" }, "CRM_UI");
  expect(written).toMatchObject({ ok: false, refusal: { status: 409 } });
  expect([...served.account.associations.of(company, "contacts")]).toEqual([merged.id]);
  expect([...served.account.associations.of(merged, "companies")]).toEqual([company.id]);
});

test("the histories of both are the merged contact's, the value that was kept on top", () => {
  const { primary, secondary } = two();
  served.account.update("contacts", secondary.id, { firstname: "Evelyn" }, "CRM_UI");
  const merged = served.account.mergeContacts(primary.id, secondary.id);
  const values = served.account.history("contacts", merged.id, "firstname").map(({ value }) => value);
  expect(values[0]).toBe("Ada");
  expect(new Set(values)).toEqual(new Set(["Ada", "Eve", "Evelyn"]));
});
