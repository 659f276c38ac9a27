import { RefusedError } from "../health/refusal.ts";
import type { SalesforceObject } from "../records/record.ts";
import type { SalesforceCalls } from "./calls.ts";
import { textOr } from "./lookups.ts";
import { type Row, rowsOf, text } from "./records.ts";
import { refusesEverything } from "./refusal.ts";
import type { ChangedRule, Salesforce } from "./salesforce.ts";
import { quoted, quotedList } from "./soql.ts";

/** Active validation rules of an object, for one call of the Tooling API; empty where the user may not see them. */
export async function validationRules(
  calls: SalesforceCalls,
  object: SalesforceObject,
): ReturnType<Salesforce["validationRules"]> {
  const soql =
    "SELECT ValidationName, ErrorMessage, ErrorDisplayField FROM ValidationRule " +
    `WHERE EntityDefinition.QualifiedApiName = ${quoted(object)} AND Active = true`;
  return (await rulesOf(calls, soql, object)).map((row) => ({
    name: text(row, "ValidationName"),
    errorMessage: textOr(row, "ErrorMessage", ""),
    field: textOr(row, "ErrorDisplayField", "") || null,
  }));
}

/** Validation rules changed since, active or not, and those of the given names. Fields: Salesforce's Tooling API, *ValidationRule*. */
export async function rulesChangedSince(
  calls: SalesforceCalls,
  since: Date,
  names: readonly string[],
): Promise<readonly ChangedRule[]> {
  const named = names.length === 0 ? "" : ` OR ValidationName IN ${quotedList(names)}`;
  const soql =
    "SELECT ValidationName, EntityDefinition.QualifiedApiName, Active, ErrorMessage, ErrorDisplayField, LastModifiedDate, " +
    `LastModifiedBy.Name FROM ValidationRule WHERE LastModifiedDate > ${since.toISOString()}${named}`;
  return (await rulesOf(calls, soql)).map((row) => ({
    object: nested(row, "EntityDefinition", "QualifiedApiName") ?? "",
    name: text(row, "ValidationName"),
    active: row.Active === true,
    errorMessage: textOr(row, "ErrorMessage", ""),
    field: textOr(row, "ErrorDisplayField", "") || null,
    changedAt: new Date(textOr(row, "LastModifiedDate", "")),
    changedBy: nested(row, "LastModifiedBy", "Name"),
  }));
}

async function rulesOf(calls: SalesforceCalls, soql: string, object?: SalesforceObject): Promise<readonly Row[]> {
  const path = `/tooling/query?q=${encodeURIComponent(soql)}`;
  try {
    const call = { method: "GET", path, repeat: "harmless" } as const;
    return rowsOf(await calls.call(object === undefined ? call : { ...call, object })).rows;
  } catch (error) {
    if (error instanceof RefusedError && !refusesEverything(error.refusal)) return [];
    throw error;
  }
}

function nested(row: Row, name: string, field: string): string | null {
  const value = row[name];
  if (value === null || typeof value !== "object" || !(field in value)) return null;
  const found = (value as Readonly<Record<string, unknown>>)[field];
  return typeof found === "string" ? found : null;
}
