import { pipeline, Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { safeCell } from "./cell.ts";

/**
 * CSV by RFC 4180 as it is made, row by row, with the mark by which Excel knows UTF-8. Cells from CRMs are text and never formulas.
 * Rejects where a row can't be had.
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
  // A pipeline ends the stringifier with the failure of the rows; a bare pipe would leave that to the process.
  const lines = pipeline(Readable.from(cells, { objectMode: true }), stringify({ record_delimiter: "\r\n" }), () => {});
  for await (const line of lines) yield String(line);
}
