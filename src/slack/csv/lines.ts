import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { safeCell } from "./cell.ts";

/**
 * CSV by RFC 4180 as it is made, row by row, with the mark by which Excel knows UTF-8. Cells from CRMs are text and never formulas.
 */
export async function* csvLines(
  columns: readonly string[],
  rows: AsyncIterable<readonly (string | number | null)[]>,
): AsyncGenerator<string> {
  const cells = (async function* () {
    yield [...columns];
    for await (const row of rows) yield row.map((cell) => (typeof cell === "string" ? safeCell(cell) : cell));
  })();
  yield "\ufeff";
  for await (const line of Readable.from(cells, { objectMode: true }).pipe(stringify({ record_delimiter: "\r\n" }))) {
    yield String(line);
  }
}
