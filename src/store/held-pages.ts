import type { Kysely } from "kysely";
import type { SyncErrorCategory } from "../health/sync-errors.ts";
import type { SyncedObject } from "../records/record.ts";
import type { StoredAffectedRecord } from "./reports.ts";
import type { Database } from "./schema.ts";

/** Which of the open errors are meant; nothing given: all. */
export interface HeldWhere {
  readonly category?: SyncErrorCategory;
  readonly object?: SyncedObject;
  readonly errorId?: string;
}

/** Open errors that hold records back, and how many, those with most first. */
export async function heldErrors(
  db: Kysely<Database>,
  connection: string,
  { category, object, errorId }: HeldWhere,
): Promise<readonly { readonly id: string; readonly records: number }[]> {
  let query = db
    .selectFrom("sync_error as e")
    .innerJoin("affected_record as r", "r.error_id", "e.id")
    .select((eb) => ["e.id", eb.fn.countAll<number>().as("records")])
    .where("e.connection", "=", connection)
    .where("e.resolved_at", "is", null)
    .groupBy("e.id")
    .orderBy("records", "desc")
    .orderBy("e.id");
  if (category !== undefined) query = query.where("e.category", "=", category);
  if (object !== undefined) query = query.where("e.object", "=", object);
  if (errorId !== undefined) query = query.where("e.id", "=", errorId);
  return (await query.execute()).map(({ id, records }) => ({ id, records: Number(records) }));
}

/** The next records of an error behind one of them, null for the first; by key, so that what changes meanwhile moves no page. */
export async function heldAfter(
  db: Kysely<Database>,
  errorId: string,
  after: string | null,
  limit: number,
): Promise<readonly StoredAffectedRecord[]> {
  let query = db.selectFrom("affected_record").selectAll().where("error_id", "=", errorId).orderBy("record_key").limit(limit);
  if (after !== null) query = query.where("record_key", ">", after);
  return query.execute();
}

/** Whether any record that an error holds back is in HubSpot. */
export async function isHeldInHubSpot(db: Kysely<Database>, errorId: string): Promise<boolean> {
  const row = await db
    .selectFrom("affected_record")
    .select("record_key")
    .where("error_id", "=", errorId)
    .where("hubspot_id", "is not", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
