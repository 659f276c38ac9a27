import { describe, expect, test } from "vitest";
import type { Diagnosis } from "../../../src/health/diagnosis.ts";
import { ENGLISH } from "../../../src/language/language.ts";
import { recordRefusalStatement, schemaStatement } from "../../../src/monitor/poll/finding.ts";
import type { SchemaProblem } from "../../../src/records/schema-checks.ts";

function problem(kind: SchemaProblem["kind"], rest: Partial<SchemaProblem> = {}): SchemaProblem {
  return {
    kind,
    salesforceField: "Tier__c",
    hubspotProperty: "tier",
    fieldLabel: "Tier",
    value: "Gold",
    certain: true,
    details: {},
    ...rest,
  };
}

describe("a problem with a schema is evidence in one sentence", () => {
  test.each<[SchemaProblem, string]>([
    [problem("read-only"), "Salesforce's Tier can't be written by the integration user"],
    [problem("required", { value: null }), "Salesforce's Tier is required and would be empty"],
    [
      problem("required", { value: null, details: { state: "Bayern" } }),
      'Salesforce\'s Tier is blank beside the state "Bayern", which needs a country',
    ],
    [
      problem("too-long", { limit: 1_000, value: "x".repeat(1_200) }),
      "Salesforce's Tier takes 1,000 characters; the value has 1,200",
    ],
    [problem("not-an-option"), 'Salesforce\'s Tier has no active option "Gold"'],
    [problem("restricted-option", { value: null }), "Salesforce's Tier has no active option no value"],
    [problem("option-spelled-differently"), 'Salesforce\'s Tier has the option "Gold" in another spelling'],
    [
      problem("option-limit", { limit: 5_000 }),
      "Salesforce's Tier has no option \"Gold\" and can't get it: it has 5,000 options, the most that Salesforce allows",
    ],
    [
      problem("too-many-options", { limit: 100, details: { chosen: "104" } }),
      "Salesforce's Tier takes 100 options at once; the value has 104",
    ],
    [
      problem("broken-rule", { details: { rule: "MIN_LENGTH", bound: "1" } }),
      "Salesforce's Tier takes at least 1 character by a rule of the property's; the value is \"Gold\"",
    ],
    [problem("inactive-owner"), 'The owner "Gold" is an inactive Salesforce user'],
    [
      problem("owner-not-synced", { details: { reason: "queue" } }),
      'The owner "Gold" is a queue, which owns no records in Salesforce',
    ],
    [
      problem("owner-not-synced", { details: { owner: "Ola", email: "o@a.no", reason: "user-type", userType: "Guest" } }),
      "The owner Ola (o@a.no) is a Salesforce user of type Guest, which Salesforce takes as no owner",
    ],
    [problem("owner-not-synced", { details: { owner: "Ola" } }), "The owner Ola has no counterpart in Salesforce"],
    [
      problem("unknown-stage", { details: { pipeline: "New Business" } }),
      '"Gold" is no stage of the Salesforce pipeline “New Business”',
    ],
    [problem("not-an-id", { details: { expected: "Account" } }), 'Salesforce\'s Tier takes IDs of Account; "Gold" is no ID'],
    [
      problem("wrong-id", { details: { expected: "Account, Contact, User", reason: "other-object", actual: "Lead" } }),
      'Salesforce\'s Tier takes IDs of Account, Contact or User; "Gold" is one of Lead',
    ],
    [
      problem("wrong-id", { details: { reason: "altered" } }),
      'Salesforce\'s Tier takes IDs of records; "Gold" is no ID that Salesforce has given: a letter or its case was changed',
    ],
    [
      problem("not-in-address-list", { details: { reason: "other-country", country: "Norway" } }),
      'Salesforce\'s Tier has "Gold" for another country, not for Norway',
    ],
    [problem("not-in-address-list"), "Salesforce's Tier doesn't list \"Gold\""],
    [problem("out-of-range"), "Salesforce's Tier doesn't take \"Gold\": it is out of range"],
    [problem("not-an-email"), "Salesforce's Tier doesn't take \"Gold\" (not an email)"],
    [problem("wrong-type"), "Salesforce's Tier doesn't take \"Gold\" (wrong type)"],
  ])("%j", (one, words) => {
    expect(ENGLISH.render(schemaStatement(one, "Salesforce"))).toBe(words);
  });

  test("values with braces and signs of the format are shown as they are", () => {
    const value = "{value, plural, # '{}'}";
    expect(ENGLISH.render(schemaStatement(problem("not-an-option", { value }), "HubSpot"))).toBe(
      `HubSpot's Tier has no active option "${value}"`,
    );
  });
});

describe("a refusal of a record is evidence with what was found out about it", () => {
  const refusal = { system: "salesforce", code: "SOME_CODE", message: "No.", fields: [] } as const;

  test.each<[Diagnosis["type"], Diagnosis["details"], string]>([
    ["other", {}, ""],
    ["custom-validation-rule", { rule: "Phone_Format" }, ". That is the validation rule Phone_Format"],
    ["custom-validation-rule", { filter: "lookup filter", fieldLabel: "Account" }, ". That is the lookup filter of Account"],
    ["salesforce-flow", { rule: "Phone_Format" }, ". It ran into the validation rule Phone_Format"],
    ["salesforce-duplicate-rule", { rule: "Same name" }, ". The duplicate rule Same name found another record"],
    ["owner-assignment", { owner: "Inbound", ownerIs: "queue" }, ". The owner is the queue “Inbound”"],
    ["inactive-owner", { owner: "Ola" }, ". The owner is Ola"],
    [
      "missing-picklist-option",
      { reason: "controlling-field", controllingLabel: "Region", controllingValue: "" },
      ". It depends on Region, which is blank on the record",
    ],
    [
      "insufficient-access-or-missing-record",
      { whereabouts: "merged", record: "Contact Ola (003)", mergedInto: "004" },
      ". Contact Ola (003) was merged into 004",
    ],
  ])("%s %j", (type, details, named) => {
    const diagnosis: Diagnosis = { type, salesforceField: null, cause: "", value: null, details };
    expect(ENGLISH.render(recordRefusalStatement(refusal, diagnosis))).toBe(
      `Salesforce answered SOME_CODE to the integration user: No${named}`,
    );
  });
});
