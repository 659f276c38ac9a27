import { chunks } from "../records/chunks.ts";
import type { SalesforceObject, SalesforceRecord } from "../records/record.ts";
import type { SalesforceCalls } from "./calls.ts";
import { composite, QUERIES_PER_COMPOSITE, query, refusalIn, rowsIn } from "./composite.ts";
import { recordOf } from "./records.ts";
import { quoted, selectList } from "./soql.ts";

/** What a query's page holds at the most. Source: Salesforce's REST API guide, *Query*. */
const ROWS_PER_CALL = 2_000;

/**
 * Up to 2,000 records in the order of their ids, from behind one on: one API call. A query of its own for each page, rather than
 * a query's cursor, can be gone on with after any time and from any process, and takes none of the few cursors that Salesforce
 * keeps for the integration user, which HubSpot needs. It costs the same but for one call where the last page is exactly full.
 */
export async function recordsAfter(
  calls: SalesforceCalls,
  object: SalesforceObject,
  afterId: string | null,
  fields: readonly string[],
): Promise<{ readonly records: readonly SalesforceRecord[]; readonly isLast: boolean }> {
  const where = afterId === null ? "" : ` WHERE Id > ${quoted(afterId)}`;
  const soql = `SELECT ${selectList(fields)} FROM ${object}${where} ORDER BY Id LIMIT ${ROWS_PER_CALL}`;
  // A composite's body bears what a URL of 16 KB does not.
  const answers = await composite(calls, [query("page", soql)], { object });
  const answer = answers.get("page");
  const { rows, next } = rowsIn(answer, object);
  // With many fields Salesforce makes its pages smaller: then there is more, however few came.
  const isLast = next === null && rows.length < ROWS_PER_CALL;
  return { records: rows.map((row) => recordOf(object, row)), isLast };
}

/** How many records the integration user sees of each object, in one API call; those refused are left out. */
export async function recordCounts(
  calls: SalesforceCalls,
  objects: readonly SalesforceObject[],
): Promise<ReadonlyMap<SalesforceObject, number>> {
  const counts = new Map<SalesforceObject, number>();
  for (const some of chunks(objects, QUERIES_PER_COMPOSITE)) {
    const answers = await composite(
      calls,
      some.map((object) => query(object, `SELECT COUNT() FROM ${object}`)),
    );
    for (const object of some) {
      const answer = answers.get(object);
      const body = answer?.body;
      if (refusalIn(answer, object) !== null || typeof body !== "object" || body === null || !("totalSize" in body)) continue;
      if (typeof body.totalSize === "number") counts.set(object, body.totalSize);
    }
  }
  return counts;
}
