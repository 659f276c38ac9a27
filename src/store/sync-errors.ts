import { type Kysely, sql } from "kysely";
import type { Evidence } from "../health/evidence.ts";
import type { RecordReference, SyncErrorCategory, SyncErrorType } from "../health/sync-errors.ts";
import type { Direction } from "../records/mapping.ts";
import type { SyncedObject } from "../records/record.ts";
import { addErrorEvent, UNMUTED } from "./error-groups.ts";
import { portions } from "./rows.ts";
import type { Database } from "./schema.ts";

/** A sync error as it is found: one cause, whatever the number of records. */
export interface FoundError {
  readonly id: string;
  readonly groupKey: string;
  readonly category: SyncErrorCategory;
  readonly type: SyncErrorType;
  readonly direction: Direction;
  readonly object: SyncedObject;
  readonly hubspotProperty: string | null;
  readonly salesforceField: string | null;
  readonly details: Readonly<Record<string, string>>;
  readonly evidence: Evidence;
}

/** Saves a sync error; one that had been resolved opens again, as of now, and is the same one. */
export async function upsertError(db: Kysely<Database>, connection: string, error: FoundError, at: Date): Promise<void> {
  await db
    .insertInto("sync_error")
    .values({
      id: error.id,
      connection,
      group_key: error.groupKey,
      category: error.category,
      type: error.type,
      direction: error.direction,
      object: error.object,
      hubspot_property: error.hubspotProperty,
      salesforce_field: error.salesforceField,
      details: JSON.stringify(error.details),
      evidence: JSON.stringify(error.evidence),
      first_seen_at: at,
      opened_at: at,
      last_seen_at: at,
    })
    .onConflict((conflict) =>
      conflict.columns(["connection", "group_key"]).doUpdateSet({
        category: sql`excluded.category`,
        type: sql`excluded.type`,
        hubspot_property: sql`excluded.hubspot_property`,
        salesforce_field: sql`excluded.salesforce_field`,
        details: sql`excluded.details`,
        evidence: sql`excluded.evidence`,
        last_seen_at: at,
        opened_at: sql`case when sync_error.resolved_at is null then sync_error.opened_at else excluded.opened_at end`,
        occurrences: sql`case when sync_error.resolved_at is null then sync_error.occurrences else sync_error.occurrences + 1 end`,
        told_records: sql`case when sync_error.resolved_at is null then sync_error.told_records else 0 end`,
        resolved_at: null,
      }),
    )
    .execute();
}

export interface FoundRecord {
  readonly key: string;
  readonly reference: RecordReference;
  readonly value: string | null;
  readonly evidence: Evidence;
  /** Where the error stands among those of the record: 0, or left out, leads. */
  readonly place?: number;
  /** Since when it is held back, where it was under another error's name before. */
  readonly firstSeenAt?: Date;
}

