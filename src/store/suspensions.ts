import { type Kysely, type Selectable, sql } from "kysely";
import type { SuspensionCause, SuspensionKind } from "../health/suspensions.ts";
import type { Database, SuspensionPeriodTable, SuspensionTable } from "./schema.ts";

export type SuspensionRow = Selectable<SuspensionTable>;

/** The suspension of a connection that is suspected or open. */
export async function unfinishedSuspension(db: Kysely<Database>, connection: string): Promise<SuspensionRow | null> {
  const row = await db
    .selectFrom("suspension")
    .selectAll()
    .where("connection", "=", connection)
    .where("state", "!=", "closed")
    .executeTakeFirst();
  return row ?? null;
}

/** When a suspension was last over. */
export async function lastClosedAt(db: Kysely<Database>, connection: string): Promise<Date | null> {
  const row = await db
    .selectFrom("suspension_period")
    .select((eb) => eb.fn.max("closed_at").as("at"))
    .where("connection", "=", connection)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** From when to when the newest suspension that had opened and was closed lasted. */
export async function lastSpell(
  db: Kysely<Database>,
  connection: string,
): Promise<{ readonly from: Date; readonly until: Date } | null> {
  const row = await db
    .selectFrom("suspension")
    .select(["first_seen_at", "closed_at"])
    .where("connection", "=", connection)
    .where("opened_at", "is not", null)
    .where("closed_at", "is not", null)
    .orderBy("closed_at", "desc")
    .executeTakeFirst();
  return row === undefined || row.closed_at === null ? null : { from: row.first_seen_at, until: row.closed_at };
}

export interface NewSuspension {
  readonly id: string;
  readonly connection: string;
  readonly state: "suspected" | "open";
  readonly kind: SuspensionKind;
  readonly causes: readonly SuspensionCause[];
  readonly sightings: number;
  readonly at: Date;
  readonly waiting: { readonly inHubSpot: number; readonly inSalesforce: number };
}

export async function insertSuspension(db: Kysely<Database>, suspension: NewSuspension): Promise<void> {
  await db
    .insertInto("suspension")
    .values({
      id: suspension.id,
      connection: suspension.connection,
      state: suspension.state,
      kind: suspension.kind,
      causes: JSON.stringify(suspension.causes),
      sightings: suspension.sightings,
      first_seen_at: suspension.at,
      opened_at: suspension.state === "open" ? suspension.at : null,
      last_seen_at: suspension.at,
      waiting_in_hubspot: suspension.waiting.inHubSpot,
      waiting_in_salesforce: suspension.waiting.inSalesforce,
      most_waiting: suspension.waiting.inHubSpot + suspension.waiting.inSalesforce,
    })
    .execute();
}

export interface SuspensionChange {
  readonly state?: "suspected" | "open";
  readonly kind?: SuspensionKind;
  readonly causes?: readonly SuspensionCause[];
  readonly sightings?: number;
  readonly openedAt?: Date;
  readonly lastSeenAt?: Date;
  readonly causeGoneAt?: Date | null;
  readonly waiting?: { readonly inHubSpot: number; readonly inSalesforce: number };
}

export async function updateSuspension(db: Kysely<Database>, id: string, change: SuspensionChange): Promise<void> {
  await db
    .updateTable("suspension")
    .set({
      ...(change.state !== undefined && { state: change.state }),
      ...(change.kind !== undefined && { kind: change.kind }),
      ...(change.causes !== undefined && { causes: JSON.stringify(change.causes) }),
      ...(change.sightings !== undefined && { sightings: change.sightings }),
      ...(change.openedAt !== undefined && { opened_at: change.openedAt }),
      ...(change.lastSeenAt !== undefined && { last_seen_at: change.lastSeenAt }),
      ...(change.causeGoneAt !== undefined && { cause_gone_at: change.causeGoneAt }),
      ...(change.waiting !== undefined && {
        waiting_in_hubspot: change.waiting.inHubSpot,
        waiting_in_salesforce: change.waiting.inSalesforce,
        most_waiting: sql`greatest(most_waiting, ${change.waiting.inHubSpot + change.waiting.inSalesforce}::integer)`,
      }),
    })
    .where("id", "=", id)
    .execute();
}

/** Closes a suspension. One that had opened has stood for one period more. */
export async function closeSuspension(
  db: Kysely<Database>,
  id: string,
  at: Date,
  reason: "healed" | "cleared" | "blip",
): Promise<void> {
  const closed = await db
    .updateTable("suspension")
    .set({ state: "closed", closed_at: at, close_reason: reason, ...(reason === "blip" && { summarised_at: at }) })
    .where("id", "=", id)
    .where("state", "!=", "closed")
    .returning(["connection", "kind", "opened_at", "most_waiting"])
    .executeTakeFirst();
  if (!closed?.opened_at) return;
  const { connection, kind, opened_at, most_waiting } = closed;
  await db
    .insertInto("suspension_period")
    .values({ suspension_id: id, connection, kind, opened_at, closed_at: at, most_waiting })
    .execute();
}

/** Takes back a suspension that nobody has been told of. */
export async function deleteSuspected(db: Kysely<Database>, id: string): Promise<void> {
  await db.deleteFrom("suspension").where("id", "=", id).where("state", "=", "suspected").execute();
}

/** Opens a closed suspension again, as a matter that comes back; who has acknowledged it stays. */
export async function reopenSuspension(db: Kysely<Database>, again: Omit<NewSuspension, "connection" | "state">): Promise<void> {
  const { id, kind, causes, sightings, at, waiting } = again;
  await db
    .updateTable("suspension")
    .set({
      state: "open",
      kind,
      causes: JSON.stringify(causes),
      sightings,
      first_seen_at: at,
      opened_at: at,
      last_seen_at: at,
      cause_gone_at: null,
      closed_at: null,
      close_reason: null,
      cleared_by: null,
      waiting_in_hubspot: waiting.inHubSpot,
      waiting_in_salesforce: waiting.inSalesforce,
      most_waiting: waiting.inHubSpot + waiting.inSalesforce,
      summarised_at: null,
    })
    .where("id", "=", id)
    .execute();
}

export interface StoredPeriod {
  readonly id: number;
  readonly suspensionId: string;
  readonly openedAt: Date;
  readonly closedAt: Date;
  readonly mostWaiting: number;
}

/** The times that a connection was suspended for a cause and began after a moment, oldest first. */
export async function periodsSince(
  db: Kysely<Database>,
  connection: string,
  kind: SuspensionKind,
  since: Date,
): Promise<readonly StoredPeriod[]> {
  const rows = await db
    .selectFrom("suspension_period")
    .selectAll()
    .where("connection", "=", connection)
    .where("kind", "=", kind)
    .where("opened_at", ">", since)
    .orderBy("opened_at")
    .execute();
  return rows.map(periodOf);
}

/** The times that a suspension has stood and was over, oldest first. */
export async function periodsOf(db: Kysely<Database>, suspensionId: string): Promise<readonly StoredPeriod[]> {
  const rows = await db
    .selectFrom("suspension_period")
    .selectAll()
    .where("suspension_id", "=", suspensionId)
    .orderBy("opened_at")
    .execute();
  return rows.map(periodOf);
}

function periodOf(row: Selectable<SuspensionPeriodTable>): StoredPeriod {
  return {
    id: Number(row.id),
    suspensionId: row.suspension_id,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    mostWaiting: row.most_waiting,
  };
}

/** Makes earlier times those of one suspension: they are one matter. */
export async function adoptPeriods(db: Kysely<Database>, suspensionId: string, periodIds: readonly number[]): Promise<void> {
  if (periodIds.length === 0) return;
  await db.updateTable("suspension_period").set({ suspension_id: suspensionId }).where("id", "in", periodIds).execute();
}

/** Suspensions that are closed and whose end hasn't been summed up, oldest first. */
export async function endingSuspensions(db: Kysely<Database>, connection: string): Promise<readonly SuspensionRow[]> {
  return db
    .selectFrom("suspension")
    .selectAll()
    .where("connection", "=", connection)
    .where("state", "=", "closed")
    .where("summarised_at", "is", null)
    .orderBy("closed_at")
    .execute();
}

/** Keeps that the end of a suspension has been summed up; answers false where it was before, or where it stands again. */
export async function markSummarised(db: Kysely<Database>, id: string, at: Date): Promise<boolean> {
  const marked = await db
    .updateTable("suspension")
    .set({ summarised_at: at })
    .where("id", "=", id)
    .where("state", "=", "closed")
    .where("summarised_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return marked !== undefined;
}
