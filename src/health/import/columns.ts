import type { ColumnRole } from "../names/column-names.ts";
import { type CellKind, cellText, kindOf, roleNamed } from "./cell.ts";
import type { Row } from "./rows.ts";

/** Where in a row each thing stands: columns by role, best first. */
export interface Columns {
  readonly byRole: Readonly<Partial<Record<ColumnRole, readonly number[]>>>;
  /** How many columns the file has. */
  readonly width: number;
  /** How many rows at the top are none of the records: titles and the header. */
  readonly rowsBefore: number;
  /** What the header calls them; empty where there is none. */
  readonly header: readonly string[];
}

/** How far down a header can stand below titles. */
const HEADER_WITHIN = 15;
/** What part of a column's cells has to be of a kind. */
const MOST = 0.6;
/** A message is longer than a name or a value, on average; in characters. */
const MESSAGE_LENGTH = 20;

/** Tells from the first rows which column holds what: by the header's names, and by what stands below where those say nothing. */
export function recogniseColumns(rows: readonly Row[]): Columns {
  const header = headerOf(rows);
  const rowsBefore = header === null ? titlesBefore(rows) : header.index + 1;
  const names = header?.cells ?? [];
  const data = rows.slice(rowsBefore);
  const width = Math.max(names.length, usualWidth(data));
  const contents = Array.from({ length: width }, (_, index) => contentOf(data, index));
  const roles: (ColumnRole | null)[] = contents.map((content, index) => sensible(roleNamed(names[index] ?? ""), content));
  fillByContent(roles, contents, header !== null);
  const byRole: Partial<Record<ColumnRole, number[]>> = {};
  for (const [index, role] of roles.entries()) {
    if (role !== null && role !== "ignored") byRole[role] = [...(byRole[role] ?? []), index];
  }
  return { byRole, width, rowsBefore, header: names };
}

/** How wide half of the rows are at most: a few are too wide, where a delimiter isn't quoted. */
function usualWidth(rows: readonly Row[]): number {
  const widths = rows.map(({ cells }) => cells.length).sort((one, other) => one - other);
  return widths[Math.floor((widths.length - 1) / 2)] ?? 0;
}

function usedWidth(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cellText(cell) !== null) + 1;
}

/** The row at the top with most names of columns in it. One alone may be a title, unless the row has no other cell. */
function headerOf(rows: readonly Row[]): { readonly index: number; readonly cells: readonly string[] } | null {
  let best: { index: number; cells: readonly string[]; known: number } | null = null;
  for (const [index, { cells }] of rows.slice(0, HEADER_WITHIN).entries()) {
    const texts = cells.map((cell) => cellText(cell) ?? "").slice(0, usedWidth(cells));
    const known = texts.filter((text) => text !== "" && isName(text)).length;
    const least = texts.length === 1 ? 1 : 2;
    if (known >= least && known >= texts.length / 4 && known > (best?.known ?? 0)) best = { index, cells: texts, known };
  }
  return best;
}

/** Whether a text names a column rather than being content: "Contact" in a column of objects, say, is no header. */
function isName(text: string): boolean {
  if (roleNamed(text) === null) return false;
  const kind = kindOf(text);
  return kind === "text" || kind === "category";
}

/** Titles above rows without a header: rows that are far narrower than those that follow, and rows of which nothing is content. */
function titlesBefore(rows: readonly Row[]): number {
  const widths = rows.map(({ cells }) => cells.filter((cell) => cellText(cell) !== null).length);
  const usual = [...widths].sort((one, other) => one - other)[Math.floor(widths.length / 2)] ?? 0;
  const first = rows.findIndex(({ cells }, index) => (widths[index] ?? 0) >= Math.min(2, usual) && cells.some(isContent));
  return first === -1 ? 0 : first;
}

function isContent(cell: string): boolean {
  const text = cellText(cell);
  return text !== null && kindOf(text) !== "text";
}

