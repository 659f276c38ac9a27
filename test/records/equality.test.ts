import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHubSpotValue, toSalesforceValue } from "../../src/records/conversion.ts";
import { sameValue } from "../../src/records/equality.ts";
import type { SalesforceValue } from "../../src/records/record.ts";
import type { HubSpotProperty, SalesforceField } from "../../src/records/schema.ts";
import { ADA, BOB, field, picklist, property, SCHEMAS } from "./schema-parts.ts";

const number = field({ type: "double", precision: 18, scale: 2 });
const owner = {
  property: property({ name: "hubspot_owner_id", type: "enumeration" }),
  field: field({ type: "reference", referenceTo: ["User"] }),
};
const stage = {
  property: property({ name: "dealstage", type: "enumeration" }),
  field: field({ name: "StageName", type: "picklist" }),
};
const several = {
  property: property({ type: "enumeration", fieldType: "checkbox" }),
  field: field({ type: "multipicklist", picklistValues: picklist("A", "B", "C") }),
};
const labelled = {
  property: property({
    type: "enumeration",
    fieldType: "select",
    options: [
      { value: "new_business", label: "New Business", hidden: false },
      { value: "renewal", label: "Renewal", hidden: false },
    ],
  }),
  field: field({ type: "picklist", picklistValues: picklist("New Business", "Renewal") }),
};

type Context = { property?: HubSpotProperty; field?: SalesforceField };
type Row = [hubspot: string | null | undefined, salesforce: SalesforceValue | undefined, context: Context];

describe("a difference of form is none", () => {
  test.each<Row>([
    [null, null, {}],
    [undefined, "", {}],
    ["", null, { field: number }],
    ["  ", undefined, {}],
    ["1000", 1000, { field: number }],
    ["1000.50", 1000.5, { field: number }],
    ["1,000.50", 1000.5, { field: number }],
    ["1.0E7", 10_000_000, { field: number }],
    ["0.1", 0.1, {}],
    ["-0", 0, { field: number }],
    ["10.005", 10.01, { field: number }],
    ["12345678901234567", 12345678901234568, { field: field({ type: "double" }) }],
    ["1706659200000", "2024-01-31", { field: field({ type: "date" }), property: property({ type: "date" }) }],
    ["2024-01-31", "2024-01-31", { field: field({ type: "date" }) }],
    ["2024-01-31T00:00:00Z", "2024-01-31", { field: field({ type: "date" }), property: property({ type: "datetime" }) }],
    ["1706659200000", "2024-01-31T00:00:00.000+0000", { field: field({ type: "datetime" }) }],
    ["2024-01-31T10:20:30.987Z", "2024-01-31T10:20:30.000+0000", { field: field({ type: "datetime" }) }],
    ["2024-01-31T11:20:30+01:00", "2024-01-31T10:20:30.000+0000", { field: field({ type: "datetime" }) }],
    ["1706659200000", "2024-01-31", {}],
    ["true", true, {}],
    ["TRUE", true, { field: field({ type: "boolean" }) }],
    ["Yes", true, { field: field({ type: "boolean" }) }],
    [null, false, { field: field({ type: "boolean" }) }],
    ["A;B", "B;A", several],
    ["A; B;", "B;A", several],
    [" Ada ", "Ada", {}],
    ["one\ntwo", "one\r\ntwo", { field: field({ type: "textarea" }) }],
    ["one \ntwo", "one\r\ntwo\r\n", { field: field({ type: "textarea" }) }],
    ["Zo\u0065\u0301", "Zo\u00e9", {}],
    ["ada@example.com", "Ada@Example.COM", { field: field({ type: "email" }) }],
    ["ada@example.com", "Ada@Example.COM", { property: property({ name: "email" }), field: field({ type: "string" }) }],
    ["71", ADA.id, owner],
    ["71", ADA.id.slice(0, 15), owner],
    [null, "00G5g000001ABCDEA4", owner],
    ["s1", "Prospecting", stage],
    ["0015g00000ABCDE", "0015g00000ABCDEAA5", { field: field({ type: "reference", referenceTo: ["Account"] }) }],
    ["new_business", "New Business", labelled],
  ])("%j is %j", (hubspot, salesforce, context) => {
    expect(sameValue(hubspot, salesforce, { ...SCHEMAS, ...context })).toBe(true);
  });
});

describe("a real difference is one", () => {
  test.each<Row>([
    ["Ada", null, {}],
    [null, "Ada", {}],
    [null, 0, { field: number }],
    ["0", null, { field: number }],
    ["1000", 1000.01, { field: number }],
    ["10.004", 10.01, { field: number }],
    ["100", 1000, { field: number }],
    ["1.000", 1000, { field: number }],
    ["12345678901234567", 12345678901235000, { field: field({ type: "double" }) }],
    ["abc", 0, { field: number }],
    ["1706659200000", "2024-02-01", { field: field({ type: "date" }) }],
    ["2024-01-31T10:20:30Z", "2024-01-31T10:20:31.000+0000", { field: field({ type: "datetime" }) }],
    ["2024-02-30", "2024-03-01", { field: field({ type: "date" }) }],
    ["false", true, {}],
    [null, true, {}],
    ["A;B", "A", several],
    ["A;B", "A;C", several],
    ["ada", "Ada", { field: field() }],
    ["one two", "one\ntwo", {}],
    ["007", "7", { field: field(), property: property() }],
    ["ada@example.com", "ada@example.org", { field: field({ type: "email" }) }],
    ["72", ADA.id, owner],
    ["99", ADA.id, owner],
    ["71", null, owner],
    ["s2", "Prospecting", stage],
    ["s9", "Prospecting", stage],
    ["0015g00000ABCDE", "0015g00000ABCDe", { field: field({ type: "reference", referenceTo: ["Account"] }) }],
    ["renewal", "New Business", labelled],
    ["1706659200000", "2024-01-31", { field: field(), property: property() }],
  ])("%j is not %j", (hubspot, salesforce, context) => {
    expect(sameValue(hubspot, salesforce, { ...SCHEMAS, ...context })).toBe(false);
  });

  test("an option whose name is another option's label is itself", () => {
    const crossed = {
      property: property({
        type: "enumeration",
        options: [
          { value: "a", label: "b", hidden: false },
          { value: "b", label: "a", hidden: false },
        ],
      }),
      field: field({ type: "picklist", picklistValues: picklist("a", "b") }),
    };
    expect(sameValue("a", "a", { ...SCHEMAS, ...crossed })).toBe(true);
    expect(sameValue("a", "b", { ...SCHEMAS, ...crossed })).toBe(false);
  });
});

