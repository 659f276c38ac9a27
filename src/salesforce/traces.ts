import type { Trace } from "../health/whereabouts.ts";
import { chunks } from "../records/chunks.ts";
import { longId, objectOfId } from "../records/salesforce-id.ts";
import type { SalesforceCalls } from "./calls.ts";
import { composite, QUERIES_PER_COMPOSITE, query, refusalIn, rowsIn } from "./composite.ts";
import { text } from "./records.ts";
import { quotedList } from "./soql.ts";

/** By object: what tells its records' whereabouts. Merging is for these three alone. Source: Salesforce's object reference. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Account: ["Name", "IsDeleted", "MasterRecordId"],
  Contact: ["Name", "IsDeleted", "MasterRecordId"],
  Lead: ["Name", "IsDeleted", "MasterRecordId"],
  Opportunity: ["Name", "IsDeleted"],
  Campaign: ["Name", "IsDeleted"],
  Group: ["Name"],
  User: ["Name"],
};
const IDS_PER_QUERY = 200;

/**
 * What the integration user still finds of records, the Recycle Bin included: by id (18 characters). An id that isn't there is
 * purged, or kept from the user. Objects that may not be queried are left out.
 */
export async function traces(calls: SalesforceCalls, ids: readonly string[]): Promise<ReadonlyMap<string, Trace>> {
  const byObject = Map.groupBy(new Set(ids.map(longId)), (id) => objectOfId(id) ?? "");
  const queries = [...byObject].flatMap(([object, wanted]) => {
    const fields = FIELDS[object];
    if (fields === undefined) return [];
    return chunks(wanted, IDS_PER_QUERY).map((some, index) => ({
      object,
      request: query(
        `${object}${index}`,
        `SELECT Id, ${fields.join(", ")} FROM ${object} WHERE Id IN ${quotedList(some)}`,
        "queryAll",
      ),
    }));
  });
  const found = new Map<string, Trace>();
  for (const some of chunks(queries, QUERIES_PER_COMPOSITE)) {
    const answers = await composite(
      calls,
      some.map(({ request }) => request),
    );
    for (const { object, request } of some) {
      const answer = answers.get(request.referenceId);
      if (refusalIn(answer, object) !== null) continue;
      for (const row of rowsIn(answer, object).rows) {
        found.set(longId(text(row, "Id")), {
          object,
          name: typeof row.Name === "string" ? row.Name : text(row, "Id"),
          isDeleted: row.IsDeleted === true,
          mergedInto: typeof row.MasterRecordId === "string" ? row.MasterRecordId : null,
        });
      }
    }
  }
  return found;
}