interface Content {
  readonly filled: number;
  /** The kind that most cells have; null where none does. */
  readonly kind: CellKind | null;
  readonly averageLength: number;
  readonly distinct: number;
  /** Whether a cell is a link or an id that can only be a record's. */
  readonly numbersAlone: boolean;
}

function contentOf(rows: readonly Row[], index: number): Content {
  const texts = rows.flatMap(({ cells }) => cellText(cells[index]) ?? []);
  const counts = new Map<CellKind, number>();
  for (const text of texts) {
    const kind = kindOf(text);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const [kind, count] = [...counts].reduce((one, other) => (other[1] > one[1] ? other : one), [null, 0] as [
    CellKind | null,
    number,
  ]);
  return {
    filled: texts.length,
    kind: texts.length > 0 && count >= texts.length * MOST ? kind : null,
    averageLength: texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length),
    distinct: new Set(texts).size,
    numbersAlone: texts.every((text) => /^\d+$/.test(text)),
  };
}

/** A name's role, unless what stands in the column is plainly something else: "Error" over messages, "Record" over links. */
function sensible(role: ColumnRole | null, { filled, kind, averageLength }: Content): ColumnRole | null {
  if (role === null || role === "ignored" || filled === 0) return role;
  if (role === "salesforce-record") return kind === "text" ? "name" : role;
  if ((role === "name" || role === "object" || role === "type") && kind === "record") return "record";
  if (role === "name" && kind === "email") return "email";
  if (role === "name" && kind === "object") return "object";
  if (role === "record" && kind === "email") return "email";
  if (role === "record" && kind === "text") return "name";
  if (role === "type" && kind === "object") return "object";
  if (role === "type" && kind === "category") return "category";
  if ((role === "category" || role === "message") && kind === "type") return "type";
  if (role === "type" && (kind === "code" || (kind === "text" && averageLength >= 2 * MESSAGE_LENGTH))) return "message";
  return role;
}

/** Gives columns whose names say nothing the roles that nobody has, by what is in them. */
function fillByContent(roles: (ColumnRole | null)[], contents: readonly Content[], hasHeader: boolean): void {
  const isFree = (index: number) => roles[index] === null && (contents[index]?.filled ?? 0) > 0;
  const lacks = (...wanted: readonly ColumnRole[]) => !roles.some((role) => role !== null && wanted.includes(role));
  const give = (role: ColumnRole, among: (content: Content) => boolean, rank: (content: Content) => number) => {
    const found = contents
      .map((content, index) => ({ content, index }))
      .filter(({ content, index }) => isFree(index) && among(content))
      .sort((one, other) => rank(other.content) - rank(one.content))[0];
    if (found) roles[found.index] = role;
  };
  const distinct = (content: Content) => content.distinct;
  if (lacks("type")) give("type", ({ kind }) => kind === "type", distinct);
  if (lacks("object")) give("object", ({ kind }) => kind === "object", distinct);
  if (lacks("category")) give("category", ({ kind }) => kind === "category", distinct);
  // Ids and links say by themselves what they are, numbers don't: one that is everywhere the same is an account's.
  for (const [index, content] of contents.entries()) {
    if (isFree(index) && content.kind === "record" && !content.numbersAlone) roles[index] = "record";
  }
  const isOneOfMany = (content: Content) => content.distinct > 1 || content.filled === 1;
  if (!hasHeader || lacks("record", "salesforce-record", "email")) {
    if (lacks("email")) give("email", ({ kind }) => kind === "email", distinct);
    give("record", (content) => content.kind === "record" && isOneOfMany(content), distinct);
  }
  if (lacks("message")) {
    give("message", ({ kind }) => kind === "code", distinct);
    if (lacks("message") && (lacks("type") || !hasHeader)) {
      give(
        "message",
        ({ kind, averageLength }) => kind === "text" && averageLength >= MESSAGE_LENGTH,
        ({ averageLength }) => averageLength,
      );
    }
  }
  if (lacks("seen-at")) give("seen-at", ({ kind }) => kind === "date", distinct);
}
