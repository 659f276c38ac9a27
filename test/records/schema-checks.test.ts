import { describe, expect, test } from "vitest";
import type { SalesforceValue } from "../../src/records/record.ts";
import type { HubSpotProperty, SalesforceField } from "../../src/records/schema.ts";
import { checkForHubSpot, checkForSalesforce, missingRequired } from "../../src/records/schema-checks.ts";
import { ADA, BOB, field, objectSchema, picklist, property, SCHEMAS } from "./schema-parts.ts";

const restricted = field({
  type: "picklist",
  restrictedPicklist: true,
  picklistValues: [...picklist("EMEA", "APAC"), { value: "LATAM", label: "LATAM", active: false }],
});
const ownerField = field({ name: "OwnerId", type: "reference", referenceTo: ["User"] });
const ownerProperty = property({ name: "hubspot_owner_id", type: "enumeration" });

/** One more than a multi-select picklist takes. */
const TICKED = Array.from({ length: 101 }, (_, index) => `Option ${index}`).join(";");

describe("what Salesforce's schema refuses", () => {
  test.each<[SalesforceValue, SalesforceField, string | null, HubSpotProperty?]>([
    ["x".repeat(41), field({ length: 40 }), "too-long"],
    ["x".repeat(40), field({ length: 40 }), null],
    ["EMEA", restricted, null],
    ["Mars", restricted, "restricted-option"],
    ["LATAM", restricted, "restricted-option"],
    ["emea", restricted, "option-spelled-differently"],
    ["Mars", field({ type: "picklist", picklistValues: picklist("EMEA") }), "not-an-option"],
    ["EMEA;Mars", field({ type: "multipicklist", picklistValues: picklist("EMEA") }), "not-an-option"],
    [TICKED, field({ type: "multipicklist", picklistValues: picklist("EMEA") }), "too-many-options"],
    ["Bonn", field({ updateable: false }), "read-only"],
    ["5", field({ type: "double", calculated: true }), "read-only"],
    [null, field({ nillable: false }), "required"],
    [null, field({ nillable: false, type: "boolean" }), null],
    ["many", field({ type: "double" }), "not-a-number", property({ type: "number" })],
    ["many", field({ type: "double" }), "wrong-type", property()],
    ["1.5", field({ type: "int" }), "not-a-number"],
    ["3000000000", field({ type: "int" }), "out-of-range"],
    ["12345.67", field({ type: "currency", precision: 6, scale: 2 }), "out-of-range"],
    ["1234.56", field({ type: "currency", precision: 6, scale: 2 }), null],
    ["9999.999", field({ type: "currency", precision: 6, scale: 2 }), "out-of-range"],
    ["soon", field({ type: "date" }), "wrong-type", property()],
    ["2026-02-30", field({ type: "date" }), "not-a-date", property({ type: "date" })],
    ["1706659200000", field({ type: "date" }), null, property({ type: "date" })],
    ["perhaps", field({ type: "boolean" }), "not-a-boolean", property({ type: "bool" })],
    ["ada@", field({ type: "email", length: 80 }), "not-an-email"],
    ["ada..b@example.com", field({ type: "email", length: 80 }), "not-an-email"],
    ["ada@example.com", field({ type: "email", length: 80 }), null],
    ["Acme", field({ type: "reference", referenceTo: ["Account"] }), "not-an-id"],
    ["0035g00000ABCDEAA5", field({ type: "reference", referenceTo: ["Account"] }), "wrong-id"],
    ["0015g00000ABCDEAA5", field({ type: "reference", referenceTo: ["Account"] }), null],
    ["a0B5g00000ABCDEEA5", field({ type: "reference", referenceTo: ["Thing__c"] }), null],
    ["72", ownerField, "inactive-owner", ownerProperty],
    ["71", ownerField, null, ownerProperty],
    ["73", ownerField, null, ownerProperty],
  ])("%#: %j", (value, target, kind, own) => {
    expect(checkForSalesforce(value, target, SCHEMAS, own).map((problem) => problem.kind)).toEqual(kind === null ? [] : [kind]);
  });

  test("names limit, option and owner; is not certain where an unrestricted picklist may take it", () => {
    expect(checkForSalesforce("x".repeat(41), field({ length: 40 }), SCHEMAS)).toMatchObject([{ limit: 40, certain: true }]);
    expect(checkForSalesforce("72", ownerField, SCHEMAS, ownerProperty)).toMatchObject([{ details: { owner: BOB.name } }]);
    const open = field({ type: "picklist", picklistValues: picklist("EMEA") });
    expect(checkForSalesforce("Mars", open, SCHEMAS)).toMatchObject([{ certain: false, value: "Mars" }]);
  });
});

