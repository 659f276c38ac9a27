import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from "kysely";
import { type Said, sentence } from "../language/sentence.ts";
import { saidOf, storedText } from "../language/stored.ts";
import { portions } from "./rows.ts";
import type { Database, RequestItemState, RequestItemTable, RequestKind, RequestTable } from "./schema.ts";

export type StoredRequest = Selectable<RequestTable>;
export type StoredItem = Selectable<RequestItemTable>;

/** Adds a request unless one with the same identity is unfinished; answers the one that stands. */
export async function insertRequest(
  trx: Transaction<Database>,
  request: Insertable<RequestTable>,
): Promise<{ readonly isNew: boolean; readonly request: StoredRequest }> {
  const inserted = await trx
    .insertInto("request")
    .values(request)
    .onConflict((conflict) => conflict.column("identity").where("finished_at", "is", null).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted) return { isNew: true, request: inserted };
  const standing = await trx
    .selectFrom("request")
    .selectAll()
    .where("identity", "=", request.identity)
    .where("finished_at", "is", null)
    .executeTakeFirstOrThrow();
  return { isNew: false, request: standing };
}

export async function getRequest(db: Kysely<Database>, id: string): Promise<StoredRequest | undefined> {
  return db.selectFrom("request").selectAll().where("id", "=", id).executeTakeFirst();
}

/** The newest clear request of a suspension, finished or not. */
export async function newestRequest(db: Kysely<Database>, identity: string): Promise<StoredRequest | undefined> {
  return db
    .selectFrom("request")
    .selectAll()
    .where("identity", "=", identity)
    .orderBy("requested_at", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** A connection's requests of a kind, newest first. */
export async function newestOfKind(
  db: Kysely<Database>,
  connection: string,
  kind: RequestKind,
  limit: number,
): Promise<readonly StoredRequest[]> {
  return db
    .selectFrom("request")
    .selectAll()
    .where("connection", "=", connection)
    .where("kind", "=", kind)
    .orderBy("requested_at", "desc")
    .limit(limit)
    .execute();
}

/** Requests that somebody has to go on with, oldest first. */
export async function unfinishedRequests(
  db: Kysely<Database>,
): Promise<readonly Pick<StoredRequest, "id" | "connection" | "kind" | "state" | "requested_by" | "requested_at">[]> {
  return db
    .selectFrom("request")
    .select(["id", "connection", "kind", "state", "requested_by", "requested_at"])
    .where("finished_at", "is", null)
    .orderBy("requested_at")
    .execute();
}

export type RequestChange = Partial<
  Pick<StoredRequest, "state" | "started_at" | "finished_at" | "cancel_requested_by"> & {
    outcome: Said;
    progress: Record<string, unknown>;
  }
>;

/** Changes a request that is unfinished; answers false where it was finished by then. */
export async function changeRequest(db: Kysely<Database>, id: string, change: RequestChange): Promise<boolean> {
  const { progress, outcome, ...columns } = change;
  const changed = await db
    .updateTable("request")
    .set({
      ...columns,
      ...(outcome !== undefined && { outcome: storedText(outcome) }),
      ...(progress && { progress: JSON.stringify(progress) }),
    })
    .where("id", "=", id)
    .where("finished_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return changed !== undefined;
}

export async function insertItems(trx: Transaction<Database>, items: readonly Insertable<RequestItemTable>[]): Promise<void> {
  for (const portion of portions(items)) {
    await trx
      .insertInto("request_item")
      .values(portion)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** The next items in some states, in the order of the request. */
export async function nextItems(
  db: Kysely<Database>,
  requestId: string,
  states: readonly RequestItemState[],
  limit: number,
): Promise<readonly StoredItem[]> {
  return db
    .selectFrom("request_item")
    .selectAll()
    .where("request_id", "=", requestId)
    .where("state", "in", states)
    .orderBy("position")
    .limit(limit)
    .execute();
}

export type ItemChange = { readonly record_key: string } & Partial<
  Pick<StoredItem, "state" | "sent_at" | "settled_at"> & { reason: Said; payload: Record<string, unknown> }
>;

/** What a change leaves out stays as it is. */
export async function changeItems(trx: Transaction<Database>, requestId: string, changes: readonly ItemChange[]): Promise<void> {
  const rows = changes.map((change) => (change.reason === undefined ? change : { ...change, reason: storedText(change.reason) }));
  for (const portion of portions(rows)) {
    await sql`
      update request_item as i
      set state = coalesce(c.state, i.state), payload = coalesce(c.payload, i.payload), reason = coalesce(c.reason, i.reason),
        sent_at = coalesce(c.sent_at, i.sent_at), settled_at = coalesce(c.settled_at, i.settled_at)
      from jsonb_to_recordset(${JSON.stringify(portion)}::jsonb)
        as c(record_key text, state text, payload jsonb, reason text, sent_at timestamptz, settled_at timestamptz)
      where i.request_id = ${requestId} and i.record_key = c.record_key
    `.execute(trx);
  }
}

/** Ends all items of a request that are in a state. */
export async function endItems(
  trx: Transaction<Database>,
  requestId: string,
  from: RequestItemState,
  end: { readonly state: RequestItemState; readonly reason: Said; readonly at: Date },
): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable("request_item")
    .set({ state: end.state, reason: storedText(end.reason), settled_at: end.at })
    .where("request_id", "=", requestId)
    .where("state", "=", from)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** How many items of a request are in each state. */
export async function countItems(
  db: Kysely<Database>,
  requestId: string,
): Promise<Readonly<Partial<Record<RequestItemState, number>>>> {
  const rows = await db
    .selectFrom("request_item")
    .select(["state", (eb) => eb.fn.countAll<number>().as("count")])
    .where("request_id", "=", requestId)
    .groupBy("state")
    .execute();
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
}

/** How many items have left, whatever came of them. */
export async function countSent(db: Kysely<Database>, requestId: string): Promise<number> {
  const { sent } = await db
    .selectFrom("request_item")
    .select((eb) => eb.fn.countAll<number>().as("sent"))
    .where("request_id", "=", requestId)
    .where("sent_at", "is not", null)
    .executeTakeFirstOrThrow();
  return Number(sent);
}

/** Why records still fail, most frequent first. */
export async function failureReasons(
  db: Kysely<Database>,
  requestId: string,
  limit: number,
): Promise<readonly { readonly reason: Said; readonly records: number }[]> {
  const rows = await db
    .selectFrom("request_item")
    .select(["reason", (eb) => eb.fn.countAll<number>().as("records")])
    .where("request_id", "=", requestId)
    .where("state", "in", ["failing", "changed", "skipped", "gone"])
    .groupBy("reason")
    .orderBy("records", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    reason: row.reason === null ? sentence("no reason known") : saidOf(row.reason),
    records: Number(row.records),
  }));
}

/** When a request was over last; null where none ever was. */
export async function newestRequestEnd(db: Kysely<Database>): Promise<Date | null> {
  const { newest } = await db
    .selectFrom("request")
    .select((eb) => eb.fn.max("finished_at").as("newest"))
    .executeTakeFirstOrThrow();
  return newest ?? null;
}
