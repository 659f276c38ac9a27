import { z } from "zod";
import { RefusedError } from "../health/refusal.ts";
import type { SalesforceObject, SalesforceRecord, SalesforceValue } from "../records/record.ts";
import { unreadable } from "./refusal.ts";

const rowSchema = z.record(z.string(), z.unknown());
const queryResultSchema = z.object({ records: z.array(rowSchema), nextRecordsUrl: z.string().nullish() });

/** A row as Salesforce sends it. */
export type Row = Readonly<Record<string, unknown>>;

/** One page of a query's answer. */
export interface Rows {
  readonly rows: readonly Row[];
  /** Path of the next page, or null at the last. */
  readonly next: string | null;
}

/** Throws `RefusedError` (UNREADABLE) where the body is no answer to a query. */
export function rowsOf(body: unknown): Rows {
  const result = queryResultSchema.safeParse(body);
  if (!result.success) throw new RefusedError(unreadable(JSON.stringify(body) ?? ""));
  return { rows: result.data.records, next: result.data.nextRecordsUrl ?? null };
}

export function recordOf(object: SalesforceObject, row: Row): SalesforceRecord {
  const modifiedById = row.LastModifiedById;
  return {
    object,
    id: text(row, "Id"),
    fields: fieldsOf(row),
    createdAt: moment(row, "CreatedDate"),
    modifiedAt: moment(row, "SystemModstamp"),
    modifiedById: typeof modifiedById === "string" ? modifiedById : null,
  };
}

/** A text that must be there. */
export function text(row: Row, name: string): string {
  const value = row[name];
  if (typeof value !== "string") throw new RefusedError(unreadable(`a record without ${name}`));
  return value;
}

/** Compound values (addresses, locations) are left out: their parts are fields of their own. */
function fieldsOf(row: Row): Readonly<Record<string, SalesforceValue>> {
  const fields: Record<string, SalesforceValue> = {};
  for (const [name, value] of Object.entries(row)) {
    if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      fields[name] = value;
  }
  return fields;
}

function moment(row: Row, name: string): Date {
  const date = new Date(text(row, name));
  if (Number.isNaN(date.getTime())) throw new RefusedError(unreadable(`a record whose ${name} is no date`));
  return date;
}