describe("what HubSpot's schema refuses", () => {
  const select = property({
    type: "enumeration",
    fieldType: "select",
    options: [{ value: "emea", label: "EMEA", hidden: false }],
  });

  test.each<[SalesforceValue, HubSpotProperty, string | null, SalesforceField?]>([
    ["EMEA", select, "option-spelled-differently"],
    ["Mars", select, "not-an-option"],
    ["emea", select, null],
    ["soon", property({ type: "date" }), "not-a-date"],
    ["soon", property({ type: "date" }), "wrong-type", field()],
    ["2024-01-31T00:00:00.000+0000", property({ type: "datetime" }), null],
    ["many", property({ type: "number" }), "wrong-type", field()],
    ["not an email", property({ name: "email" }), "not-an-email"],
    ["x", property({ calculated: true }), "read-only"],
    ["Unheard Of", property({ name: "dealstage", type: "enumeration" }), "unknown-stage"],
    ["Signed", property({ name: "dealstage", type: "enumeration" }), "unknown-stage"],
    ["Prospecting", property({ name: "dealstage", type: "enumeration" }), null],
    [ADA.id, ownerProperty, null, ownerField],
    ["00G5g000001ABCDEA4", ownerProperty, "owner-not-synced", ownerField],
    ["0055g00000ZZZZZAA5", ownerProperty, null, ownerField],
    [true, select, null, field({ type: "boolean" })],
    [null, select, null],
  ])("%#: %j", (value, own, kind, source) => {
    expect(checkForHubSpot(value, own, SCHEMAS, source).map((problem) => problem.kind)).toEqual(kind === null ? [] : [kind]);
  });

  test("an owner of a type that doesn't sync, or without an owner in HubSpot", () => {
    const portal = { ...ADA, userType: "CspLitePortal" };
    const stranger = { ...ADA, email: "stranger@example.com" };
    for (const [user, reason] of [
      [portal, "user-type"],
      [stranger, "no-hubspot-owner"],
    ] as const) {
      const problems = checkForHubSpot(ADA.id, ownerProperty, { ...SCHEMAS, users: { [ADA.id]: user } }, ownerField);
      expect(problems).toMatchObject([{ kind: "owner-not-synced", details: { reason, owner: ADA.name } }]);
    }
  });
});

test("required fields are those that a create leaves out or an update would empty", () => {
  const schema = objectSchema("Contact", [
    field({ name: "LastName", nillable: false }),
    field({ name: "Status", nillable: false, defaultedOnCreate: true }),
    field({ name: "Opted__c", nillable: false, type: "boolean" }),
    field({ name: "City" }),
  ]);
  const names = (fields: Record<string, SalesforceValue>, write: "create" | "update") =>
    missingRequired(fields, schema, write).map((problem) => problem.salesforceField);
  expect(names({ City: "Bonn" }, "create")).toEqual(["LastName"]);
  expect(names({ LastName: " " }, "create")).toEqual(["LastName"]);
  expect(names({ City: "Bonn" }, "update")).toEqual([]);
  expect(names({ LastName: null }, "update")).toEqual(["LastName"]);
});
