import type { Transaction } from "kysely";
import { FLAPPING_WITHIN_MS, isFlapping } from "../../health/flapping.ts";
import { type CurrentSuspension, decideSuspension, type Sighting } from "../../health/suspension-decision.ts";
import type { SuspensionCause } from "../../health/suspensions.ts";
import { countWaitingUntil } from "../../store/backlog.ts";
import type { Database } from "../../store/schema.ts";
import {
  adoptPeriods,
  closeSuspension,
  deleteSuspected,
  insertSuspension,
  type NewSuspension,
  periodsOf,
  periodsSince,
  reopenSuspension,
  type StoredPeriod,
  type SuspensionRow,
  unfinishedSuspension,
  updateSuspension,
} from "../../store/suspensions.ts";
import type { Waiting } from "../../store/tracked-records.ts";
import { announceToSubscribers, noteInThreads, refreshAnnouncements } from "../announcements/announce.ts";
import type { MonitorContext } from "../context.ts";
import { suspensionSubject } from "../suspension-subject.ts";

/** What is known of the sync's movement. */
export interface SyncSigns {
  readonly waiting: Waiting;
  /** The newest sign that the native sync wrote to either system. */
  readonly syncedAt: Date | null;
}

/** Saves what a probe means for the connection's suspension and tells what is to be told. Answers whether the sync is suspended. */
export async function recordSuspension(
  trx: Transaction<Database>,
  context: MonitorContext,
  connection: string,
  sighting: Sighting,
  { waiting, syncedAt }: SyncSigns,
  now: Date,
): Promise<boolean> {
  const row = await unfinishedSuspension(trx, connection);
  if (row?.state === "open" && sighting === "healthy" && isStill(row, waiting, syncedAt)) {
    await noteCauseGone(trx, context, row, waiting, now);
    return true;
  }
  const decision = decideSuspension(row === null ? null : currentOf(row), sighting);
  switch (decision.action) {
    case "none":
      return row?.state === "open";
    case "suspect":
    case "open": {
      const state = decision.action === "open" ? ("open" as const) : ("suspected" as const);
      const seen = { kind: decision.kind, causes: decision.causes, sightings: decision.sightings, at: now, waiting };
      const earlier = state === "open" ? await periodsSince(trx, connection, seen.kind, withinADay(now)) : [];
      if (isFlapping(earlier, now)) {
        await openAgain(trx, context, connection, row, earlier, seen);
        return true;
      }
      const id = row?.id ?? context.newId();
      if (row === null) await insertSuspension(trx, { id, connection, state, ...seen });
      else {
        const { at: lastSeenAt, ...change } = seen;
        await updateSuspension(trx, id, { state, ...change, lastSeenAt, ...(state === "open" && { openedAt: now }) });
      }
      if (state === "open") await tellOpened(trx, context, connection, id);
      return state === "open";
    }
    case "update": {
      if (row === null) return false;
      const causes = decision.keepsEarlierCauses ? merged(row.causes, decision.causes) : decision.causes;
      const { kind, sightings, worsened } = decision;
      await updateSuspension(trx, row.id, { kind, causes, sightings, lastSeenAt: now, causeGoneAt: null, waiting });
      const subject = suspensionSubject(row.id);
      if (worsened.length > 0) {
        const note = { about: "suspension-worsened", kinds: worsened, at: now.toISOString() } as const;
        await noteInThreads(trx, context, subject, note);
      }
      const isOtherwise =
        row.cause_gone_at !== null ||
        worsened.length > 0 ||
        kind !== row.kind ||
        !sameCauses(row.causes, causes) ||
        !sameWaiting(row, waiting);
      if (isOtherwise) await refreshAnnouncements(trx, context, subject);
      return true;
    }
    case "close":
      if (row !== null) await closeAndTell(trx, context, row, decision.reason, now);
      return false;
  }
}

async function tellOpened(
  trx: Transaction<Database>,
  context: MonitorContext,
  connection: string,
  suspensionId: string,
): Promise<void> {
  const content = { kind: "suspension", suspensionId } as const;
  await announceToSubscribers(trx, context, { connection, subject: suspensionSubject(suspensionId), content });
}

