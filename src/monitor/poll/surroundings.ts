import { stalled } from "../../health/stall.ts";
import { SUSPENSION_CATALOGUE } from "../../health/suspension-catalogue.ts";
import { lastClosedAt, lastSpell, unfinishedSuspension } from "../../store/suspensions.ts";
import { waitingSince } from "../../store/tracked-records.ts";
import type { Connection, MonitorContext } from "../context.ts";
import type { DueOptions } from "./due.ts";
import { later, type SignsOfLife } from "./scan.ts";

const DAY_MS = 86_400_000;

/** What is known of a connection while its records are examined. */
export interface Watched {
  readonly context: Pick<MonitorContext, "db">;
  readonly connection: Connection;
  readonly signs: SignsOfLife;
  readonly watchedSince: Date;
  readonly now: Date;
}

/** What the sync does meanwhile: decides what an examined record's difference means. */
export interface Surroundings {
  readonly due: Omit<DueOptions, "onCause">;
  /** Differences older than this, with nothing against them, are no waiting changes. */
  readonly keepSince: Date;
}

export async function surroundingsOf(watched: Watched): Promise<Surroundings> {
  const { context, connection, signs, watchedSince, now } = watched;
  const { name } = connection.settings;
  const unfinished = await unfinishedSuspension(context.db, name);
  // What was changed while the sync was suspended waits for it, whoever began to watch it when.
  const suspendedSince = unfinished === null ? watchedSince : new Date(unfinished.first_seen_at.getTime() - DAY_MS);
  // What was changed while a suspension stands has not been seen by anybody yet.
  const suspended = unfinished === null ? await lastSpell(context.db, name) : { from: unfinished.first_seen_at, until: now };
  return {
    due: {
      now,
      watchedSince,
      suspended,
      syncedToSalesforceAt: signs.toSalesforce,
      syncedToHubSpotAt: signs.toHubSpot,
      standsStill: unfinished !== null || (await stallOf(watched)) !== null,
    },
    keepSince: suspendedSince < watchedSince ? suspendedSince : watchedSince,
  };
}

/** What waits, where the sync stands still; null where it doesn't, or where that isn't certain. */
export async function stallOf(watched: Watched): Promise<{ readonly records: number; readonly oldestAt: Date } | null> {
  const { context, connection, now } = watched;
  const { name, stallMs } = connection.settings;
  const waiting = await waitingSince(context.db, name, standingSince(watched));
  const unfinished = await unfinishedSuspension(context.db, name);
  if (unfinished !== null && (await waitsForClear(watched, unfinished))) return null;
  // What waited for another cause has a stall's time from when that cause was last seen.
  const stillSince = unfinished?.kind === "unknown-error" ? null : (unfinished?.last_seen_at ?? null);
  const lastSyncAt = later(watched.signs.toSalesforce, watched.signs.toHubSpot);
  const movedAt = later(later(lastSyncAt, await lastClosedAt(context.db, name)), stillSince);
  if (!stalled({ waiting, lastSyncAt: movedAt, stallMs, now })) return null;
  const oldest = waiting.reduce((first, { oldestAt }) => Math.min(first, oldestAt.getTime()), now.getTime());
  return { records: waiting.reduce((sum, { records }) => sum + records, 0), oldestAt: new Date(oldest) };
}

/**
 * Whether what waits still waits for a suspension whose cause is gone: one that doesn't clear by itself stands, in HubSpot too,
 * until somebody clears it or a change in HubSpot has it try again.
 */
async function waitsForClear(
  { context, connection }: Watched,
  { state, kind, last_seen_at }: NonNullable<Awaited<ReturnType<typeof unfinishedSuspension>>>,
): Promise<boolean> {
  if (state !== "open" || SUSPENSION_CATALOGUE[kind].clearsItself !== "no") return false;
  const since = await waitingSince(context.db, connection.settings.name, last_seen_at);
  return !since.some(({ changedIn }) => changedIn === "hubspot");
}

/** Changes made since then wait for a sync that hasn't been seen to move. */
export function standingSince({ signs, watchedSince }: Watched): Date {
  return later(later(signs.toSalesforce, signs.toHubSpot), watchedSince) ?? watchedSince;
}
