import { describe, expect, test } from "vitest";
import { placeUrl } from "../../src/health/place.ts";
import { findingType } from "../../src/health/schema-finding.ts";
import { SUSPENSION_CATALOGUE } from "../../src/health/suspension-catalogue.ts";
import { SUSPENSION_KINDS } from "../../src/health/suspensions.ts";
import { SYNC_ERROR_CATALOGUE } from "../../src/health/sync-error-catalogue.ts";
import { SYNC_ERROR_TYPES_BY_CATEGORY } from "../../src/health/sync-errors.ts";
import { WARNING_CATALOGUE } from "../../src/health/warning-catalogue.ts";
import { ENGLISH } from "../../src/language/language.ts";
import { checkForHubSpot, checkForSalesforce } from "../../src/records/schema-checks.ts";
import { BOB, field, picklist, property, SCHEMAS } from "../records/schema-parts.ts";

const LINKS = {
  syncHealth: "https://app.hubspot.com/health",
  hubspotBase: null,
  salesforceBase: "https://acme.my.salesforce.com/",
};
const TYPES = Object.values(SYNC_ERROR_TYPES_BY_CATEGORY).flat();
const ENTRIES = [...Object.values(SUSPENSION_CATALOGUE), ...Object.values(SYNC_ERROR_CATALOGUE)];
const WARNINGS = Object.entries(WARNING_CATALOGUE);

test("every kind and type is there, with its own id and label", () => {
  expect(Object.keys(SUSPENSION_CATALOGUE).toSorted()).toEqual([...SUSPENSION_KINDS].toSorted());
  expect(Object.keys(SYNC_ERROR_CATALOGUE).toSorted()).toEqual([...TYPES].toSorted());
  expect(SUSPENSION_KINDS).toHaveLength(11);
  expect(TYPES.filter((type) => type !== "other")).toHaveLength(31);
  for (const [id, entry] of [...Object.entries(SUSPENSION_CATALOGUE), ...Object.entries(SYNC_ERROR_CATALOGUE)])
    expect(entry.id).toBe(id);
  expect(new Set(ENTRIES.map((entry) => entry.label)).size).toBe(ENTRIES.length);
  expect(SYNC_ERROR_CATALOGUE["waiting-for-account"]).toMatchObject({
    category: "associations",
    direction: "salesforce-to-hubspot",
  });
});

describe.each(ENTRIES)("$label", (entry) => {
  test("means something in one sentence, with one to three steps of advice whatever is known", () => {
    expect(ENGLISH.render(entry.meaning)).toMatch(/^[A-Z][^.]*(?:\.com[^.]*)?\.$/);
    const everything = new Proxy({}, { get: (_, key) => (typeof key === "string" ? `x${key}x` : undefined) });
    for (const details of [{}, everything as Record<string, string>]) {
      const steps = entry.advice(details).map(ENGLISH.render);
      expect(steps.length).toBeGreaterThan(0);
      expect(steps.length).toBeLessThan(4);
      for (const step of steps) {
        expect(step).not.toMatch(/undefined|null|unnamed|“”| {2}/);
        expect(step.trim()).toMatch(/^.{15,}[.!:]?$/s);
      }
    }
  });
});

test.each([
  ["string-too-long", { field: "Title", fieldLabel: "Job Title", limit: "40" }, ["Title", "Job Title", "40"]],
  [
    "custom-validation-rule",
    { rule: "Phone_needed", message: "A customer needs a phone." },
    ["Phone_needed", "A customer needs a phone."],
  ],
  ["salesforce-automation", { trigger: "Guard", rule: "Ten", innerMessage: "Too many" }, ["Guard", "Ten", "Too many"]],
  ["restricted-picklist-value", { option: "Mars", field: "Region__c" }, ["Mars", "Region__c"]],
  ["inactive-owner", { owner: "Bob" }, ["Bob"]],
  ["waiting-for-account", { account: "Acme", accountId: "001X" }, ["Acme", "001X"]],
  ["salesforce-duplicate-rule", { rule: "Standard", matches: "003A" }, ["Standard", "003A"]],
] as const)("advice for %s names what is known", (type, details, names) => {
  const advice = SYNC_ERROR_CATALOGUE[type].advice(details).map(ENGLISH.render).join(" ");
  for (const name of names) expect(advice).toContain(name);
});

test.each(WARNINGS)("advice for the warning %s reads well whatever is known", (_, { label, meaning, advice }) => {
  const everything = new Proxy({}, { get: (__, key) => (typeof key === "string" ? `x${key}x` : undefined) });
  const problems = ["rule", "options", "required", "length", "value"].map((problem) => ({ problem }));
  for (const details of [{}, everything as Record<string, string>, ...problems]) {
    const said = [label, meaning, ...advice(details)].map(ENGLISH.render);
    for (const words of said) expect(words).not.toMatch(/undefined|null|unnamed|“”| {2}/);
  }
});

