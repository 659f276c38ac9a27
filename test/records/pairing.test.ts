import { expect, test } from "vitest";
import { DEFAULT_MAPPINGS } from "../../src/records/default-mappings.ts";
import { recordKey, recordLabel, salesforceLink } from "../../src/records/pairing.ts";
import { type HubSpotRecord, PARTNER_OBJECTS } from "../../src/records/record.ts";
import { isIntactId, isSalesforceId, longId } from "../../src/records/salesforce-id.ts";

const at = new Date("2026-01-01T00:00:00Z");

function contact(properties: Record<string, string | null>): HubSpotRecord {
  return { object: "contacts", id: "101", properties, createdAt: at, updatedAt: at };
}

test("a contact's id wins over a lead's, blank links are none", () => {
  expect(salesforceLink(contact({ salesforcecontactid: "003A", salesforceleadid: "00QA" }))).toEqual({
    object: "Contact",
    id: "003A",
  });
  expect(salesforceLink(contact({ salesforcecontactid: " ", salesforceleadid: "00QA" }))).toEqual({ object: "Lead", id: "00QA" });
  expect(salesforceLink(contact({}))).toBeNull();
});

test("a record goes by its HubSpot id, else by its Salesforce id", () => {
  expect(recordKey({ object: "contacts", hubspotId: "101", salesforceId: "003A" })).toBe("hubspot:contacts:101");
  expect(recordKey({ object: "contacts", hubspotId: null, salesforceId: "003A" })).toBe("salesforce:003A");
  expect(() => recordKey({ object: "contacts", hubspotId: null, salesforceId: null })).toThrow("id");
});

test("people call a record by its email, else its name, else its id", () => {
  expect(recordLabel(contact({ email: "ada@example.com", firstname: "Ada" }), null)).toBe("ada@example.com");
  expect(recordLabel(contact({ email: "", firstname: "Ada", lastname: "Lovelace" }), null)).toBe("Ada Lovelace");
  expect(recordLabel(contact({}), null)).toBe("101");
});

test("a hostile name stays one short line that a database can store", () => {
  const label = recordLabel(contact({ firstname: `\0\u202e${"😀".repeat(500)}`, lastname: "\n\nx" }), null);
  expect(label.length).toBeLessThanOrEqual(200);
  expect(label).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(label.isWellFormed()).toBe(true);
});

test("an id's long form has Salesforce's check characters", () => {
  // Known pairs from Salesforce's documentation and public examples.
  expect(longId("00530000003xqAb")).toBe("00530000003xqAbAAI");
  expect(longId("0013000000001ml")).toBe("0013000000001mlAAA");
  expect(isIntactId("0013000000001mlAAA")).toBe(true);
  expect(isIntactId("0013000000001mlAAB")).toBe(false);
  expect(isSalesforceId("Acme Corporation")).toBe(false);
});

test("default mappings name each field once, of partner objects, owners two-way", () => {
  const keys = DEFAULT_MAPPINGS.map((mapping) => `${mapping.salesforceObject}.${mapping.salesforceField}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const mapping of DEFAULT_MAPPINGS) {
    expect(PARTNER_OBJECTS[mapping.object]).toContain(mapping.salesforceObject);
    if (mapping.hubspotProperty === "hubspot_owner_id") expect(mapping.rule).toBe("two-way");
  }
});
