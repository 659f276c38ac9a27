import { type Said, type Sentence, sentence } from "../../language/sentence.ts";
import { isEmail } from "../../records/email.ts";
import { PARTNER_OBJECTS, type SalesforceObject, SYNCED_OBJECTS, type SyncedObject } from "../../records/record.ts";
import { plainText } from "../../records/text.ts";
import type { ColumnRole } from "../names/column-names.ts";
import type { SyncErrorCategory, SyncErrorType } from "../sync-errors.ts";
import { categoryNamed, cellText, momentIn, type NamedRecord, objectNamed, recordNamed, typeNamed } from "./cell.ts";
import type { Columns } from "./columns.ts";
import type { Row } from "./rows.ts";

/** One line of HubSpot's export: which record, and what is the matter. Texts come from a CRM: escape before showing. */
export interface ExportedError {
  readonly line: number;
  /** Null where only an id of HubSpot's or an email tells. */
  readonly object: SyncedObject | null;
  readonly hubspotId: string | null;
  readonly salesforceObject: SalesforceObject | null;
  /** 18 characters. */
  readonly salesforceId: string | null;
  /** In lower case. */
  readonly email: string | null;
  readonly name: string | null;
  /** By HubSpot's name of it; null where the line has none that is known. */
  readonly type: SyncErrorType | null;
  readonly category: SyncErrorCategory | null;
  /** What HubSpot shows of the error, in its own words. */
  readonly message: string | null;
  /** As the export names them: by API name or label. */
  readonly property: string | null;
  readonly field: string | null;
  readonly value: string | null;
  readonly seenAt: Date | null;
}

export interface NotUnderstood {
  readonly line: number;
  /** Begins in lower case, without a full stop. */
  readonly reason: Said;
}

export type ReadLine = ExportedError | NotUnderstood;

export function isUnderstood(line: ReadLine): line is ExportedError {
  return !("reason" in line);
}

/** Where free text stands that may hold a delimiter which nobody put in quotes. */
const FREE_TEXT: readonly ColumnRole[] = ["message", "name", "value"];

/** Reads a line; one that has more cells than columns as if a delimiter in its free text had not been quoted. */
export function readLine(row: Row, columns: Columns): ReadLine {
  const surplus = row.cells.length - columns.width;
  const isRagged = surplus > 0 && row.cells.slice(columns.width).some((cell) => cellText(cell) !== null);
  if (!isRagged) return readCells(row, columns);
  for (const role of FREE_TEXT) {
    const [index] = columns.byRole[role] ?? [];
    if (index === undefined) continue;
    const joined = row.cells.slice(index, index + surplus + 1).join(",");
    const cells = [...row.cells.slice(0, index), joined, ...row.cells.slice(index + surplus + 1)];
    const read = readCells({ line: row.line, cells }, columns);
    if (isUnderstood(read) && isPlausible(cells, columns)) return read;
  }
  return {
    line: row.line,
    reason: sentence(
      "it has {values, plural, one {# value} other {# values}} where the file has {columns, plural, one {# column} other {# columns}}",
      { values: row.cells.length, columns: columns.width },
    ),
  };
}

/** Whether every cell that has to be an id, an email, a type or an object is one. */
function isPlausible(cells: readonly string[], { byRole }: Columns): boolean {
  const checks: readonly (readonly [ColumnRole, (text: string) => boolean])[] = [
    ["record", (text) => recordNamed(text, true) !== null],
    ["salesforce-record", (text) => recordNamed(text, false) !== null],
    ["email", isEmail],
    ["object", (text) => objectNamed(text) !== null],
    ["type", (text) => typeNamed(text) !== null],
    ["category", (text) => categoryNamed(text) !== null],
  ];
  return checks.every(([role, isRight]) =>
    (byRole[role] ?? []).every((index) => {
      const text = cellText(cells[index]);
      return text === null || isRight(text);
    }),
  );
}

function readCells({ line, cells }: Row, { byRole }: Columns): ReadLine {
  const all = (role: ColumnRole) => (byRole[role] ?? []).flatMap((index) => cellText(cells[index]) ?? []);
  const one = (role: ColumnRole, limit = 500) => {
    const [text] = all(role);
    return text === undefined ? null : plainText(text, limit);
  };
  const records = [
    ...all("salesforce-record").map((text) => recordNamed(text, false)),
    ...all("record").map((text) => recordNamed(text, true)),
  ].filter((record) => record !== null);
  const email = all("email").find(isEmail)?.toLowerCase() ?? null;
  const objectText = one("object");
  const object = (objectText === null ? null : objectNamed(objectText)) ?? objectOf(records);
  const salesforce = inSalesforce(records, object);
  const hubspot = records.find((record) => record.system === "hubspot");
  const typeText = one("type");
  const type = typeText === null ? null : typeNamed(typeText);
  const categoryText = one("category");
  const category = categoryText === null ? null : categoryNamed(categoryText);
  const messages = [
    ...new Set([
      ...all("message"),
      ...(type === null && typeText !== null && categoryNamed(typeText) === null ? [typeText] : []),
    ]),
  ];
  const message = messages.length === 0 ? null : plainText(messages.join(" – "), 2_000);

  if (type === null && message === null && category === null) return { line, reason: sentence("it names no error") };
  if (hubspot === undefined && salesforce === null && email === null)
    return { line, reason: unnamed(records, objectText, one("name")) };
  if (object === null && objectText !== null && hubspot !== undefined && salesforce === null) {
    return { line, reason: unwatched(objectText) };
  }
  return {
    line,
    object,
    hubspotId: hubspot?.id ?? null,
    salesforceObject: salesforce?.object ?? null,
    salesforceId: salesforce?.id ?? null,
    email,
    name: one("name", 200),
    type,
    category,
    message,
    property: one("property"),
    field: one("field"),
    value: one("value", 1_000),
    seenAt:
      all("seen-at")
        .map(momentIn)
        .find((at) => at !== null) ?? null,
  };
}

function objectOf(records: readonly NamedRecord[]): SyncedObject | null {
  for (const record of records) {
    if (record.system === "hubspot" && record.object !== null) return record.object;
  }
  for (const record of records) {
    if (record.system === "salesforce" && record.object !== null) return syncedAs(record.object);
  }
  return null;
}

function syncedAs(salesforceObject: SalesforceObject): SyncedObject | null {
  return (
    SYNCED_OBJECTS.find((object) => (PARTNER_OBJECTS[object] as readonly SalesforceObject[]).includes(salesforceObject)) ?? null
  );
}

/** The line's own record in Salesforce: another object's id is that of something related to it. */
function inSalesforce(
  records: readonly NamedRecord[],
  object: SyncedObject | null,
): { readonly id: string; readonly object: SalesforceObject } | null {
  for (const record of records) {
    if (record.system !== "salesforce" || record.object === null) continue;
    if (object === null || syncedAs(record.object) === object) return { id: record.id, object: record.object };
  }
  return null;
}

function unnamed(records: readonly NamedRecord[], object: string | null, name: string | null): Sentence {
  const [other] = records;
  if (other !== undefined) {
    return sentence("the record {id} is of no object that Syncwarden watches", { id: other.id });
  }
  if (object !== null && objectNamed(object) === null) return unwatched(object);
  if (name !== null) return sentence("it names its record {name} by no id, link or email", { name: quoted(name) });
  return sentence("it names no record");
}

function unwatched(object: string): Sentence {
  return sentence("{object} is no object that Syncwarden watches", { object: quoted(object) });
}

function quoted(text: string): string {
  return `“${plainText(text, 60)}”`;
}