test("a suspension for want of access says which", () => {
  const first = (reason: string) =>
    ENGLISH.render(SUSPENSION_CATALOGUE["sf-api-access-disabled"].advice({ reason, user: "sync@acme.com" })[0] ?? "");
  expect(first("user-inactive")).toContain("Activate the integration user sync@acme.com");
  expect(first("api-off-for-user")).toContain("API Enabled");
  expect(first("never heard of")).toContain("Login History");
});

test("places become links, and nothing from a CRM becomes part of one", () => {
  expect(placeUrl("hubspot-sync-health", LINKS, {})).toBe("https://app.hubspot.com/health");
  const rules = SYNC_ERROR_CATALOGUE["custom-validation-rule"].link;
  expect(placeUrl(rules, LINKS, { object: "Contact" })).toBe(
    "https://acme.my.salesforce.com/lightning/setup/ObjectManager/Contact/ValidationRules/view",
  );
  expect(placeUrl(rules, LINKS, { object: "../x" })).toBeNull();
  expect(placeUrl(rules, { ...LINKS, salesforceBase: null }, { object: "Contact" })).toBeNull();
  expect(placeUrl("salesforce-record", LINKS, {})).toBeNull();
});

describe("a problem with a schema becomes a sync error", () => {
  const restricted = field({ name: "Region__c", type: "picklist", restrictedPicklist: true, picklistValues: picklist("EMEA") });
  const state = field({ ...restricted, name: "MailingState" });
  const owner = field({ name: "OwnerId", type: "reference", referenceTo: ["User"] });
  const ownerProperty = property({ name: "hubspot_owner_id", type: "enumeration" });

  test.each([
    ["string-too-long", "x".repeat(41), field({ length: 40 }), undefined],
    ["restricted-picklist-value", "Mars", restricted, undefined],
    ["options-mismatch", "emea", restricted, undefined],
    ["state-country-mismatch", "Mars", state, undefined],
    ["missing-picklist-option", "Mars", field({ type: "picklist", picklistValues: picklist("EMEA") }), undefined],
    ["field-permission", "x", field({ updateable: false }), undefined],
    ["missing-required-value", null, field({ nillable: false }), undefined],
    ["missing-required-country", null, field({ name: "MailingCountry", nillable: false }), undefined],
    ["invalid-email", "ada@", field({ type: "email" }), undefined],
    ["missing-salesforce-id", "Acme", field({ type: "reference", referenceTo: ["Account"] }), undefined],
    ["invalid-salesforce-id", "0035g00000ABCDEAA5", field({ type: "reference", referenceTo: ["Account"] }), undefined],
    ["type-mismatch", "soon", field({ type: "date" }), property()],
    ["invalid-value", "many", field({ type: "double" }), property({ type: "number" })],
    ["inactive-owner", "72", owner, ownerProperty],
  ] as const)("%s", (type, value, target, own) => {
    const [problem] = checkForSalesforce(value, target, SCHEMAS, own);
    expect(problem && findingType(problem, "hubspot-to-salesforce").type).toBe(type);
  });

  test.each([
    ["options-mismatch", "Mars", property({ type: "enumeration", options: [{ value: "emea", label: "EMEA", hidden: false }] })],
    ["missing-or-invalid-stage", "Nowhere", property({ name: "dealstage", type: "enumeration" })],
    ["invalid-email", "ada@", property({ name: "email" })],
  ] as const)("%s on the way to HubSpot", (type, value, target) => {
    const [problem] = checkForHubSpot(value, target, SCHEMAS);
    expect(problem && findingType(problem, "salesforce-to-hubspot").type).toBe(type);
  });

  test("its cause is that of Salesforce's own refusal, so that both are one error", async () => {
    const { classifyRecordRefusal } = await import("../../src/health/record-refusal.ts");
    const { objectSchema } = await import("../records/schema-parts.ts");
    const schema = objectSchema("Contact", [restricted, owner, field({ name: "Title", length: 40 })]);
    const write = { object: "Contact", schema, validationRules: [], mappings: [], users: { [BOB.id]: BOB } } as const;
    const cases = [
      [restricted, "Mars", "Mars", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", undefined],
      [field({ name: "Title", length: 40 }), "x".repeat(41), "x".repeat(41), "STRING_TOO_LONG", undefined],
      [owner, "72", BOB.id, "INACTIVE_OWNER_OR_USER", ownerProperty],
    ] as const;
    for (const [target, value, written, code, own] of cases) {
      const [problem] = checkForSalesforce(value, target, SCHEMAS, own);
      const refused = classifyRecordRefusal(
        { system: "salesforce", code, message: "refused", fields: [target.name] },
        { ...write, fields: { [target.name]: written } },
      );
      const found = problem && findingType(problem, "hubspot-to-salesforce", "Contact");
      expect(found).toMatchObject({ type: refused.type, cause: refused.cause, salesforceField: refused.salesforceField });
    }
  });
});
