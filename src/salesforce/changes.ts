import type { SalesforceObject } from "../records/record.ts";
import type { SalesforceCalls } from "./calls.ts";
import { recordOf, rowsOf } from "./records.ts";
import type { ChangedQuery, ChangesPage } from "./salesforce.ts";
import { selectList } from "./soql.ts";

/** Records changed at or after a moment, oldest first: SystemModstamp moves with every change, by whomever. */
export function changedSoql({ object, fields, since }: ChangedQuery): string {
  return `SELECT ${selectList(fields)} FROM ${object} WHERE SystemModstamp >= ${since.toISOString()} ORDER BY SystemModstamp, Id`;
}

export function changesPage(object: SalesforceObject, body: unknown): ChangesPage {
  const { rows, next } = rowsOf(body);
  return { records: rows.map((row) => recordOf(object, row)), next };
}

/** The page behind `next`, up to 2,000 records for one API call. */
export async function moreChanges(calls: SalesforceCalls, object: SalesforceObject, next: string): Promise<ChangesPage> {
  return changesPage(object, await calls.call({ method: "GET", path: next, object, repeat: "harmless" }));
}
