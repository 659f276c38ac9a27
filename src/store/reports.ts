import { type Kysely, type Selectable, sql } from "kysely";
import type { SyncErrorCategory, SyncErrorType } from "../health/sync-errors.ts";
import type { SyncedObject } from "../records/record.ts";
import type { AffectedRecordTable, Database, HealthSampleTable, SuspensionTable, SyncErrorTable } from "./schema.ts";

/** What reports and digests are made of: read-only queries over what the polls have stored. */

export type StoredError = Selectable<SyncErrorTable> & { readonly affected_records: number };
export type StoredAffectedRecord = Selectable<AffectedRecordTable>;
export type StoredSuspension = Selectable<SuspensionTable>;
export type StoredSample = Selectable<HealthSampleTable>;

export interface ErrorsWhere {
  readonly category?: SyncErrorCategory;
  readonly object?: SyncedObject;
}

function withCounts(db: Kysely<Database>) {
  return db
    .selectFrom("sync_error as e")
    .selectAll("e")
    .select((eb) =>
      eb
        .selectFrom("affected_record as r")
        .select((inner) => inner.fn.countAll<number>().as("count"))
        .whereRef("r.error_id", "=", "e.id")
        .as("affected_records"),
    );
}

const counted = (row: Selectable<SyncErrorTable> & { affected_records: number | null }): StoredError => ({
  ...row,
  affected_records: Number(row.affected_records ?? 0),
});

/** Open errors, those with most affected records first. */
export async function listOpenErrors(
  db: Kysely<Database>,
  connection: string,
  where: ErrorsWhere,
  offset: number,
  limit: number,
): Promise<{ readonly errors: readonly StoredError[]; readonly total: number }> {
  let query = withCounts(db).where("e.connection", "=", connection).where("e.resolved_at", "is", null);
  let count = db.selectFrom("sync_error as e").where("e.connection", "=", connection).where("e.resolved_at", "is", null);
  if (where.category !== undefined) {
    query = query.where("e.category", "=", where.category);
    count = count.where("e.category", "=", where.category);
  }
  if (where.object !== undefined) {
    query = query.where("e.object", "=", where.object);
    count = count.where("e.object", "=", where.object);
  }
  const rows = await query
    .orderBy("affected_records", "desc")
    .orderBy("e.first_seen_at")
    .orderBy("e.id")
    .offset(offset)
    .limit(limit)
    .execute();
  const { total } = await count.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  return { errors: rows.map(counted), total: Number(total) };
}

/** Open errors that hold one record back, by the keys that it may go by; those that have held it longest first. */
export async function openErrorsOfRecord(
  db: Kysely<Database>,
  connection: string,
  keys: readonly string[],
): Promise<readonly StoredError[]> {
  if (keys.length === 0) return [];
  const rows = await withCounts(db)
    .innerJoin("affected_record as held", "held.error_id", "e.id")
    .where("e.connection", "=", connection)
    .where("e.resolved_at", "is", null)
    .where("held.record_key", "in", keys)
    .orderBy("held.first_seen_at")
    .orderBy("e.id")
    .execute();
  return rows.map(counted);
}

export async function getError(db: Kysely<Database>, id: string): Promise<StoredError | undefined> {
  const row = await withCounts(db).where("e.id", "=", id).executeTakeFirst();
  return row && counted(row);
}

/** Errors opened, anew or again (`appeared`), or resolved in a span of time. */
export async function errorsBetween(
  db: Kysely<Database>,
  connection: string,
  what: "appeared" | "resolved",
  from: Date,
  to: Date,
): Promise<readonly StoredError[]> {
  const column = what === "appeared" ? "e.opened_at" : "e.resolved_at";
  const query = withCounts(db).where("e.connection", "=", connection).where(column, ">", from).where(column, "<=", to);
  const rows = await (what === "appeared" ? query.where("e.resolved_at", "is", null) : query)
    .orderBy("affected_records", "desc")
    .execute();
  return rows.map(counted);
}

export async function listAffectedRecords(
  db: Kysely<Database>,
  errorId: string,
  offset: number,
  limit: number,
): Promise<{ readonly records: readonly StoredAffectedRecord[]; readonly total: number }> {
  const records = await db
    .selectFrom("affected_record")
    .selectAll()
    .where("error_id", "=", errorId)
    .orderBy("first_seen_at")
    .orderBy("record_key")
    .offset(offset)
    .limit(limit)
    .execute();
  const { total } = await db
    .selectFrom("affected_record")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("error_id", "=", errorId)
    .executeTakeFirstOrThrow();
  return { records, total: Number(total) };
}

/** An open error that holds a record back. */
export interface HoldingError {
  readonly recordKey: string;
  readonly errorId: string;
  readonly type: SyncErrorType;
}

/** All open errors that hold records back, those of each record in the order in which the native sync meets them. */
export async function errorsHolding(
  db: Kysely<Database>,
  connection: string,
  recordKeys: readonly string[],
): Promise<readonly HoldingError[]> {
  if (recordKeys.length === 0) return [];
  return db
    .selectFrom("affected_record as r")
    .innerJoin("sync_error as e", "e.id", "r.error_id")
    .select(["r.record_key as recordKey", "e.id as errorId", "e.type"])
    .where("r.connection", "=", connection)
    .where("r.record_key", "in", recordKeys)
    .where("e.resolved_at", "is", null)
    .orderBy("r.record_key")
    .orderBy("r.place")
    .orderBy("r.first_seen_at")
    .orderBy("e.id")
    .execute();
}

