import { type Kysely, sql } from "kysely";
import type { HoldingGroup } from "../health/regrouping.ts";
import type { SyncErrorEvent } from "../health/report.ts";
import { portions } from "./rows.ts";
import type { Database } from "./schema.ts";

/** A group that holds a record back, and since when. */
export interface StoredHolding extends HoldingGroup {
  readonly firstSeenAt: Date;
}

/** The open errors that hold records back, by record key. */
export async function groupsHolding(
  db: Kysely<Database>,
  connection: string,
  recordKeys: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredHolding[]>> {
  const holding = new Map<string, StoredHolding[]>();
  for (const portion of portions(recordKeys)) {
    const rows = await db
      .selectFrom("affected_record as r")
      .innerJoin("sync_error as e", "e.id", "r.error_id")
      .select(["r.record_key", "r.evidence", "r.first_seen_at"])
      .select(["e.id", "e.group_key", "e.type", "e.direction", "e.salesforce_field", "e.details"])
      .where("r.connection", "=", connection)
      .where("r.record_key", "in", portion)
      .orderBy("e.id")
      .execute();
    for (const row of rows) {
      const { id, type, direction, details, evidence } = row;
      const group = { id, key: row.group_key, type, direction, salesforceField: row.salesforce_field, details, evidence };
      holding.set(row.record_key, [...(holding.get(row.record_key) ?? []), { ...group, firstSeenAt: row.first_seen_at }]);
    }
  }
  return holding;
}

/** The errors that go by these keys, open or resolved. */
export async function errorsByGroupKey(
  db: Kysely<Database>,
  connection: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, { readonly id: string; readonly isOpen: boolean }>> {
  const found = new Map<string, { id: string; isOpen: boolean }>();
  for (const portion of portions(keys)) {
    const rows = await db
      .selectFrom("sync_error")
      .select(["id", "group_key", "resolved_at"])
      .where("connection", "=", connection)
      .where("group_key", "in", portion)
      .execute();
    for (const { id, group_key, resolved_at } of rows) found.set(group_key, { id, isOpen: resolved_at === null });
  }
  return found;
}

export async function isErrorIdTaken(db: Kysely<Database>, id: string): Promise<boolean> {
  return (await db.selectFrom("sync_error").select("id").where("id", "=", id).executeTakeFirst()) !== undefined;
}

/** Gives an error another key: its cause is known by another name from now on. */
export async function renameGroup(db: Kysely<Database>, id: string, key: string): Promise<void> {
  await db.updateTable("sync_error").set({ group_key: key }).where("id", "=", id).execute();
}

/**
 * What an error takes over from those that it goes on from: the earliest time that any was seen; and, where it has just been
 * opened or renamed, the mute that all of them had. One that spoke goes on speaking.
 */
export async function inheritFrom(
  db: Kysely<Database>,
  id: string,
  predecessors: readonly string[],
  takesMute: boolean,
): Promise<void> {
  const others = await db
    .selectFrom("sync_error")
    .select(["id", "first_seen_at", "muted_at", "muted_until", "muted_by", "muted_records", "mute_reason"])
    .where("id", "in", predecessors)
    .execute();
  const [first] = others;
  if (first === undefined) return;
  const earliest = new Date(Math.min(...others.map(({ first_seen_at }) => first_seen_at.getTime())));
  const areMuted = others.every(({ muted_at }) => muted_at !== null);
  const { muted_at, muted_until, muted_by, muted_records, mute_reason } = first;
  const mute = areMuted ? { muted_at, muted_until, muted_by, muted_records, mute_reason } : UNMUTED;
  await db
    .updateTable("sync_error")
    .set({ first_seen_at: sql`least(first_seen_at, ${earliest})`, ...(takesMute && mute) })
    .where("id", "=", id)
    .execute();
}

/** The columns of an error that speaks. */
export const UNMUTED = { muted_at: null, muted_until: null, muted_by: null, muted_records: null, mute_reason: null } as const;

/** Adds a line to an error's history; what it continues, or goes on as, stands there once. */
export async function addErrorEvent(
  db: Kysely<Database>,
  errorId: string,
  kind: SyncErrorEvent["kind"],
  at: Date,
  otherId: string | null = null,
): Promise<void> {
  if (otherId !== null) {
    const same = db.selectFrom("sync_error_event").select("id").where("error_id", "=", errorId).where("kind", "=", kind);
    if ((await same.where("other_id", "=", otherId).executeTakeFirst()) !== undefined) return;
  }
  await db.insertInto("sync_error_event").values({ error_id: errorId, at, kind, other_id: otherId }).execute();
}

/** An error's history, newest first. */
export async function errorEvents(db: Kysely<Database>, errorId: string, limit: number): Promise<readonly SyncErrorEvent[]> {
  const rows = await db
    .selectFrom("sync_error_event")
    .select(["at", "kind", "other_id"])
    .where("error_id", "=", errorId)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ at, kind, other_id }) => ({ at, kind, otherId: other_id }));
}

/** Mutes an error, or with null lets it speak again. `until` null: until it is resolved. */
export async function setMute(
  db: Kysely<Database>,
  id: string,
  mute: {
    readonly at: Date;
    readonly until: Date | null;
    readonly by: string;
    readonly records: number;
    readonly reason?: string | null;
  } | null,
): Promise<void> {
  const columns =
    mute === null
      ? UNMUTED
      : {
          muted_at: mute.at,
          muted_until: mute.until,
          muted_by: mute.by,
          muted_records: mute.records,
          mute_reason: mute.reason ?? null,
        };
  await db.updateTable("sync_error").set(columns).where("id", "=", id).execute();
}
