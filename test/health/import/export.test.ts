import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COLUMN_NAMES, OBJECT_NAMES } from "../../../src/health/names/column-names.ts";
import { LANGUAGES } from "../../../src/health/names/language.ts";
import { CATEGORY_NAMES, TYPE_NAMES } from "../../../src/health/names/sync-error-names.ts";
import { csvOf, errorsOf, linesOf, saidOf } from "./files.ts";

const CONTACT = "0035g00000AbCdEAAV";
const ROWS = [
  {
    type: "custom-validation-rule",
    category: "custom-code",
    object: "contacts",
    record: "51001",
    "salesforce-record": CONTACT,
    email: "anna@example.com",
    message: 'FIELD_CUSTOM_VALIDATION_EXCEPTION: Phone must start with a "country" code,\nsuch as +47',
    property: "phone",
    field: "Phone",
    value: "22 11 00 99",
    "seen-at": "2026-03-04 10:11",
  },
  {
    type: "string-too-long",
    category: "property-values",
    object: "deals",
    record: "9100200001",
    "salesforce-record": "",
    email: "",
    message: "STRING_TOO_LONG: Name: data value too large",
    property: "dealname",
    field: "Name",
    value: "Größe; Ärger",
    "seen-at": "2026-03-05 23:59",
  },
] as const;
const ROLES = [
  "type",
  "category",
  "object",
  "record",
  "salesforce-record",
  "email",
  "message",
  "property",
  "field",
  "value",
  "seen-at",
] as const;

type Language = (typeof LANGUAGES)[number];

function fileIn(language: Language, roles: readonly (typeof ROLES)[number][] = ROLES): string[][] {
  const cells = ROWS.map((row) =>
    roles.map((role) => {
      if (role === "type") return TYPE_NAMES[row.type][language];
      if (role === "category") return CATEGORY_NAMES[row.category][language];
      if (role === "object") return OBJECT_NAMES[row.object][language][0];
      return row[role];
    }),
  );
  return [roles.map((role) => COLUMN_NAMES[role][language][0]), ...cells];
}

const EXPECTED = [
  {
    object: "contacts",
    hubspotId: "51001",
    salesforceObject: "Contact",
    salesforceId: CONTACT,
    email: "anna@example.com",
    type: "custom-validation-rule",
    category: "custom-code",
    message: 'FIELD_CUSTOM_VALIDATION_EXCEPTION: Phone must start with a "country" code, such as +47',
    property: "phone",
    field: "Phone",
    value: "22 11 00 99",
    seenAt: new Date("2026-03-04T10:11Z"),
  },
  {
    object: "deals",
    hubspotId: "9100200001",
    salesforceId: null,
    email: null,
    type: "string-too-long",
    category: "property-values",
    value: "Größe; Ärger",
    seenAt: new Date("2026-03-05T23:59Z"),
  },
];

