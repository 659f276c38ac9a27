import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explain, type SeenRefusal } from "../../src/health/explanation.ts";
import { SUSPENSION_NAMES } from "../../src/health/names/suspension-names.ts";
import { salesforceCodes } from "../../src/health/salesforce-codes.ts";
import { SUSPENSION_KINDS } from "../../src/health/suspensions.ts";
import { type Case, corpus, FILES } from "./explain/corpus.ts";

/** What a client does to a refusal of which code, message and fields are known. */
const WRAPPINGS: Readonly<Record<string, (code: string, message: string, fields: readonly string[]) => string>> = {
  plain: (code, message) => `${code}: ${message}`,
  jsforce: (code, message) => `Error: ${code}: ${message}`,
  apex: (code, message, fields) =>
    `Insert failed. First exception on row 0; first error: ${code}, ${message}: [${fields.join(", ")}]`,
  bulk: (code, message, fields) => `${code}:${message}:${fields.join(" ")} --`,
  rest: (errorCode, message, fields) => JSON.stringify([{ message, errorCode, fields }]),
  save: (statusCode, message, fields) => JSON.stringify({ success: false, errors: [{ statusCode, message, fields }] }),
  html: (errorCode, message, fields) =>
    JSON.stringify([{ message, errorCode, fields }]).replaceAll("&", "&amp;").replaceAll('"', "&quot;"),
  quoted: (code, message) => `The sync failed with «${code}» - ${message}`,
};

describe.each(FILES)("%s", (file) => {
  test.each(corpus(file).map((entry) => [entry.expect, JSON.stringify(entry.input).slice(0, 120), entry] as const))(
    "%s: %s",
    (expected, _, { input }) => {
      const { type, kind, category, label, advice } = explain(input);
      expect(type).toBe(expected);
      expect(category === null).toBe(kind === "suspension");
      expect(label).not.toBe("");
      expect(advice.length).toBeGreaterThan(0);
      expect(advice.join(" ")).not.toMatch(/undefined|“”| {2}/);
    },
  );
});

test("every code that Salesforce documents is decided on purpose", () => {
  const decided = new Set(corpus("salesforce-codes.jsonl").map(({ input }) => input.code));
  expect(salesforceCodes().filter((code) => !decided.has(code))).toEqual([]);
});

describe("a client's wrapping changes nothing", () => {
  const known = corpus("salesforce-records.jsonl").filter(({ input }) => isWrappable(input));
  test.each(Object.keys(WRAPPINGS))("%s", (name) => {
    const wrap = WRAPPINGS[name];
    for (const { input, expect: expected } of known) {
      const { code = "", fields = [], message, ...rest } = input;
      const wrapped = wrap?.(code, message, fields) ?? "";
      expect({ wrapped, type: explain({ ...rest, message: wrapped }).type }).toEqual({ wrapped, type: expected });
    }
  });
});

/** Fields that aren't told, and codes nobody knows, do not survive a wrapping that leaves them out. */
function isWrappable({ code = "", message }: SeenRefusal): boolean {
  return code !== "A_CODE_OF_TOMORROW" && code !== "FIELD_INTEGRITY_EXCEPTION" && !/execution of|<br|“/.test(message);
}

test("a trigger that ran into a rule is the trigger's, and says both", () => {
  const { type, advice } = explain({
    system: "salesforce",
    message:
      "Update failed. First exception on row 0; first error: CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, AccountGuard: execution of BeforeUpdate\n\ncaused by: System.DmlException: Update failed. First exception on row 0; first error: FIELD_CUSTOM_VALIDATION_EXCEPTION, A phone is needed: [Phone]\n\nTrigger.AccountGuard: line 3, column 1",
  });
  expect(type).toBe("salesforce-automation");
  expect(advice[0]).toContain("AccountGuard");
  expect(advice[0]).toContain("FIELD_CUSTOM_VALIDATION_EXCEPTION: A phone is needed");
});

