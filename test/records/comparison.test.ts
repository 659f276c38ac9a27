import { describe, expect, test } from "vitest";
import { compareRecords } from "../../src/records/comparison.ts";
import type { FieldMapping, SyncRule } from "../../src/records/mapping.ts";
import type { CrmSystem, HubSpotRecord, SalesforceRecord, SalesforceValue } from "../../src/records/record.ts";
import type { Schemas } from "../../src/records/schemas.ts";
import { ADA, BOB, field, objectSchema, property, SCHEMAS } from "./schema-parts.ts";

const at = new Date("2026-01-01T00:00:00Z");

function hubspot(properties: Record<string, string | null>): HubSpotRecord {
  return { object: "contacts", id: "1", properties, createdAt: at, updatedAt: at };
}

function salesforce(fields: Record<string, SalesforceValue>): SalesforceRecord {
  return { object: "Contact", id: "0035g00000ABCDEAA5", fields, createdAt: at, modifiedAt: at, modifiedById: null };
}

function mapping(rule: SyncRule, hubspotProperty = "city", salesforceField = "MailingCity"): FieldMapping {
  return { object: "contacts", salesforceObject: "Contact", hubspotProperty, salesforceField, rule };
}

function direction(rule: SyncRule, inHubSpot: string | null, inSalesforce: SalesforceValue, newer: CrmSystem): string | null {
  const found = compareRecords(
    hubspot({ city: inHubSpot }),
    salesforce({ MailingCity: inSalesforce }),
    [mapping(rule)],
    SCHEMAS,
    newer,
  );
  expect(found.length).toBeLessThan(2);
  return found[0]?.direction ?? null;
}

const TO_SALESFORCE = "hubspot-to-salesforce";
const TO_HUBSPOT = "salesforce-to-hubspot";

describe("the sync rule decides whether a difference is an error, and which way it should go", () => {
  test.each<[SyncRule, string | null, SalesforceValue, CrmSystem, string | null]>([
    ["prefer-salesforce", "Bonn", null, "hubspot", TO_SALESFORCE],
    ["prefer-salesforce", "Bonn", "", "salesforce", TO_SALESFORCE],
    ["prefer-salesforce", "Bonn", "Köln", "salesforce", TO_HUBSPOT],
    ["prefer-salesforce", null, "Köln", "salesforce", TO_HUBSPOT],
    ["prefer-salesforce", "Bonn", "Köln", "hubspot", null],
    ["always-salesforce", "Bonn", "Köln", "salesforce", TO_HUBSPOT],
    ["always-salesforce", "Bonn", null, "salesforce", TO_HUBSPOT],
    ["always-salesforce", "Bonn", null, "hubspot", null],
    ["two-way", "Bonn", "Köln", "hubspot", TO_SALESFORCE],
    ["two-way", "Bonn", "Köln", "salesforce", TO_HUBSPOT],
    ["two-way", null, "Köln", "hubspot", TO_SALESFORCE],
    ["two-way", "Bonn", " Bonn ", "hubspot", null],
    ["none", "Bonn", "Köln", "hubspot", null],
  ])("%s: %j in HubSpot, %j in Salesforce, %s newer: %s", (rule, inHubSpot, inSalesforce, newer, expected) => {
    expect(direction(rule, inHubSpot, inSalesforce, newer)).toBe(expected);
  });
});

describe("what cannot travel is left out", () => {
  const compare = (rules: readonly FieldMapping[], schemas: Partial<Schemas>, newer: CrmSystem = "hubspot") =>
    compareRecords(
      hubspot({ city: "Bonn", score: "5", salesforceaccountid: null, hubspot_owner_id: "73", createdate: "2026-01-01" }),
      salesforce({
        MailingCity: "Köln",
        Score__c: 7,
        AccountId: "0015g00000ABCDEAA5",
        OwnerId: ADA.id,
        CreatedDate: "2025-01-01",
      }),
      rules,
      { ...SCHEMAS, ...schemas },
      newer,
    );

  test("formula fields and calculated or read-only properties", () => {
    const rules = [mapping("two-way", "score", "Score__c")];
    const contact = objectSchema("Contact", [field({ name: "Score__c", type: "double", calculated: true })]);
    expect(compare(rules, { salesforce: { Contact: contact } })).toEqual([]);
    for (const part of [{ calculated: true }, { readOnlyValue: true }]) {
      const contacts = { score: property({ name: "score", type: "number", ...part }) };
      expect(compare(rules, { hubspot: { contacts } }, "salesforce")).toEqual([]);
      expect(compare(rules, { hubspot: { contacts } }, "hubspot")).toHaveLength(1);
    }
  });

  test("links, system fields, other objects' mappings, and fields that a schema doesn't show", () => {
    expect(compare([mapping("always-salesforce", "salesforceaccountid", "AccountId")], {}, "salesforce")).toEqual([]);
    expect(compare([mapping("two-way", "createdate", "CreatedDate")], {})).toEqual([]);
    expect(compare([{ ...mapping("two-way"), salesforceObject: "Lead" }], {})).toEqual([]);
    expect(compare([mapping("two-way")], { salesforce: { Contact: objectSchema("Contact", []) } })).toEqual([]);
    expect(compare([mapping("two-way")], { hubspot: { contacts: {} } })).toEqual([]);
    expect(compare([mapping("two-way", "city", "NotRead__c")], {})).toEqual([]);
  });

  test("a HubSpot owner who is nobody in Salesforce; but not one who is", () => {
    const rules = [mapping("prefer-salesforce", "hubspot_owner_id", "OwnerId")];
    expect(compare(rules, {})).toEqual([]);
    const owned = compareRecords(hubspot({ hubspot_owner_id: "72" }), salesforce({ OwnerId: ADA.id }), rules, SCHEMAS, "hubspot");
    expect(owned).toMatchObject([{ direction: TO_SALESFORCE, hubspotValue: "72", salesforceValue: ADA.id }]);
    const back = compareRecords(
      hubspot({ hubspot_owner_id: "71" }),
      salesforce({ OwnerId: BOB.id }),
      rules,
      SCHEMAS,
      "salesforce",
    );
    expect(back).toMatchObject([{ direction: TO_HUBSPOT }]);
  });
});