const ENCODINGS: Readonly<Record<string, (text: string) => Buffer>> = {
  "UTF-8": (text) => Buffer.from(text),
  "UTF-8 with its mark": (text) => Buffer.from(`\ufeff${text}`),
  "UTF-16 LE with its mark": (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
  "UTF-16 LE without": (text) => Buffer.from(text, "utf16le"),
  "UTF-16 BE with its mark": (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
  "UTF-16 BE without": (text) => Buffer.from(text, "utf16le").swap16(),
  "Windows-1252": (text) => Buffer.from(text, "latin1"),
};

describe("HubSpot's export", () => {
  for (const [encoding, encode] of Object.entries(ENCODINGS)) {
    for (const [name, delimiter] of Object.entries({ commas: ",", semicolons: ";", tabs: "\t" })) {
      test(`is read in ${encoding} with ${name}, whatever the pieces it comes in`, async () => {
        for (const lineEnd of ["\n", "\r\n", "\r"]) {
          const file = encode(csvOf(fileIn("de"), delimiter, lineEnd));
          for (const size of [1, 7, 100_000]) expect(await errorsOf(file, size)).toMatchObject(EXPECTED);
        }
      });
    }
  }

  test("reads the same in every language, with its columns in any order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...LANGUAGES),
        fc.shuffledSubarray([...ROLES], { minLength: ROLES.length, maxLength: ROLES.length }),
        fc.constantFrom(",", ";", "\t"),
        fc.constantFrom("utf8", "utf16le"),
        async (language, roles, delimiter, encoding) => {
          const file = Buffer.from(`\ufeff${csvOf(fileIn(language, roles), delimiter)}`, encoding as BufferEncoding);
          expect(await errorsOf(file)).toMatchObject(EXPECTED);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("every name of a type, category, object and column is one thing's alone, in every language", async () => {
    for (const language of LANGUAGES) {
      for (const [type, names] of Object.entries(TYPE_NAMES)) {
        const [line] = await errorsOf(
          csvOf([
            ["Record ID", "Object type", "Error type"],
            ["1", "Contact", names[language].toUpperCase()],
          ]),
        );
        expect([language, line?.type]).toEqual([language, type]);
      }
    }
  });

  test("needs no header where the columns tell by what is in them", async () => {
    for (const language of LANGUAGES) {
      const rows = fileIn(language, [
        "value",
        "email",
        "type",
        "seen-at",
        "object",
        "message",
        "salesforce-record",
        "record",
      ]).slice(1);
      const lines = await errorsOf(csvOf(rows, ";"));
      const found = lines.map(({ object, hubspotId, salesforceId, email, type }) => ({
        object,
        hubspotId,
        salesforceId,
        email,
        type,
      }));
      expect(found).toEqual(
        EXPECTED.map(({ object, hubspotId, salesforceId, email, type }) => ({ object, hubspotId, salesforceId, email, type })),
      );
    }
  });

  test("finds the header below titles and empty lines", async () => {
    const file = `Salesforce sync errors\nExported 2026-03-06 by Anna\n\n${csvOf(fileIn("en"))}`;
    expect(await errorsOf(file)).toMatchObject(EXPECTED);
    expect((await errorsOf(file)).map(({ line }) => line)).toEqual([5, 7]);
  });

  test("reads links in the place of ids", async () => {
    const lines = await errorsOf(
      csvOf([
        ["Link", "Salesforce link", "Error"],
        ["https://app-eu1.hubspot.com/contacts/123456/record/0-2/7400100001", "", "String too long"],
        ["https://app.hubspot.com/contacts/123456/deal/987?tab=x", "", "String too long"],
        ["", "https://acme.lightning.force.com/lightning/r/Contact/0035g00000AbCdEAAV/view", "String too long"],
        ["", "https://acme.my.salesforce.com/0035g00000AbCdE", "String too long"],
      ]),
    );
    expect(lines.map(({ object, hubspotId, salesforceId }) => [object, hubspotId, salesforceId])).toEqual([
      ["companies", "7400100001", null],
      ["deals", "987", null],
      ["contacts", null, CONTACT],
      ["contacts", null, CONTACT],
    ]);
  });

  test("takes the first of two columns of one name that has something in it", async () => {
    const [one, other] = await errorsOf(
      csvOf([
        ["Record ID", "Record ID", "Object", "Error message", "Error message"],
        ["", "12", "Company", "first", ""],
        ["13", "", "Company", "", "second"],
      ]),
    );
    expect([one?.hubspotId, one?.message, other?.hubspotId, other?.message]).toEqual(["12", "first", "13", "second"]);
  });

  test("reads lines that are too short, and those that are too long for want of quotes", async () => {
    const lines = await saidOf(
      "Object,Record ID,Error message,Email\nContact,9,fine,nine@example.com\nContact,10,fine,ten@example.com\n" +
        "Contact,11,short\n" +
        "Contact,12,one, two and, three,anna@example.com\n" +
        "Contact,13,fine,berit@example.com,,\n" +
        "Contact,14,fine,x,y,z,not an email\n",
    );
    expect(lines.slice(2)).toMatchObject([
      { line: 4, hubspotId: "11", message: "short", email: null },
      { line: 5, hubspotId: "12", message: "one, two and, three", email: "anna@example.com" },
      { line: 6, hubspotId: "13", email: "berit@example.com" },
      { line: 7, reason: "it has 7 values where the file has 4 columns" },
    ]);
  });

  test("says of each line that names no record or no error which one and why", async () => {
    const lines = await saidOf(
      csvOf([
        ["Record name", "Record ID", "Object type", "Salesforce ID", "Error type", "Error message"],
        ["Anna", "51001", "Contact", "", "String too long", ""],
        ["Anna", "51001", "Contact", "", "", "-"],
        ["Anna", "", "Contact", "", "String too long", ""],
        ["", "", "", "", "String too long", ""],
        ["Call", "77", "Ticket", "", "String too long", ""],
        ["Call", "", "", "5005g00000AbCdEAAV", "String too long", ""],
        ["Tom", "51002", "Contact", "", "", "Something new that HubSpot says"],
      ]),
    );
    expect(lines).toMatchObject([
      { line: 2, type: "string-too-long" },
      { line: 3, reason: "it names no error" },
      { line: 4, reason: "it names its record “Anna” by no id, link or email" },
      { line: 5, reason: "it names no record" },
      { line: 6, reason: "“Ticket” is no object that Syncwarden watches" },
      { line: 7, reason: expect.stringMatching(/5005g00000AbCdE.* is of no object that Syncwarden watches/) },
      { line: 8, type: null, message: "Something new that HubSpot says" },
    ]);
  });

  test("reads what comes before a quote that is never closed, and says from where on nothing could be read", async () => {
    const lines = await saidOf('Record ID,Object,Error message\n1,Contact,fine\n2,Contact,"open\n3,Contact,lost\n');
    expect(lines).toMatchObject([{ hubspotId: "1" }, { line: 3, reason: expect.stringMatching(/quote .*never closed/) }]);
  });

  test("an account's id that is the same in every line is no record's", async () => {
    const lines = await errorsOf(
      csvOf([
        ["24680135", "51001", "Contact", "String too long"],
        ["24680135", "51002", "Contact", "String too long"],
      ]),
    );
    expect(lines.map(({ hubspotId }) => hubspotId)).toEqual(["51001", "51002"]);
  });

  for (const [what, file, why] of [
    ["an Excel workbook", Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), /Excel workbook/],
    ["a web page", Buffer.from("<!DOCTYPE html><title>Sign in</title>"), /web page/],
    ["an empty file", Buffer.from(" \n"), /empty/],
    ["another CSV", Buffer.from("City,Population\nOslo,700000\nBergen,290000\n"), /no column names.*“City”, “Population”/],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 1, 2, 0, 7]), /./],
  ] as const) {
    test(`${what} is refused in words`, async () => {
      await expect(linesOf(file)).rejects.toThrow(why);
      await expect(linesOf(file)).rejects.toMatchObject({ name: "UnreadableExportError" });
    });
  }

  test("any bytes at all are read or refused in words", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        await linesOf(bytes).catch((error: Error) => expect(error.name).toBe("UnreadableExportError"));
      }),
      { numRuns: 300 },
    );
  });
});