/** The sync is suspended for the same cause time and again: the last time's matter goes on, in the same message. */
async function openAgain(
  trx: Transaction<Database>,
  context: MonitorContext,
  connection: string,
  suspected: SuspensionRow | null,
  earlier: readonly StoredPeriod[],
  seen: Omit<NewSuspension, "id" | "connection" | "state">,
): Promise<void> {
  const id = earlier.at(-1)?.suspensionId;
  if (id === undefined) return;
  if (suspected !== null) await deleteSuspected(trx, suspected.id);
  await adoptPeriods(
    trx,
    id,
    earlier.map((period) => period.id),
  );
  await reopenSuspension(trx, { id, ...seen });
  const periods = await periodsOf(trx, id);
  const since = (periods[0]?.openedAt ?? seen.at).toISOString();
  const note = { about: "suspension-returned", times: periods.length + 1, since, at: seen.at.toISOString() } as const;
  await noteInThreads(trx, context, suspensionSubject(id), note);
  await refreshAnnouncements(trx, context, suspensionSubject(id));
  await tellOpened(trx, context, connection, id);
}

function withinADay(now: Date): Date {
  return new Date(now.getTime() - FLAPPING_WITHIN_MS);
}

/** A cause that is gone proves nothing while changes wait: the suspension is over when the sync has been seen to move. */
function isStill(row: SuspensionRow, waiting: Waiting, syncedAt: Date | null): boolean {
  return waiting.inHubSpot + waiting.inSalesforce > 0 && (syncedAt === null || syncedAt <= row.last_seen_at);
}

async function noteCauseGone(
  trx: Transaction<Database>,
  context: MonitorContext,
  row: SuspensionRow,
  waiting: Waiting,
  now: Date,
): Promise<void> {
  await updateSuspension(trx, row.id, { causeGoneAt: row.cause_gone_at ?? now, waiting });
  if (row.cause_gone_at === null || !sameWaiting(row, waiting))
    await refreshAnnouncements(trx, context, suspensionSubject(row.id));
}

/** What it held back is what was changed while its cause was seen: what comes later is the sync's own work, or any day's. */
async function closeAndTell(
  trx: Transaction<Database>,
  context: MonitorContext,
  row: SuspensionRow,
  reason: "healed" | "blip",
  now: Date,
): Promise<void> {
  const heldBack = await countWaitingUntil(trx, row.connection, row.last_seen_at);
  await updateSuspension(trx, row.id, { waiting: heldBack });
  await closeSuspension(trx, row.id, now, reason === "healed" && row.cleared_by !== null ? "cleared" : reason);
  if (reason === "blip") return;
  const subject = suspensionSubject(row.id);
  const since = row.opened_at ?? row.first_seen_at;
  const told = {
    durationMs: now.getTime() - since.getTime(),
    waiting: heldBack.inHubSpot + heldBack.inSalesforce,
    at: now.toISOString(),
  };
  const note =
    row.cleared_by === null
      ? ({ about: "suspension-healed", ...told } as const)
      : ({ about: "suspension-cleared", by: row.cleared_by, ...told } as const);
  await noteInThreads(trx, context, subject, note);
  await refreshAnnouncements(trx, context, subject);
}

function currentOf(row: SuspensionRow): CurrentSuspension {
  const kinds = [row.kind, ...row.causes.map(({ kind }) => kind)];
  return { id: row.id, state: row.state === "open" ? "open" : "suspected", kinds: [...new Set(kinds)], sightings: row.sightings };
}

function identity({ kind, details }: SuspensionCause): string {
  return JSON.stringify([kind, Object.entries(details).toSorted()]);
}

function merged(earlier: readonly SuspensionCause[], now: readonly SuspensionCause[]): readonly SuspensionCause[] {
  const known = new Set(earlier.map(identity));
  return [...earlier, ...now.filter((cause) => !known.has(identity(cause)))];
}

/** Whether the same causes hold; when each was last seen doesn't matter. */
function sameCauses(before: readonly SuspensionCause[], now: readonly SuspensionCause[]): boolean {
  return before.map(identity).toSorted().join() === now.map(identity).toSorted().join();
}

function sameWaiting(row: SuspensionRow, waiting: Waiting): boolean {
  return row.waiting_in_hubspot === waiting.inHubSpot && row.waiting_in_salesforce === waiting.inSalesforce;
}
