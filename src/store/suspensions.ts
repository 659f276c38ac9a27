import type { Kysely, Selectable } from "kysely";
import type { SuspensionCause, SuspensionKind } from "../health/suspensions.ts";
import type { Database, SuspensionTable } from "./schema.ts";

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

/** When the newest suspension that had opened was closed. */
export async function lastClosedAt(db: Kysely<Database>, connection: string): Promise<Date | null> {
  const row = await db
    .selectFrom("suspension")
    .select((eb) => eb.fn.max("closed_at").as("at"))
    .where("connection", "=", connection)
    .where("opened_at", "is not", null)
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
      }),
    })
    .where("id", "=", id)
    .execute();
}

export async function closeSuspension(
  db: Kysely<Database>,
  id: string,
  at: Date,
  reason: "healed" | "cleared" | "blip",
): Promise<void> {
  await db
    .updateTable("suspension")
    .set({ state: "closed", closed_at: at, close_reason: reason })
    .where("id", "=", id)
    .where("state", "!=", "closed")
    .execute();
}
