import { describe, expect, test } from "vitest";
import { checkAddresses, codesBehind } from "../../src/records/address.ts";
import { sameValue } from "../../src/records/equality.ts";
import { goesWith, hasBit } from "../../src/records/picklist-dependency.ts";
import { field, objectSchema, picklist, SCHEMAS } from "./schema-parts.ts";

// Of the countries Australia, Canada, United States: bits 0, 1 and 2 from the left.
const countries = field({
  name: "MailingCountryCode",
  type: "picklist",
  picklistValues: [
    { value: "AU", label: "Australia", active: true },
    { value: "CA", label: "Canada", active: true },
    { value: "US", label: "United States", active: true },
  ],
});
const states = field({
  name: "MailingStateCode",
  type: "picklist",
  controllerName: "MailingCountryCode",
  picklistValues: [
    { value: "WA", label: "Western Australia", active: true, validFor: "gAAA" },
    { value: "ON", label: "Ontario", active: true, validFor: "QAAA" },
    { value: "CA", label: "California", active: true, validFor: "IAAA" },
    { value: "WA", label: "Washington", active: true, validFor: "IAAA" },
  ],
});
const text = [
  field({ name: "MailingState", label: "Mailing State/Province" }),
  field({ name: "MailingCountry", label: "Mailing Country" }),
];
const listed = objectSchema("Contact", [...text, countries, states]);
const unlisted = objectSchema("Contact", text);

const problems = (written: Record<string, string | null>, before: Record<string, string | null> | null = null) =>
  checkAddresses(written, before, listed).map(({ kind, salesforceField, certain }) => `${kind} ${salesforceField} ${certain}`);

describe("addresses in orgs with State and Country Picklists", () => {
  test("what is listed fits, by what is written and by what is there already", () => {
    expect(problems({ MailingState: "Washington", MailingCountry: "United States" })).toEqual([]);
    expect(problems({ MailingState: "Western Australia" }, { MailingCountry: "Australia" })).toEqual([]);
    expect(problems({ MailingStateCode: "WA", MailingCountryCode: "AU" })).toEqual([]);
    expect(problems({ MailingState: null, MailingCountry: null }, { MailingState: "Ontario", MailingCountry: "Canada" })).toEqual(
      [],
    );
  });

  test("a state of another country is refused for sure", () => {
    expect(problems({ MailingState: "Ontario" }, { MailingCountry: "Australia" })).toEqual([
      "not-in-address-list MailingState true",
    ]);
    expect(problems({ MailingCountry: "Canada" }, { MailingState: "California" })).toEqual([
      "not-in-address-list MailingState true",
    ]);
  });

  test("a state needs a country, unless the country was not read", () => {
    expect(problems({ MailingState: "Ontario" })).toEqual(["required MailingCountry true"]);
    expect(problems({ MailingCountry: null }, { MailingState: "Ontario" })).toEqual(["required MailingCountry true"]);
    expect(problems({ MailingState: "Ontario" }, {})).toEqual([]);
  });

  test("what is no label may still be an integration value, which describe doesn't show", () => {
    expect(problems({ MailingCountry: "Kanada" })).toEqual(["not-in-address-list MailingCountry false"]);
    expect(problems({ MailingCountry: "CA", MailingState: "Ontario" })).toEqual(["not-in-address-list MailingCountry false"]);
    expect(problems({ MailingState: "CA" }, { MailingCountry: "United States" })).toEqual([
      "not-in-address-list MailingState false",
    ]);
  });

  test("without the picklists, and where no address is written, nothing is said", () => {
    expect(checkAddresses({ MailingState: "Nowhere" }, null, unlisted)).toEqual([]);
    expect(problems({ LastName: "x" }, { MailingState: "Nowhere" })).toEqual([]);
  });

  test("names and codes are the same value, of the same place alone", () => {
    const same = (hubspot: string, salesforce: string, name: string) =>
      sameValue(hubspot, salesforce, { ...SCHEMAS, field: field({ name }), codes: codesBehind(name, listed) });
    expect(same("CA", "California", "MailingState")).toBe(true);
    expect(same("WA", "Western Australia", "MailingState")).toBe(true);
    expect(same("ON", "California", "MailingState")).toBe(false);
    expect(same("CA", "Canada", "MailingCountry")).toBe(true);
    expect(same("CA", "California", "MailingCountry")).toBe(false);
    expect(codesBehind("MailingState", unlisted)).toBeUndefined();
  });
});

describe("dependent picklists", () => {
  test("validFor has a bit for each controlling value, from the left", () => {
    expect([0, 1, 2, 3].map((place) => hasBit("oAAA", place))).toEqual([true, false, true, false]);
    expect(hasBit("AAAB", 23)).toBe(true);
    expect(hasBit("oAAA", 99)).toBe(false);
  });

  test("an option goes with the controlling values it is valid for; a checkbox controls as false and true", () => {
    const level = field({
      picklistValues: [{ value: "Dedicated", label: "Dedicated", active: true, validFor: "IAAA" }],
      controllerName: "Tier__c",
    });
    const tier = field({ name: "Tier__c", type: "picklist", picklistValues: picklist("Bronze", "Silver", "Gold") });
    expect(["Bronze", "Gold", "Platinum", null].map((value) => goesWith("Dedicated", level, tier, value))).toEqual([
      false,
      true,
      false,
      false,
    ]);
    const vip = field({ name: "Vip__c", type: "boolean" });
    const yes = field({ picklistValues: [{ value: "Lounge", label: "Lounge", active: true, validFor: "QAAA" }] });
    expect([true, false].map((value) => goesWith("Lounge", yes, vip, value))).toEqual([true, false]);
  });
});