/** Saves the records that an error holds back. */
export async function upsertAffected(
  db: Kysely<Database>,
  connection: string,
  errorId: string,
  records: readonly FoundRecord[],
  at: Date,
): Promise<void> {
  for (const portion of portions(records)) {
    await db
      .insertInto("affected_record")
      .values(
        portion.map(({ key, reference, value, evidence, place, firstSeenAt }) => ({
          connection,
          error_id: errorId,
          record_key: key,
          object: reference.object,
          hubspot_id: reference.hubspotId,
          salesforce_object: reference.salesforceObject,
          salesforce_id: reference.salesforceId,
          label: reference.label,
          value,
          evidence: JSON.stringify(evidence),
          place: place ?? 0,
          first_seen_at: firstSeenAt ?? at,
          last_seen_at: at,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(["error_id", "record_key"]).doUpdateSet({
          hubspot_id: sql`excluded.hubspot_id`,
          salesforce_object: sql`excluded.salesforce_object`,
          salesforce_id: sql`excluded.salesforce_id`,
          label: sql`excluded.label`,
          value: sql`excluded.value`,
          evidence: sql`excluded.evidence`,
          place: sql`excluded.place`,
          last_seen_at: at,
        }),
      )
      .execute();
  }
}

/** Has what holds a record back follow it to the key that it goes by from now on. */
export async function renameAffected(
  db: Kysely<Database>,
  connection: string,
  oldKey: string,
  renamed: { readonly key: string; readonly hubspotId: string | null },
): Promise<void> {
  const known = db.selectFrom("affected_record").select("error_id").where("record_key", "=", renamed.key);
  await db
    .updateTable("affected_record")
    .set({ record_key: renamed.key, hubspot_id: renamed.hubspotId })
    .where("connection", "=", connection)
    .where("record_key", "=", oldKey)
    .where("error_id", "not in", known)
    .execute();
}

/** Takes records off the errors that no longer hold them back: all but those named. */
export async function keepOnly(
  db: Kysely<Database>,
  connection: string,
  held: readonly { readonly key: string; readonly errorIds: readonly string[] }[],
): Promise<void> {
  for (const { key, errorIds } of held) {
    let gone = db.deleteFrom("affected_record").where("connection", "=", connection).where("record_key", "=", key);
    if (errorIds.length > 0) gone = gone.where("error_id", "not in", errorIds);
    await gone.execute();
  }
}

/** Which of these records an open error in one direction holds back. */
export async function heldBack(
  db: Kysely<Database>,
  connection: string,
  direction: Direction,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const held = new Set<string>();
  for (const portion of portions(keys)) {
    const rows = await db
      .selectFrom("affected_record as r")
      .innerJoin("sync_error as e", "e.id", "r.error_id")
      .select("r.record_key")
      .where("r.connection", "=", connection)
      .where("e.direction", "=", direction)
      .where("r.record_key", "in", portion)
      .execute();
    for (const { record_key } of rows) held.add(record_key);
  }
  return held;
}

/** An open error whose records are not those that the messages about it show. */
export interface UntoldError {
  readonly id: string;
  readonly category: SyncErrorCategory;
  readonly object: SyncedObject;
  /** When it was opened, the last time. */
  readonly openedAt: Date;
  /** Null where it speaks. */
  readonly mute: { readonly by: string | null; readonly records: number } | null;
  /** How many records it holds back now, and how many it was last told with. */
  readonly records: number;
  readonly told: number;
}

/** Open errors whose number of records has changed since it was last told; none held back means that it is resolved. */
export async function untoldErrors(db: Kysely<Database>, connection: string, now: Date): Promise<readonly UntoldError[]> {
  const rows = await db
    .selectFrom("sync_error as e")
    .leftJoin("affected_record as r", "r.error_id", "e.id")
    .select([
      "e.id",
      "e.category",
      "e.object",
      "e.opened_at",
      "e.muted_at",
      "e.muted_until",
      "e.muted_by",
      "e.muted_records",
      "e.told_records",
    ])
    .select((eb) => eb.fn.count<number>("r.record_key").as("records"))
    .where("e.connection", "=", connection)
    .where("e.resolved_at", "is", null)
    .groupBy("e.id")
    .having((eb) =>
      eb.or([eb(eb.fn.count("r.record_key"), "!=", eb.ref("e.told_records")), eb(eb.fn.count("r.record_key"), "=", 0)]),
    )
    .orderBy("e.id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    category: row.category,
    object: row.object,
    openedAt: row.opened_at,
    mute:
      row.muted_at !== null && (row.muted_until === null || row.muted_until > now)
        ? { by: row.muted_by, records: row.muted_records ?? 0 }
        : null,
    records: row.records,
    told: row.told_records,
  }));
}

/** Notes what the messages about an error show from now on; without records it is resolved, and a mute until then is over. */
export async function settleError(db: Kysely<Database>, id: string, records: number, at: Date): Promise<void> {
  await db
    .updateTable("sync_error")
    .set({ told_records: records, ...(records === 0 && { resolved_at: at }) })
    .where("id", "=", id)
    .execute();
  if (records > 0) return;
  await addErrorEvent(db, id, "resolved", at);
  await db.updateTable("sync_error").set(UNMUTED).where("id", "=", id).where("muted_until", "is", null).execute();
}

/** Open errors and the records they hold back. */
export async function countOpen(
  db: Kysely<Database>,
  connection: string,
): Promise<{ readonly errors: number; readonly records: number }> {
  const errors = await db
    .selectFrom("sync_error")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("connection", "=", connection)
    .where("resolved_at", "is", null)
    .executeTakeFirstOrThrow();
  const records = await db
    .selectFrom("affected_record")
    .select((eb) => eb.fn.count<number>("record_key").distinct().as("n"))
    .where("connection", "=", connection)
    .executeTakeFirstOrThrow();
  return { errors: errors.n, records: records.n };
}