test.each<[Partial<SeenRefusal> & { readonly message: string }, readonly string[]]>([
  [{ message: "REQUIRED_FIELD_MISSING: Required fields are missing: [LastName, Company]" }, ["LastName, Company"]],
  [
    { code: "STRING_TOO_LONG", message: "姓: データ値が大きすぎます: あああ (最大長=80)", object: "Contact" },
    ["80", "姓", "Contact"],
  ],
  [
    { code: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message: "Region: bad value for restricted picklist field: Mars" },
    ["Mars", "Region"],
  ],
  [
    { message: "DUPLICATE_VALUE:duplicate value found: Ext__c duplicates value on record with id: 0015g00000ABCDE:--" },
    ["0015g00000ABCDE"],
  ],
  [{ code: "INVALID_TYPE", message: "sObject type 'Campaign' is not supported." }, ["Campaign"]],
  [{ code: "FOO_BAR", message: "Something odd" }, ["FOO_BAR", "Something odd"]],
])("the advice names what the message names: %j", (seen, names) => {
  const advice = explain({ system: "salesforce", ...seen }).advice.join(" ");
  for (const name of names) expect(advice).toContain(name);
});

test("whatever it is given, it answers", () => {
  const message = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 300 }),
    fc.json(),
    fc.constantFrom(...FILES.flatMap((file) => corpus(file).map(({ input }) => input.message))),
  );
  const seen = fc.record(
    {
      system: fc.constantFrom("salesforce" as const, "hubspot" as const),
      direction: fc.constantFrom("hubspot-to-salesforce" as const, "salesforce-to-hubspot" as const),
      httpStatus: fc.integer({ min: 0, max: 999 }),
      code: fc.oneof(fc.string(), fc.constantFrom(...salesforceCodes())),
      message,
      fields: fc.array(fc.string(), { maxLength: 4 }),
      object: fc.string(),
      scope: fc.constantFrom("record" as const, "connection" as const),
    },
    { requiredKeys: ["system", "message"] },
  );
  fc.assert(
    fc.property(seen, (given) => {
      const { label, advice, kind, category } = explain(given);
      return label !== "" && advice.length > 0 && (kind === "suspension") === (category === null);
    }),
    { numRuns: 1_000 },
  );
});

test("words that say nothing of a cause are other, not a guess", () => {
  for (const message of [
    "",
    "failed",
    "Error",
    "Ada Lovelace",
    "HTTP 400",
    "{}",
    "[]",
    "null",
    "https://example.com/a_b",
    "It did not work. 未知",
  ]) {
    expect(explain({ system: "salesforce", message }).type).toBe("other");
    expect(explain({ system: "hubspot", message }).type).toBe("other");
  }
});

test("hostile lengths cost little", () => {
  const start = performance.now();
  for (const part of [
    "a_",
    "A_B ",
    "[{",
    '"message":"',
    "あ",
    "<html>",
    "first error: ",
    "fields=[",
    '\\"',
    "property ",
    "country ",
  ]) {
    for (const system of ["salesforce", "hubspot"] as const) explain({ system, message: part.repeat(200_000 / part.length) });
  }
  expect(performance.now() - start).toBeLessThan(8_000);
});

test("the corpus has its sources", () => {
  const cases: readonly Case[] = FILES.flatMap((file) => corpus(file));
  expect(cases.length).toBeGreaterThan(700);
  expect(cases.every(({ source }) => source !== "")).toBe(true);
  expect(readFileSync(new URL("./explain/README.md", import.meta.url), "utf8")).toContain("source");
});

test.each(SUSPENSION_KINDS.flatMap((kind) => Object.values(SUSPENSION_NAMES[kind]).map((name) => [name, kind] as const)))(
  "HubSpot's screen saying %j is the suspension %s",
  (message, kind) => {
    expect(explain({ system: "hubspot", message })).toMatchObject({ kind: "suspension", type: kind });
  },
);
