import { type Refusal, RefusedError } from "../health/refusal.ts";
import type { SalesforceObject } from "../records/record.ts";
import type { SalesforceCalls } from "./calls.ts";
import { allRows, composite, query, refusalIn, rowsIn } from "./composite.ts";
import { partsOf } from "./compound-fields.ts";
import { quoted, quotedList } from "./soql.ts";

const PERMISSIONS = "permissions";

/**
 * Which of these fields the org has at all, as `Object.Field`: describe leaves out those that its caller may not read.
 * Asks for the definitions and for the rights that anybody has on them, in one API call. FieldDefinition takes equality
 * alone, so each object has its query. Source: Salesforce's Tooling API reference, *FieldDefinition*.
 */
export async function existingFields(
  calls: SalesforceCalls,
  fields: readonly { readonly object: SalesforceObject; readonly field: string }[],
): Promise<ReadonlySet<string>> {
  if (fields.length === 0) return new Set();
  const objects = [...new Set(fields.map(({ object }) => object))];
  const subrequests = objects.map((object) =>
    query(object, `SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = ${quoted(object)}`),
  );
  const permissions = `SELECT Field FROM FieldPermissions WHERE SobjectType IN ${quotedList(objects)} GROUP BY Field`;
  const answers = await composite(calls, [...subrequests, query(PERMISSIONS, permissions)]);

  const known = new Set<string>();
  const refusals: Refusal[] = [];
  for (const source of [...objects, PERMISSIONS]) {
    const refusal = refusalIn(answers.get(source));
    if (refusal) {
      refusals.push(refusal);
      continue;
    }
    for (const row of await allRows(calls, rowsIn(answers.get(source)))) {
      const name = source === PERMISSIONS ? String(row.Field) : `${source}.${String(row.QualifiedApiName)}`;
      for (const one of [name, ...partsOf(name)]) known.add(one.toLowerCase());
    }
  }
  // What could not be looked up must not pass for missing.
  const [refusal] = refusals;
  if (refusal && refusals.length > objects.length) throw new RefusedError(refusal);
  return new Set(fields.map(({ object, field }) => `${object}.${field}`).filter((name) => known.has(name.toLowerCase())));
}
