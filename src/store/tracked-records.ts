import { type Kysely, type Selectable, sql } from "kysely";
import type { WaitingChanges } from "../health/stall.ts";
import type { SalesforceObject, SyncedObject } from "../records/record.ts";
import { portions } from "./rows.ts";
import type { Database, TrackedRecordTable } from "./schema.ts";

export type StoredTrackedRecord = Selectable<TrackedRecordTable>;

/** A record that was seen out of step. */
export interface SeenRecord {
  readonly key: string;
  readonly object: SyncedObject;
  readonly hubspotId: string | null;
  readonly salesforceObject: SalesforceObject | null;
  readonly salesforceId: string | null;
  readonly changedIn: "hubspot" | "salesforce";
  readonly changedAt: Date;
  readonly dueAt: Date;
  /** What people know it by; null where that isn't read yet. */
  readonly label: string | null;
}

/**
 * Tracks records seen out of step. One that is tracked already keeps the time of its first change, so that a sync which tries
 * and fails over and over does not put off its diagnosis; it is due at the earlier of both times.
 */
export async function trackRecords(db: Kysely<Database>, connection: string, seen: readonly SeenRecord[]): Promise<void> {
  for (const portion of portions(seen)) {
    await db
      .insertInto("tracked_record")
      .values(
        portion.map((record) => ({
          connection,
          record_key: record.key,
          object: record.object,
          hubspot_id: record.hubspotId,
          salesforce_object: record.salesforceObject,
          salesforce_id: record.salesforceId,
          changed_in: record.changedIn,
          changed_at: record.changedAt,
          state: "waiting" as const,
          due_at: record.dueAt,
          label: record.label,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(["connection", "record_key"]).doUpdateSet({
          salesforce_object: sql`excluded.salesforce_object`,
          salesforce_id: sql`excluded.salesforce_id`,
          due_at: sql`least(tracked_record.due_at, excluded.due_at)`,
          label: sql`coalesce(excluded.label, tracked_record.label)`,
        }),
      )
      .execute();
  }
}

/**
 * Tracks changed Salesforce records whose HubSpot records aren't known yet. Where a tracked pair has the Salesforce record
 * already, that pair becomes due instead.
 */
export async function trackSalesforceRecords(
  db: Kysely<Database>,
  connection: string,
  seen: readonly SeenRecord[],
): Promise<void> {
  const left: SeenRecord[] = [];
  for (const portion of portions(seen)) {
    const ids = portion.flatMap((record) => record.salesforceId ?? []);
    const pairs = await db
      .selectFrom("tracked_record")
      .select(["record_key", "salesforce_id"])
      .where("connection", "=", connection)
      .where("salesforce_id", "in", ids)
      .where("hubspot_id", "is not", null)
      .execute();
    const pairOf = new Map(pairs.map((pair) => [pair.salesforce_id, pair.record_key]));
    for (const record of portion) {
      const pair = pairOf.get(record.salesforceId);
      if (pair === undefined) left.push(record);
      else await bringForward(db, connection, pair, record.dueAt);
    }
  }
  await trackRecords(db, connection, left);
}

async function bringForward(db: Kysely<Database>, connection: string, key: string, dueAt: Date): Promise<void> {
  await db
    .updateTable("tracked_record")
    .set({ due_at: sql`least(due_at, ${dueAt})` })
    .where("connection", "=", connection)
    .where("record_key", "=", key)
    .execute();
}

/** Drops records that are in step, gone or excluded, with the errors that held them back. */
export async function forgetRecords(db: Kysely<Database>, connection: string, keys: readonly string[]): Promise<void> {
  for (const portion of portions(keys)) {
    await db.deleteFrom("affected_record").where("connection", "=", connection).where("record_key", "in", portion).execute();
    await db.deleteFrom("tracked_record").where("connection", "=", connection).where("record_key", "in", portion).execute();
  }
}

/** Tracked records that are to be looked at now, longest due first. */
export async function dueRecords(
  db: Kysely<Database>,
  connection: string,
  now: Date,
  limit: number,
): Promise<StoredTrackedRecord[]> {
  return db
    .selectFrom("tracked_record")
    .selectAll()
    .where("connection", "=", connection)
    .where("due_at", "<=", now)
    .orderBy("due_at")
    .orderBy("record_key")
    .limit(limit)
    .execute();
}

/** A tracked record by the keys that it may go by, the earlier ones before the later. */
export async function trackedRecord(
  db: Kysely<Database>,
  connection: string,
  keys: readonly string[],
): Promise<StoredTrackedRecord | null> {
  if (keys.length === 0) return null;
  const rows = await db
    .selectFrom("tracked_record")
    .selectAll()
    .where("connection", "=", connection)
    .where("record_key", "in", keys)
    .execute();
  return rows.toSorted((one, other) => keys.indexOf(one.record_key) - keys.indexOf(other.record_key))[0] ?? null;
}

/** When to look at a record again, and what was tried. */
export interface Reconsideration {
  readonly key: string;
  readonly dueAt: Date;
  readonly state?: "waiting" | "in-error";
  readonly changedIn?: "hubspot" | "salesforce";
  readonly changedAt?: Date;
  readonly tried?: { readonly version: string; readonly at: Date };
}

export async function reconsiderRecord(db: Kysely<Database>, connection: string, next: Reconsideration): Promise<void> {
  await db
    .updateTable("tracked_record")
    .set({
      due_at: next.dueAt,
      ...(next.state !== undefined && { state: next.state }),
      ...(next.changedIn !== undefined && { changed_in: next.changedIn }),
      ...(next.changedAt !== undefined && { changed_at: next.changedAt }),
      ...(next.tried !== undefined && { tried_version: next.tried.version, tried_at: next.tried.at }),
    })
    .where("connection", "=", connection)
    .where("record_key", "=", next.key)
    .execute();
}

/** Has every record in error looked at again, as when a schema or a right has changed; what was tried no longer counts. */
export async function makeErrorsDue(db: Kysely<Database>, connection: string, now: Date): Promise<void> {
  await db
    .updateTable("tracked_record")
    .set({ due_at: now, tried_version: null, tried_at: null })
    .where("connection", "=", connection)
    .where("state", "=", "in-error")
    .execute();
}

export interface Waiting {
  readonly inHubSpot: number;
  readonly inSalesforce: number;
}

/** Records that wait for the native sync with no error known, by the side of the change. */
export async function countWaiting(db: Kysely<Database>, connection: string): Promise<Waiting> {
  const rows = await db
    .selectFrom("tracked_record")
    .select(["changed_in", (eb) => eb.fn.countAll<number>().as("records")])
    .where("connection", "=", connection)
    .where("state", "=", "waiting")
    .groupBy("changed_in")
    .execute();
  const of = (side: "hubspot" | "salesforce") => rows.find((row) => row.changed_in === side)?.records ?? 0;
  return { inHubSpot: of("hubspot"), inSalesforce: of("salesforce") };
}

/** Held back by nothing that is known: a sync error that says no more than that. */
const isUnexplained = sql<boolean>`exists (
  select 1 from affected_record a join sync_error e on e.id = a.error_id
  where a.connection = tracked_record.connection and a.record_key = tracked_record.record_key
    and e.details ->> 'reason' = 'no-reason-found'
)`;

/** Changes that wait, or fail for no reason that is known, and were made after a moment; by side and kind. */
export async function waitingSince(db: Kysely<Database>, connection: string, after: Date): Promise<readonly WaitingChanges[]> {
  const rows = await db
    .selectFrom("tracked_record")
    .select((eb) => [
      "changed_in",
      "object",
      "salesforce_object",
      sql<boolean>`hubspot_id is null`.as("is_new"),
      eb.fn.countAll<number>().as("records"),
      eb.fn.min("changed_at").as("oldest"),
    ])
    .where("connection", "=", connection)
    .where("changed_at", ">", after)
    .where((eb) => eb.or([eb("state", "=", "waiting"), isUnexplained]))
    .groupBy(["changed_in", "object", "salesforce_object", sql`hubspot_id is null`])
    .execute();
  return rows.map(({ changed_in, object, salesforce_object, is_new, records, oldest }) => ({
    changedIn: changed_in,
    kind: `${salesforce_object ?? object}${is_new ? " new" : ""}`,
    records,
    oldestAt: oldest,
  }));
}

/** Takes records made after a moment off the errors that know no reason: it is the whole sync that stands still. */
export async function withdrawUnexplained(db: Kysely<Database>, connection: string, after: Date): Promise<void> {
  const rows = await db
    .updateTable("tracked_record")
    .set({ state: "waiting" })
    .where("connection", "=", connection)
    .where("state", "=", "in-error")
    .where("changed_at", ">", after)
    .where(isUnexplained)
    .returning("record_key")
    .execute();
  for (const portion of portions(rows.map(({ record_key }) => record_key))) {
    await db.deleteFrom("affected_record").where("connection", "=", connection).where("record_key", "in", portion).execute();
  }
}