const DAY = fc.date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });

describe("whatever the value", () => {
  test("numbers are equal exactly when they are the same number", () => {
    const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(cents, cents, fc.constantFrom("plain", "padded", "exponent"), (left, right, form) => {
        const value = left / 100;
        const text = form === "plain" ? String(value) : form === "padded" ? value.toFixed(2) : value.toExponential(12);
        const context = { ...SCHEMAS, field: number };
        return sameValue(text, value, context) && sameValue(text, right / 100, context) === (left === right);
      }),
    );
  });

  test("instants are equal exactly when they are the same second", () => {
    const context = { ...SCHEMAS, field: field({ type: "datetime" }), property: property({ type: "datetime" }) };
    fc.assert(
      fc.property(DAY, fc.integer({ min: -5000, max: 5000 }), (at, shift) => {
        const other = new Date(at.getTime() + shift);
        const inSalesforce = `${other.toISOString().slice(0, 19)}.000+0000`;
        const expected = Math.floor(at.getTime() / 1000) === Math.floor(other.getTime() / 1000);
        return sameValue(at.toISOString(), inSalesforce, context) === expected;
      }),
    );
  });

  test("the order of options never matters, an option more always does", () => {
    const options = fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,8}[A-Za-z]$/), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(options, fc.nat(), (chosen, seed) => {
        const shuffled = chosen.toSorted((left, right) => ((left.length * 7 + seed) % 5) - ((right.length * 7 + seed) % 5));
        const same = sameValue(chosen.join(";"), shuffled.join(";"), { ...SCHEMAS, ...several });
        const more = sameValue([...chosen, "0 other"].join(";"), shuffled.join(";"), { ...SCHEMAS, ...several });
        return same && !more;
      }),
    );
  });

  test("text is equal exactly when it is the same but for outer spaces and line ends", () => {
    const hostile = fc.string({ unit: fc.constantFrom("a", "A", " ", "\n", "\0", "\u202e", "א", "😀", ";", "1", "é") });
    fc.assert(
      fc.property(hostile, hostile, (left, right) => {
        const context = { ...SCHEMAS, field: field(), property: property() };
        const lines = (text: string) => text.trim().replaceAll(/[ \t]+\n/g, "\n");
        return sameValue(left, right.replaceAll("\n", "\r\n"), context) === (lines(left) === lines(right));
      }),
    );
  });

  test("what is converted and written is the same value afterwards", () => {
    const pairs: readonly (readonly [fc.Arbitrary<SalesforceValue>, Context])[] = [
      [fc.integer(), { field: field({ type: "int" }), property: property({ type: "number" }) }],
      [fc.integer().map((cents) => cents / 100), { field: number, property: property({ type: "number" }) }],
      [DAY.map((at) => at.toISOString().slice(0, 10)), { field: field({ type: "date" }), property: property({ type: "date" }) }],
      [
        DAY.map((at) => at.toISOString().slice(0, 10)),
        { field: field({ type: "date" }), property: property({ type: "datetime" }) },
      ],
      [
        DAY.map((at) => `${at.toISOString().slice(0, 19)}.000+0000`),
        { field: field({ type: "datetime" }), property: property({ type: "datetime" }) },
      ],
      [fc.boolean(), { field: field({ type: "boolean" }), property: property({ type: "bool" }) }],
      [fc.constantFrom(ADA.id, BOB.id), owner],
      [fc.constantFrom("Prospecting", "Closed Won"), stage],
      [fc.constantFrom("New Business", "Renewal"), labelled],
      [fc.subarray(["A", "B", "C"]).map((options) => options.join(";")), several],
      [fc.string(), { field: field({ type: "textarea" }), property: property() }],
    ];
    for (const [values, context] of pairs) {
      fc.assert(
        fc.property(values, (value) => {
          const { property: own = property(), field: target = field() } = context;
          const inHubSpot = toHubSpotValue(value, target, own, SCHEMAS);
          const back = toSalesforceValue(inHubSpot, target, own, SCHEMAS);
          expect(sameValue(inHubSpot, value, { ...SCHEMAS, ...context })).toBe(true);
          expect(sameValue(inHubSpot, back, { ...SCHEMAS, ...context })).toBe(true);
        }),
      );
    }
  });

  test("hostile values are compared in no time", () => {
    const long = `${"a;".repeat(30_000)}${"\0\u202e".repeat(1000)}`;
    const start = performance.now();
    expect(sameValue(long, `${long}x`, { ...SCHEMAS, field: field() })).toBe(false);
    expect(sameValue("9".repeat(50_000), 1, { ...SCHEMAS, field: number })).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
