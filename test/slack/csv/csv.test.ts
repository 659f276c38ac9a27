import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safeCell } from "../../../src/slack/csv/cell.ts";
import { csvLines } from "../../../src/slack/csv/lines.ts";
import { logCsv } from "../../../src/slack/csv/log.ts";

async function written(lines: AsyncIterable<string>): Promise<string> {
  let all = "";
  for await (const line of lines) all += line;
  return all;
}

async function* rowsOf<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}

describe("a cell", () => {
  test.each(["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "+47 22 33;x", "-", "+"])(
    "that a spreadsheet would compute is text: %j",
    (text) => expect(safeCell(text)).toBe(`'${text}`),
  );

  test.each(["-12", "-0.5", "+3", "+4722334455", "+47 22 33 44 55", "12", "Ada", "a=b", "", "2026-01-01"])(
    "that computes nothing stays as it is: %j",
    (text) => expect(safeCell(text)).toBe(text),
  );
});

describe("a CSV file", () => {
  test("reads back as it was written, whatever the cells hold, and no cell begins a formula", async () => {
    const cell = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom('a "b", c', "line\r\nbreak", "=HYPERLINK(1)", "-7", ""));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell)), async (rows) => {
        const text = await written(csvLines(["one", "two"], rowsOf(rows)));
        expect(text.startsWith("\ufeffone,two\r\n")).toBe(true);
        const read = parse(text, { bom: true, record_delimiter: "\r\n", relax_column_count: false }) as string[][];
        expect(read.slice(1)).toEqual(rows.map((row) => row.map(safeCell)));
        for (const value of read.flat()) expect(value).not.toMatch(/^[=@\t\r]/);
      }),
      { numRuns: 50 },
    );
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
    const [head, line] = (await written(logCsv(rowsOf([entry])))).split("\r\n");
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
});
