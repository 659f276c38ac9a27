import { sentence } from "../../language/sentence.ts";
import { plainText } from "../../records/text.ts";
import type { ColumnRole } from "../names/column-names.ts";
import { type Columns, recogniseColumns } from "./columns.ts";
import { decodeText } from "./decode.ts";
import { type ReadLine, readLine } from "./line.ts";
import { type Broken, type Row, readRows } from "./rows.ts";
import { UnreadableExportError } from "./unreadable.ts";

/** How many rows the columns are told by. */
const SAMPLE = 200;

const NAMES_RECORD: readonly ColumnRole[] = ["record", "salesforce-record", "email"];
const NAMES_ERROR: readonly ColumnRole[] = ["type", "category", "message"];

/**
 * Reads the sync errors that HubSpot exports as CSV, line by line as its bytes come in: in any of its languages, encodings and
 * delimiters. HubSpot documents no columns, so that they are told by their names and by what stands in them.
 * @throws UnreadableExportError where the file is something else.
 */
export async function* readExport(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadLine> {
  const rows = readRows(decodeText(bytes));
  const head: Row[] = [];
  let broken: Broken | null = null;
  while (head.length < SAMPLE && broken === null) {
    const next = await rows.next();
    if (next.done) break;
    if ("broken" in next.value) broken = next.value;
    else head.push(next.value);
  }
  const columns = recogniseColumns(head);
  refuseOthers(columns, head);
  for (const row of head.slice(columns.rowsBefore)) if (!isEmpty(row)) yield readLine(row, columns);
  if (broken !== null) yield brokenOff(broken);
  for await (const row of rows) {
    if ("broken" in row) yield brokenOff(row);
    else if (!isEmpty(row)) yield readLine(row, columns);
  }
}

function isEmpty({ cells }: Row): boolean {
  return cells.every((cell) => cell.trim() === "");
}

function brokenOff({ line, broken }: Broken): ReadLine {
  return { line, reason: broken };
}

function refuseOthers({ byRole, header }: Columns, rows: readonly Row[]): void {
  const lacks = (roles: readonly ColumnRole[]) => roles.every((role) => byRole[role] === undefined);
  const missing = lacks(NAMES_RECORD) ? (lacks(NAMES_ERROR) ? "both" : "record") : lacks(NAMES_ERROR) ? "error" : null;
  if (missing === null) return;
  const first = header.length > 0 ? header : (rows[0]?.cells ?? []);
  const columns = first.slice(0, 12).map((cell) => `“${plainText(cell, 40)}”`);
  throw new UnreadableExportError(
    sentence(
      "{missing, select, record {The file is no export of sync errors: no column names the record (an id, a link or an email).} error {The file is no export of sync errors: no column names the error (its type or message).} other {The file is no export of sync errors: no column names the record (an id, a link or an email), and none the error (its type or message).}} Its columns begin with {columns}. In HubSpot, open Settings, Integrations, Connected Apps, Salesforce, Sync Health, and export the errors as CSV.",
      { missing, columns: columns.join(", ") },
    ),
  );
}
