import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FoundGroup, type HoldingGroup, type Regrouped, regroup } from "../../src/health/regrouping.ts";

const refusal = (message: string, code = "FIELD_CUSTOM_VALIDATION_EXCEPTION") => ({
  at: "2026-01-01T00:00:00.000Z",
  statement: message,
  refusal: { system: "salesforce" as const, code, message, fields: ["Phone"] },
});

function found(key: string, over: Partial<FoundGroup> = {}): FoundGroup {
  const evidence = refusal("Enter a phone number with its country code");
  return {
    key,
    type: "custom-validation-rule",
    direction: "hubspot-to-salesforce",
    salesforceField: "Phone",
    details: {},
    evidence,
    ...over,
  };
}

const held = (key: string, over: Partial<HoldingGroup> = {}): HoldingGroup => ({ ...found(key), id: `E-${key}`, ...over });
const nothing = new Set<string>();

describe("a record that leaves one group and enters another", () => {
  test("for the same words of the same refusal takes the group's identity along", () => {
    const named = found("rule", { details: { rule: "Phone_Format" } });
    expect(regroup([{ held: [held("words")], found: [named] }], nothing)).toEqual(
      new Map([["rule", { continues: ["E-words"], renames: "E-words" }]]),
    );
  });

  test("does so when its words were translated, and not when another rule has refused", () => {
    const german = found("german", { evidence: refusal("Telefonnummer mit Landesvorwahl eingeben") });
    expect(regroup([{ held: [held("english")], found: [german] }], nothing).get("german")?.renames).toBe("E-english");
    const other = found("other", { details: { rule: "Phone_Length" }, evidence: refusal("Too short") });
    const before = held("before", { details: { rule: "Phone_Format" } });
    expect(regroup([{ held: [before], found: [other] }], nothing)).toEqual(new Map());
  });

  test("is another matter with another code, direction or no refusal at all", () => {
    const cases: Partial<FoundGroup>[] = [
      { evidence: refusal("Enter a phone number with its country code", "STRING_TOO_LONG") },
      { direction: "salesforce-to-hubspot" },
      { evidence: { at: "2026-01-01T00:00:00.000Z", statement: "too long" } },
    ];
    for (const over of cases) {
      expect(regroup([{ held: [held("a")], found: [found("b", over)] }], nothing)).toEqual(new Map());
    }
  });
});

test("a poll that finds what HubSpot's export says goes on with it; another type, field or rule is another matter", () => {
  const imported = { at: "2026-01-01T00:00:00.000Z", statement: "HubSpot's own export shows it", importedBy: "U1" };
  const before = held("export", { evidence: imported, details: { rule: "Phone_Format" } });
  const renamed = (over: Partial<FoundGroup>) => regroup([{ held: [before], found: [found("poll", over)] }], nothing).get("poll");
  expect(renamed({ details: { rule: "Phone_Format" } })?.renames).toBe("E-export");
  expect(renamed({ salesforceField: null })?.renames).toBe("E-export");
  expect(renamed({ details: { rule: "Phone_Length" } })).toBeUndefined();
  expect(renamed({ type: "string-too-long" })).toBeUndefined();
  expect(renamed({ salesforceField: "MobilePhone" })).toBeUndefined();
});

test("one group that proves to be two is split: the larger part keeps its identity, the other one goes on from it", () => {
  const one = { held: [held("a")], found: [found("b")] };
  const records: Regrouped[] = [one, one, { held: [held("a")], found: [found("c")] }];
  expect(regroup(records, nothing)).toEqual(
    new Map([
      ["b", { continues: ["E-a"], renames: "E-a" }],
      ["c", { continues: ["E-a"], renames: null }],
    ]),
  );
});

test("two groups that prove to be one are merged into the larger one", () => {
  const records: Regrouped[] = [
    { held: [held("a")], found: [found("c")] },
    { held: [held("b")], found: [found("c")] },
    { held: [held("b")], found: [found("c")] },
  ];
  expect(regroup(records, nothing)).toEqual(new Map([["c", { continues: ["E-b", "E-a"], renames: "E-b" }]]));
});

test("what is there already keeps its own identity, and what is still found keeps its name", () => {
  const move = { held: [held("a")], found: [found("b")] };
  expect(regroup([move], new Set(["b"])).get("b")).toEqual({ continues: ["E-a"], renames: null });
  expect(regroup([move, { held: [held("a")], found: [found("a")] }], nothing).get("b")).toEqual({
    continues: ["E-a"],
    renames: null,
  });
});

test("no group is renamed twice, nor while it is still found, whatever the records", () => {
  const key = fc.constantFrom("a", "b", "c", "d");
  const record = fc.record({ held: fc.uniqueArray(key), found: fc.uniqueArray(key) });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 12 }), fc.uniqueArray(key), (records, known) => {
      const descents = regroup(
        records.map((one) => ({ held: one.held.map((name) => held(name)), found: one.found.map((name) => found(name)) })),
        new Set(known),
      );
      const renamed = [...descents.values()].flatMap(({ renames }) => renames ?? []);
      expect(new Set(renamed).size).toBe(renamed.length);
      for (const id of renamed) expect(records.some((one) => one.found.includes(id.slice(2) as "a"))).toBe(false);
      for (const name of known) expect(descents.get(name)?.renames ?? null).toBeNull();
    }),
  );
});
