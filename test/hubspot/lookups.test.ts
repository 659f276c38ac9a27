import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { all, type ServedHubSpot, serveHubSpot } from "./served-hubspot.ts";

let served: ServedHubSpot;
beforeEach(async () => {
  served = await serveHubSpot();
});
afterEach(() => served[Symbol.asyncDispose]());

describe("records by property", () => {
  test("are found by Salesforce ids whatever their case, in bodies of 3,000 characters", async () => {
    const ids = Array.from({ length: 300 }, (_, n) => `003Ab00000${String(n).padStart(5, "0")}IAX`);
    for (const [n, id] of ids.entries()) served.seed("contacts", { email: `c${n}@example.com`, salesforcecontactid: id });
    const found = await served.client.recordsByProperty("contacts", "salesforcecontactid", ids, ["email"]);
    expect(found.map((record) => record.properties.salesforcecontactid).toSorted()).toEqual(ids);
    expect(served.client.callsMade()).toBeLessThanOrEqual(3);
    expect(Math.max(...served.bodies.map((body) => body.length))).toBeLessThanOrEqual(3_000);
  });

  test("are found by email without regard to case, and by option exactly", async () => {
    served.seed("contacts", { email: "ada@example.com" });
    served.seed("deals", { dealname: "Big", dealstage: "closedwon" });
    expect(await served.client.recordsByProperty("contacts", "email", ["Ada@Example.com"], [])).toHaveLength(1);
    expect(await served.client.recordsByProperty("deals", "dealstage", ["closedwon"], [])).toHaveLength(1);
  });

  test("cost nothing for no values", async () => {
    expect(await served.client.recordsByProperty("contacts", "email", [], [])).toEqual([]);
    expect(served.client.callsMade()).toBe(0);
  });

  test("come in pages where one value has many", async () => {
    for (let n = 0; n < 450; n++) served.seed("companies", { name: "Acme", domain: `acme${n}.example` });
    expect(await served.client.recordsByProperty("companies", "name", ["Acme"], [])).toHaveLength(450);
  });
});

describe("records by id", () => {
  test("come 100 a call, without those that are gone", async () => {
    const ids = Array.from({ length: 150 }, (_, n) => served.seed("contacts", { email: `c${n}@example.com` }).id);
    served.account.archive("contacts", ids[3] ?? "");
    const records = await all(served.client.recordsByIds("contacts", ids, ["email"]));
    expect(records).toHaveLength(149);
    expect(served.client.callsMade()).toBe(2);
  });

  test("come with their history, newest first, with who wrote it", async () => {
    const { id } = served.seed("contacts", { email: "ada@example.com", firstname: "Ada" });
    served.time.now += 60_000;
    served.account.update("contacts", id, { firstname: "Augusta" }, "SALESFORCE");
    const history = (await served.client.histories("contacts", [id], ["firstname"])).get(id)?.firstname;
    expect(history?.map(({ value, sourceType }) => [value, sourceType])).toEqual([
      ["Augusta", "SALESFORCE"],
      ["Ada", "SALESFORCE"],
    ]);
    expect(history?.[0]?.at).toEqual(new Date(served.time.now));
  });
});

describe("the account and its schema", () => {
  test("tells who it is and how many calls are used", async () => {
    expect(await served.client.account()).toMatchObject({ timeZone: "UTC", currency: "USD", uiDomain: "app.hubspot.com" });
    const use = await served.client.apiUse();
    expect(use.limit).toBe(650_000);
    expect(use.used).toBeGreaterThan(0);
    expect(use.resetsAt).toBeInstanceOf(Date);
  });

  test("lists properties with their options, pipelines, and owners with the deactivated ones", async () => {
    const owner = { email: "o@example.com", firstName: "O", lastName: "N" };
    served.account.addOwner({ ...owner, archived: false });
    served.account.addOwner({ ...owner, email: "gone@example.com", archived: true });
    const properties = await served.client.properties("contacts");
    expect(properties.email).toMatchObject({ name: "email", type: "string" });
    expect(properties.lifecyclestage?.options.length).toBeGreaterThan(1);
    expect((await served.client.pipelines())[0]?.stages.map(({ id }) => id)).toContain("closedwon");
    expect((await served.client.owners()).map(({ email, archived }) => [email, archived])).toEqual([
      ["o@example.com", false],
      ["gone@example.com", true],
    ]);
  });

  test("says which contacts are in the inclusion list, 100 a call", async () => {
    const ids = Array.from({ length: 130 }, (_, n) => served.seed("contacts", { email: `c${n}@example.com` }).id);
    const listId = served.account.createList("Inclusion");
    served.account.addToList(listId, ids.slice(0, 120));
    const members = await served.client.members(listId, ids.slice(10));
    expect(members).toEqual(new Set(ids.slice(10, 120)));
    expect(served.client.callsMade()).toBe(2);
  });
});

describe("all records of an object", () => {
  test("come 100 a call from behind a cursor on, without a search", async () => {
    for (let n = 0; n < 150; n += 1) served.seed("contacts", { email: `c${n}@example.com` });
    const first = await served.client.recordsAfter("contacts", null, ["email"]);
    expect(first.records).toHaveLength(100);
    expect(first.records[0]?.properties.email).toBe("c0@example.com");
    const second = await served.client.recordsAfter("contacts", first.next, ["email"]);
    expect(second.records).toHaveLength(50);
    expect(second.next).toBeNull();
    expect(served.client.callsMade()).toBe(2);
  });

  test("are read by id where their properties don't fit into a URL, and counted by one search", async () => {
    for (let n = 0; n < 3; n += 1) served.seed("contacts", { email: `c${n}@example.com` });
    const properties = ["email", ...Array.from({ length: 300 }, (_, n) => `a_property_with_a_long_name_${n}`)];
    const page = await served.client.recordsAfter("contacts", null, properties);
    expect(page.records.map((record) => record.properties.email)).toEqual(["c0@example.com", "c1@example.com", "c2@example.com"]);
    expect(served.client.callsMade()).toBe(2);
    expect(await served.client.recordCount("contacts")).toBe(3);
  });

  test("of a list come 250 a call", async () => {
    const ids = Array.from({ length: 300 }, (_, n) => served.seed("contacts", { email: `c${n}@example.com` }).id);
    const list = served.account.createList("Sync");
    served.account.addToList(list, ids);
    const first = await served.client.membersAfter(list, null);
    const second = await served.client.membersAfter(list, first.next);
    expect([first.contactIds.length, second.contactIds.length, second.next]).toEqual([250, 50, null]);
    expect([...first.contactIds, ...second.contactIds].toSorted()).toEqual([...ids].toSorted());
  });
});
