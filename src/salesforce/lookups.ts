import { chunks } from "../records/chunks.ts";
import type { SalesforceObject, SalesforceRecord } from "../records/record.ts";
import type { SalesforceUser } from "../records/schema.ts";
import type { SalesforceCalls } from "./calls.ts";
import { runQueries } from "./composite.ts";
import { type Row, recordOf, rowsOf, text } from "./records.ts";
import { quotedList, selectList } from "./soql.ts";

/** Source: Salesforce's REST API guide, *Get Records with sObject Collections* by POST. */
const IDS_PER_CALL = 2_000;
const VALUES_PER_QUERY = 200;

const EMAIL_FIELDS = {
  Contact: ["Email", "Name", "OwnerId", "AccountId"],
  Lead: ["Email", "Name", "OwnerId", "IsConverted"],
} as const;

/** Current values by id, one API call for each 2,000; records that are gone come back as null and are left out. */
export async function* recordsByIds(
  calls: SalesforceCalls,
  object: SalesforceObject,
  ids: readonly string[],
  fields: readonly string[],
): AsyncIterable<readonly SalesforceRecord[]> {
  const names = selectList(fields).split(", ");
  for (const some of chunks([...new Set(ids)], IDS_PER_CALL)) {
    const answer = await calls.call({
      method: "POST",
      path: `/composite/sobjects/${object}`,
      body: { ids: some, fields: names },
      object,
      repeat: "harmless",
    });
    const rows = Array.isArray(answer) ? answer.filter((row) => row !== null) : [];
    yield rowsOf({ records: rows }).rows.map((row) => recordOf(object, row));
  }
}

/**
 * Records in the recycle bin with the values that they had, modified when they were deleted. Ids go 200 a query, five queries a
 * call. Source: Salesforce's REST API guide, *QueryAll*.
 */
export async function deletedRecords(
  calls: SalesforceCalls,
  object: SalesforceObject,
  ids: readonly string[],
  fields: readonly string[],
): Promise<readonly SalesforceRecord[]> {
  const queries = chunks([...new Set(ids)], VALUES_PER_QUERY).map(
    (some) => `SELECT ${selectList(fields)} FROM ${object} WHERE IsDeleted = true AND Id IN ${quotedList(some)}`,
  );
  return (await runQueries(calls, queries, { object, resource: "queryAll" })).map((row) => recordOf(object, row));
}

/** Records that have one of the emails. Addresses go 200 a query, five queries a call. */
export async function recordsByEmail(
  calls: SalesforceCalls,
  object: "Contact" | "Lead",
  emails: readonly string[],
): Promise<readonly SalesforceRecord[]> {
  const queries = chunks([...new Set(emails)], VALUES_PER_QUERY).map(
    (some) => `SELECT ${selectList(EMAIL_FIELDS[object])} FROM ${object} WHERE Email IN ${quotedList(some)}`,
  );
  return (await runQueries(calls, queries, { object })).map((row) => recordOf(object, row));
}

/** Tasks about one of some contacts and leads, made at or after a moment; 200 people a query, five queries a call. */
export async function tasksAbout(
  calls: SalesforceCalls,
  people: readonly string[],
  since: Date,
): Promise<readonly SalesforceRecord[]> {
  const queries = chunks([...new Set(people)], VALUES_PER_QUERY).map(
    (some) =>
      `SELECT ${selectList(["Subject", "WhoId"])} FROM Task WHERE WhoId IN ${quotedList(some)} AND CreatedDate >= ${since.toISOString()}`,
  );
  return (await runQueries(calls, queries, { object: "Task" })).map((row) => recordOf("Task", row));
}

/** Users by id or by email, inactive ones too. */
export async function users(
  calls: SalesforceCalls,
  field: "Id" | "Email",
  values: readonly string[],
): Promise<readonly SalesforceUser[]> {
  const queries = chunks([...new Set(values)], VALUES_PER_QUERY).map(
    (some) => `SELECT Id, Name, Email, IsActive, UserType FROM User WHERE ${field} IN ${quotedList(some)}`,
  );
  return (await runQueries(calls, queries, { object: "User" })).map((row) => ({
    id: text(row, "Id"),
    name: text(row, "Name"),
    email: textOr(row, "Email", ""),
    isActive: row.IsActive === true,
    userType: textOr(row, "UserType", ""),
  }));
}

/** The records of an object that were changed last: one call. */
export async function newestRecords(
  calls: SalesforceCalls,
  object: SalesforceObject,
  fields: readonly string[],
  count: number,
): Promise<readonly SalesforceRecord[]> {
  const soql = `SELECT ${selectList(fields)} FROM ${object} ORDER BY SystemModstamp DESC LIMIT ${count}`;
  return (await runQueries(calls, [soql], { object })).map((row) => recordOf(object, row));
}

/** Text where there is some. */
export function textOr(row: Row, name: string, otherwise: string): string {
  const value = row[name];
  return typeof value === "string" ? value : otherwise;
}
