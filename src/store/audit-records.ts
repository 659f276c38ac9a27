import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type { CrmSystem, SalesforceObject, SyncedObject } from "../records/record.ts";
import { portions } from "./rows.ts";
import type { AuditRecordTable, Database, StoredSalesforceRecord } from "./schema.ts";

export type StoredAuditRecord = Selectable<AuditRecordTable>;

/** A record as an audit keeps it while it is at work. */
export interface AuditRecord {
  readonly system: CrmSystem;
  readonly object: SyncedObject | SalesforceObject;
  readonly id: string;
  readonly link: { readonly object: SalesforceObject; readonly id: string } | null;
  readonly isExpected: boolean;
  readonly isOut: boolean;
  readonly label: string;
  readonly record: StoredSalesforceRecord | null;
  readonly keys: readonly string[];
}

/** Keeps what a page held. A page that is read again, after a crash, changes nothing. */
export async function insertAuditRecords(
  trx: Transaction<Database>,
  requestId: string,
  records: readonly AuditRecord[],
): Promise<void> {
  for (const portion of portions(records)) {
    await trx
      .insertInto("audit_record")
      .values(
        portion.map(({ system, object, id, link, isExpected, isOut, label, record }) => ({
          request_id: requestId,
          system,
          object,
          id,
          link_object: link?.object ?? null,
          link_id: link?.id ?? null,
          is_expected: isExpected,
          is_out: isOut,
          label,
          record: record === null ? null : JSON.stringify(record),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const keys = records.flatMap(({ system, object, id, keys }) =>
    keys.map((key) => ({ request_id: requestId, system, object, id, key })),
  );
  for (const portion of portions(keys)) {
    await trx
      .insertInto("audit_key")
      .values(portion)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Salesforce's records by id, as the audit has read them. */
export async function auditedInSalesforce(
  db: Kysely<Database>,
  requestId: string,
  objects: readonly SalesforceObject[],
  ids: readonly string[],
): Promise<readonly StoredAuditRecord[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom("audit_record")
    .selectAll()
    .where("request_id", "=", requestId)
    .where("system", "=", "salesforce")
    .where("object", "in", objects)
    .where("id", "in", ids)
    .execute();
}

/** Notes which contacts the inclusion list has. Contacts that the audit hasn't read are left out. */
export async function markMembers(trx: Transaction<Database>, requestId: string, contactIds: readonly string[]): Promise<void> {
  for (const portion of portions(contactIds)) {
    await trx
      .updateTable("audit_record")
      .set({ is_member: true })
      .where("request_id", "=", requestId)
      .where("system", "=", "hubspot")
      .where("object", "=", "contacts")
      .where("id", "in", portion)
      .execute();
  }
}

/**
 * Has the database count what an audit has read, before it plans how to compare that: without figures it takes the tables for
 * small and goes through all of them for each record. PGlite never counts by itself.
 */
export async function weighAuditRecords(db: Kysely<Database>): Promise<void> {
  await sql`analyze audit_record`.execute(db);
  await sql`analyze audit_key`.execute(db);
}

/** The last id of the next `limit` records behind `after` (null: from the first on); null where there are none. */
export async function lastIdOfNext(
  db: Kysely<Database>,
  requestId: string,
  of: { readonly system: CrmSystem; readonly object: SyncedObject | SalesforceObject },
  after: string | null,
  limit: number,
): Promise<string | null> {
  const row = await db
    .selectFrom((eb) =>
      eb
        .selectFrom("audit_record")
        .select("id")
        .where("request_id", "=", requestId)
        .where("system", "=", of.system)
        .where("object", "=", of.object)
        .$if(after !== null, (query) => query.where("id", ">", after ?? ""))
        .orderBy("id")
        .limit(limit)
        .as("next"),
    )
    .select((eb) => eb.fn.max<string | null>("next.id").as("last"))
    .executeTakeFirst();
  return row?.last ?? null;
}

/** Rows deleted by one statement, so that no other work waits for long. */
const DELETED_AT_ONCE = 5_000;

/** Deletes some of what an audit has read; answers whether there was anything left. */
export async function forgetAuditRecords(db: Kysely<Database>, requestId: string): Promise<boolean> {
  let deleted = 0n;
  for (const table of ["audit_key", "audit_record"] as const) {
    const result = await sql`
      delete from ${sql.table(table)} where ctid = any(array(
        select ctid from ${sql.table(table)} where request_id = ${requestId} limit ${sql.lit(DELETED_AT_ONCE)}
      ))
    `.execute(db);
    deleted += result.numAffectedRows ?? 0n;
  }
  return deleted > 0n;
}