/** Errors and the records they hold back (each record once a category), by category. */
export async function countByCategory(
  db: Kysely<Database>,
  connection: string,
): Promise<readonly { readonly category: SyncErrorCategory; readonly errors: number; readonly affectedRecords: number }[]> {
  const rows = await db
    .selectFrom("sync_error as e")
    .leftJoin("affected_record as r", "r.error_id", "e.id")
    .select("e.category")
    .select(sql<number>`count(distinct e.id)`.as("errors"))
    .select(sql<number>`count(distinct r.record_key)`.as("affected"))
    .where("e.connection", "=", connection)
    .where("e.resolved_at", "is", null)
    .groupBy("e.category")
    .orderBy("affected", "desc")
    .execute();
  return rows.map((row) => ({ category: row.category, errors: Number(row.errors), affectedRecords: Number(row.affected) }));
}

/** How many records open errors hold back, each counted once; those of some categories and objects alone where these are given. */
export async function countAffectedRecords(
  db: Kysely<Database>,
  connection: string,
  of: {
    readonly categories: readonly SyncErrorCategory[] | null;
    readonly objects: readonly SyncedObject[] | null;
  } | null = null,
): Promise<number> {
  let query = db
    .selectFrom("affected_record as r")
    .select(sql<number>`count(distinct r.record_key)`.as("total"))
    .where("r.connection", "=", connection);
  const { categories = null, objects = null } = of ?? {};
  if (categories !== null || objects !== null) {
    query = query.where("r.error_id", "in", (eb) => {
      const errors = eb.selectFrom("sync_error as e").select("e.id").where("e.connection", "=", connection);
      const inCategories = categories === null ? errors : errors.where("e.category", "in", categories);
      return objects === null ? inCategories : inCategories.where("e.object", "in", objects);
    });
  }
  const { total } = await query.executeTakeFirstOrThrow();
  return Number(total);
}

/** An open error with what decides whether and how it is told. */
export interface OpenErrorCount {
  readonly id: string;
  readonly category: SyncErrorCategory;
  readonly object: SyncedObject;
  readonly openedAt: Date;
  readonly mutedAt: Date | null;
  readonly mutedUntil: Date | null;
  readonly records: number;
}

/** All open errors of a connection, with how many records each holds back. */
export async function openErrorCounts(db: Kysely<Database>, connection: string): Promise<readonly OpenErrorCount[]> {
  const rows = await db
    .selectFrom("sync_error as e")
    .leftJoin("affected_record as r", "r.error_id", "e.id")
    .select(["e.id", "e.category", "e.object", "e.opened_at", "e.muted_at", "e.muted_until"])
    .select((eb) => eb.fn.count<number>("r.record_key").as("records"))
    .where("e.connection", "=", connection)
    .where("e.resolved_at", "is", null)
    .groupBy("e.id")
    .orderBy("e.id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    category: row.category,
    object: row.object,
    openedAt: row.opened_at,
    mutedAt: row.muted_at,
    mutedUntil: row.muted_until,
    records: Number(row.records),
  }));
}

/** Errors by their ids, in the order of these; those that are no longer stored are left out. */
export async function errorsById(db: Kysely<Database>, ids: readonly string[]): Promise<readonly StoredError[]> {
  if (ids.length === 0) return [];
  const rows = await withCounts(db).where("e.id", "in", ids).execute();
  const found = new Map(rows.map((row) => [row.id, counted(row)]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

export async function getSuspension(db: Kysely<Database>, id: string): Promise<StoredSuspension | undefined> {
  return db.selectFrom("suspension").selectAll().where("id", "=", id).executeTakeFirst();
}

/** The open suspension of a connection, else the newest that was ever open. */
export async function newestSuspension(db: Kysely<Database>, connection: string): Promise<StoredSuspension | undefined> {
  return db
    .selectFrom("suspension")
    .selectAll()
    .where("connection", "=", connection)
    .where("opened_at", "is not", null)
    .orderBy("opened_at", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** The suspensions that stand and that nobody has acknowledged. */
export async function openUnacknowledged(db: Kysely<Database>): Promise<readonly StoredSuspension[]> {
  return db
    .selectFrom("suspension")
    .selectAll()
    .where("state", "=", "open")
    .where("acknowledged_by", "is", null)
    .orderBy("id")
    .execute();
}

export async function suspensionsBetween(
  db: Kysely<Database>,
  connection: string,
  from: Date,
  to: Date,
): Promise<readonly StoredSuspension[]> {
  return db
    .selectFrom("suspension")
    .selectAll()
    .where("connection", "=", connection)
    .where("opened_at", "<=", to)
    .where((eb) => eb.or([eb("closed_at", "is", null), eb("closed_at", ">", from)]))
    .orderBy("opened_at")
    .execute();
}

/** Samples since a moment, oldest first, thinned to the last one of each span of `everyMs`. */
export async function samplesSince(
  db: Kysely<Database>,
  connection: string,
  since: Date,
  everyMs: number,
): Promise<readonly StoredSample[]> {
  const span = sql`floor(extract(epoch from at) * 1000 / ${sql.lit(everyMs)})`;
  return db
    .selectFrom("health_sample")
    .selectAll()
    .distinctOn(span)
    .where("connection", "=", connection)
    .where("at", ">=", since)
    .orderBy(span)
    .orderBy("at", "desc")
    .execute();
}

export async function newestSample(db: Kysely<Database>, connection: string): Promise<StoredSample | undefined> {
  return db
    .selectFrom("health_sample")
    .selectAll()
    .where("connection", "=", connection)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
}
