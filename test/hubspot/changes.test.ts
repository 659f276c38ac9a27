import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { all, type ServedHubSpot, serveHubSpot } from "./served-hubspot.ts";

let served: ServedHubSpot;
beforeEach(async () => {
  served = await serveHubSpot();
});
afterEach(() => served[Symbol.asyncDispose]());

/** Contacts whose modification is `apart` milliseconds after the one before. */
function seedContacts(count: number, apart: number, from = 0): void {
  for (let n = from; n < from + count; n++) {
    served.seed("contacts", { email: `c${n}@example.com` });
    served.time.now += apart;
  }
}

describe("changed records", () => {
  test("come oldest first from the moment on, with the asked properties and dates", async () => {
    served.seed("contacts", { email: "early@example.com" });
    served.time.now += 1_000;
    const since = new Date(served.time.now);
    seedContacts(3, 1_000);
    const records = await all(served.client.changedRecords("contacts", since, ["email", "salesforcecontactid"]));
    expect(records.map((record) => record.properties.email)).toEqual(["c0@example.com", "c1@example.com", "c2@example.com"]);
    expect(records[0]?.updatedAt).toEqual(since);
    expect(records[0]?.object).toBe("contacts");
    expect(records[0]?.properties.salesforcecontactid).toBeNull();
  });

  test("cost one call for none and ⌈N/200⌉ for N", async () => {
    const since = new Date(served.time.now);
    expect(await all(served.client.changedRecords("contacts", since, ["email"]))).toEqual([]);
    expect(served.client.callsMade()).toBe(1);
    seedContacts(1_000, 1);
    expect(await all(served.client.changedRecords("contacts", since, ["email"]))).toHaveLength(1_000);
    expect(served.client.callsMade()).toBe(6);
  });

  test("go on past the 10,000 results that search shows", { timeout: 120_000 }, async () => {
    const since = new Date(served.time.now);
    seedContacts(10_450, 1);
    const records = await all(served.client.changedRecords("contacts", since, ["email"]));
    expect(new Set(records.map(({ id }) => id)).size).toBe(10_450);
    expect(records).toHaveLength(10_450);
    expect(served.client.callsMade()).toBe(53);
  });

  test("are all found where more than 10,000 share one moment", { timeout: 120_000 }, async () => {
    const since = new Date(served.time.now - 1_000);
    seedContacts(10_300, 0);
    served.time.now += 1_000;
    seedContacts(5, 1_000, 20_000);
    const records = await all(served.client.changedRecords("contacts", since, ["email"]));
    expect(new Set(records.map(({ id }) => id)).size).toBe(10_305);
  });

  test("are not lost when a record moves while it is paged", async () => {
    const since = new Date(served.time.now);
    seedContacts(450, 1);
    const first = [...served.account.records("contacts")][0];
    const seen = new Set<string>();
    let pages = 0;
    for await (const page of served.client.changedRecords("contacts", since, ["email"])) {
      for (const { id } of page) seen.add(id);
      // The first record moves to the end, so that every other one shifts one place past the next offset.
      if (++pages === 1 && first) served.account.update("contacts", first.id, { firstname: "Moved" }, "CRM_UI");
    }
    expect(seen.size).toBe(450);
  });

  test("come with more properties than fit into a search", async () => {
    const since = new Date(served.time.now);
    const names = Array.from({ length: 160 }, (_, n) => `a_rather_long_property_${n}`);
    for (const name of names) {
      const text = { label: name, type: "string" as const, fieldType: "text", options: [] };
      served.account.addProperty("contacts", { name, ...text });
    }
    served.seed("contacts", { email: "many@example.com", a_rather_long_property_159: "here" });
    const [record] = await all(served.client.changedRecords("contacts", since, names));
    expect(record?.properties.a_rather_long_property_159).toBe("here");
  });

  test("work for companies and deals", async () => {
    const since = new Date(served.time.now);
    served.seed("companies", { name: "Acme", domain: "acme.example" });
    served.seed("deals", { dealname: "Big", dealstage: "closedwon" });
    expect(await all(served.client.changedRecords("companies", since, ["name"]))).toHaveLength(1);
    expect(await all(served.client.changedRecords("deals", since, ["dealname"]))).toHaveLength(1);
  });
});
