import { type Kysely, sql } from "kysely";
import type { WaitingSample } from "../health/backlog.ts";
import type { Database } from "./schema.ts";
import type { StoredTrackedRecord, Waiting } from "./tracked-records.ts";

/** Records that still wait with a change that was made until a moment, by the side of the change. */
export async function countWaitingUntil(db: Kysely<Database>, connection: string, until: Date): Promise<Waiting> {
  const rows = await db
    .selectFrom("tracked_record")
    .select(["changed_in", (eb) => eb.fn.countAll<number>().as("records")])
    .where("connection", "=", connection)
    .where("state", "=", "waiting")
    .where("changed_at", "<=", until)
    .groupBy("changed_in")
    .execute();
  const of = (side: "hubspot" | "salesforce") => Number(rows.find((row) => row.changed_in === side)?.records ?? 0);
  return { inHubSpot: of("hubspot"), inSalesforce: of("salesforce") };
}

/** When the oldest change that waits was made; null where none waits. */
export async function oldestWaitingAt(db: Kysely<Database>, connection: string): Promise<Date | null> {
  const row = await db
    .selectFrom("tracked_record")
    .select((eb) => eb.fn.min("changed_at").as("at"))
    .where("connection", "=", connection)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Records that wait, those with the oldest change first. */
export async function listWaiting(
  db: Kysely<Database>,
  connection: string,
  offset: number,
  limit: number,
): Promise<{ readonly records: readonly StoredTrackedRecord[]; readonly total: number }> {
  const waiting = db.selectFrom("tracked_record").where("connection", "=", connection).where("state", "=", "waiting");
  const records = await waiting.selectAll().orderBy("changed_at").orderBy("record_key").offset(offset).limit(limit).execute();
  const { total } = await waiting.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  return { records, total: Number(total) };
}

/** Samples closer together than this say the same. */
const SAMPLE_EVERY_MS = 5_000;

/** How many changes waited at each look since a moment, oldest first. */
export async function waitingSamples(db: Kysely<Database>, connection: string, since: Date): Promise<readonly WaitingSample[]> {
  const span = sql`floor(extract(epoch from at) * 1000 / ${sql.lit(SAMPLE_EVERY_MS)})`;
  const rows = await db
    .selectFrom("health_sample")
    .select(["at", "suspended", "waiting_in_hubspot", "waiting_in_salesforce"])
    .distinctOn(span)
    .where("connection", "=", connection)
    .where("at", ">=", since)
    .orderBy(span)
    .orderBy("at", "desc")
    .execute();
  return rows.map(({ at, suspended, waiting_in_hubspot, waiting_in_salesforce }) => ({
    at,
    suspended,
    waiting: waiting_in_hubspot + waiting_in_salesforce,
  }));
}

/** Records whose change was made until a moment and that errors found since another hold back. */
export async function countFoundInError(
  db: Kysely<Database>,
  connection: string,
  until: Date,
  foundSince: Date,
): Promise<number> {
  const { records } = await db
    .selectFrom("affected_record as a")
    .innerJoin("tracked_record as t", (join) =>
      join.onRef("t.connection", "=", "a.connection").onRef("t.record_key", "=", "a.record_key"),
    )
    .select(sql<number>`count(distinct a.record_key)`.as("records"))
    .where("a.connection", "=", connection)
    .where("a.first_seen_at", ">=", foundSince)
    .where("t.changed_at", "<=", until)
    .executeTakeFirstOrThrow();
  return Number(records);
}

/** Records that resyncs have seen synced since a moment. */
export async function countResynced(db: Kysely<Database>, connection: string, since: Date): Promise<number> {
  const { records } = await db
    .selectFrom("request_item as i")
    .innerJoin("request as r", "r.id", "i.request_id")
    .select(sql<number>`count(distinct i.record_key)`.as("records"))
    .where("r.connection", "=", connection)
    .where("r.kind", "=", "resync")
    .where("i.state", "=", "synced")
    .where("i.settled_at", ">=", since)
    .executeTakeFirstOrThrow();
  return Number(records);
}
