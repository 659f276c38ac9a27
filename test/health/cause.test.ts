import fc from "fast-check";
import { expect, test } from "vitest";
import { errorId, groupKey, normaliseCause } from "../../src/health/cause.ts";

test.each([
  ["Record 0035g00000ABCDEAA5 is locked", "Record … is locked"],
  ["ada@example.com is taken by bob+x@example.org", "… is taken by …"],
  ["value outside of range: -1,234.50", "value outside of range: …"],
  ['Field "Region": bad value', "Field …: bad value"],
  ["Il campo «Regione» non va", "Il campo … non va"],
  ["We can't save this because it can't be", "We can't save this because it can't be"],
  ["Address2__c of Rule_1 failed 3 times", "Address2__c of Rule_1 failed … times"],
  ["due 2026-01-31T10:20:30.000", "due …"],
])("%j has the cause %j", (message, cause) => {
  expect(normaliseCause(message)).toBe(cause);
});

test("the record's own values go, words of the message stay", () => {
  expect(normaliseCause("Ada Lovelace is not allowed in Bonn", ["Ada Lovelace", "Bonn", "is", null, 7])).toBe(
    "… is not allowed in …",
  );
  expect(normaliseCause("not allowed here", ["allow"])).toBe("not allowed here");
});

test("whatever a record holds, the cause is the same", () => {
  const word = fc.stringMatching(/^[A-Z][a-z]{3,12}( [A-Z][a-z]{3,12})?$/);
  const email = fc.emailAddress();
  fc.assert(
    fc.property(word, email, fc.integer(), word, email, fc.integer(), (name1, email1, number1, name2, email2, number2) => {
      const message = (name: string, address: string, number: number) =>
        `${name} cannot be saved: ${address} was tried ${number} times (id ${number})`;
      const first = normaliseCause(message(name1, email1, number1), [name1, email1, number1]);
      const second = normaliseCause(message(name2, email2, number2), [name2, email2, number2]);
      return first === second;
    }),
  );
});

test("a cause is stable: normalising it again changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (message) => {
      const cause = normaliseCause(message);
      return normaliseCause(cause) === cause && cause.length <= 300 && cause.isWellFormed();
    }),
  );
});

test("an id is E and five characters that people cannot confuse, the same for the same group", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (connection, key) => {
      const id = errorId(connection, key);
      return /^E[0-9A-HJKMNP-TV-Z]{5}$/.test(id) && id === errorId(connection, key);
    }),
  );
  const ids = Array.from({ length: 2000 }, (_, index) => errorId("main", String(index)));
  expect(new Set(ids).size).toBeGreaterThan(1990);
  expect(errorId("main", "a", 1)).not.toBe(errorId("main", "a"));
  expect(errorId("other", "a")).not.toBe(errorId("main", "a"));
});

test("a group is its type, direction, object, fields and cause; not its records", () => {
  const record = { object: "contacts", hubspotId: "1", salesforceObject: null, salesforceId: null, label: "a" } as const;
  const finding = {
    type: "string-too-long",
    direction: "hubspot-to-salesforce",
    record,
    hubspotProperty: "jobtitle",
    salesforceField: "Title",
    cause: "Title",
  } as const;
  expect(groupKey(finding)).toBe(groupKey({ ...finding, record: { ...record, hubspotId: "2", label: "b" } }));
  for (const other of [
    { ...finding, type: "invalid-email" as const },
    { ...finding, direction: "salesforce-to-hubspot" as const },
    { ...finding, record: { ...record, object: "deals" as const } },
    { ...finding, hubspotProperty: null },
    { ...finding, salesforceField: "Name" },
    { ...finding, cause: "x" },
  ]) {
    expect(groupKey(other)).not.toBe(groupKey(finding));
  }
});
