import type { Kysely, Transaction } from "kysely";
import type { RecordReference } from "../health/sync-errors.ts";
import type { Said } from "../language/sentence.ts";
import type { SyncedObject } from "../records/record.ts";
import { portions } from "./rows.ts";
import type { Database } from "./schema.ts";

/** Has the next poll after `at` look at records again, whether or not they are known to be in error. */
export async function makeDue(
  trx: Transaction<Database>,
  connection: string,
  records: readonly { readonly key: string; readonly reference: Omit<RecordReference, "label"> }[],
  at: { readonly now: Date; readonly due: Date },
): Promise<void> {
  for (const portion of portions(records)) {
    const rows = portion.map(({ key, reference }) => ({
      connection,
      record_key: key,
      object: reference.object,
      hubspot_id: reference.hubspotId,
      salesforce_object: reference.salesforceObject,
      salesforce_id: reference.salesforceId,
      changed_in: "hubspot" as const,
      changed_at: at.now,
      state: "waiting" as const,
      due_at: at.due,
      tried_version: null,
      tried_at: null,
    }));
    await trx
      .insertInto("tracked_record")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["connection", "record_key"]).doUpdateSet({ due_at: at.due, tried_version: null, tried_at: null }),
      )
      .execute();
  }
}

/** What the polls know of some records now: absent ones are in step. */
export async function standingOf(
  db: Kysely<Database>,
  connection: string,
  keys: readonly string[],
): Promise<
  ReadonlyMap<
    string,
    { readonly dueAt: Date; readonly error: { readonly id: string; readonly seenAt: Date; readonly statement: Said } | null }
  >
> {
  if (keys.length === 0) return new Map();
  const tracked = await db
    .selectFrom("tracked_record")
    .select(["record_key", "due_at"])
    .where("connection", "=", connection)
    .where("record_key", "in", keys)
    .execute();
  const affected = await db
    .selectFrom("affected_record")
    .select(["record_key", "error_id", "last_seen_at", "evidence"])
    .where("connection", "=", connection)
    .where("record_key", "in", keys)
    .orderBy("last_seen_at")
    .execute();
  const errors = new Map(
    affected.map((row) => [row.record_key, { id: row.error_id, seenAt: row.last_seen_at, statement: row.evidence.statement }]),
  );
  const standing = tracked.map(
    (row) => [row.record_key, { dueAt: row.due_at, error: errors.get(row.record_key) ?? null }] as const,
  );
  const untracked = [...errors].map(([key, error]) => [key, { dueAt: error.seenAt, error }] as const);
  return new Map([...untracked, ...standing]);
}

/** The oldest records whose change in HubSpot waits for the sync: those that a nudge can move. */
export async function oldestWaiting(
  db: Kysely<Database>,
  connection: string,
): Promise<{ readonly object: SyncedObject; readonly hubspotId: string } | null> {
  const row = await db
    .selectFrom("tracked_record")
    .select(["object", "hubspot_id"])
    .where("connection", "=", connection)
    .where("hubspot_id", "is not", null)
    .orderBy((eb) => eb.case().when("state", "=", "waiting").then(0).else(1).end())
    .orderBy("changed_at")
    .limit(1)
    .executeTakeFirst();
  return row?.hubspot_id ? { object: row.object, hubspotId: row.hubspot_id } : null;
}
