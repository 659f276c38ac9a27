import type { Transaction } from "kysely";
import { FLAPPING_ENDS_AFTER_MS, TIMES_THAT_FLAP } from "../../health/flapping.ts";
import { countFoundInError, countResynced, countWaitingUntil } from "../../store/backlog.ts";
import type { Database } from "../../store/schema.ts";
import {
  endingSuspensions,
  markSummarised,
  periodsOf,
  type StoredPeriod,
  type SuspensionRow,
  updateSuspension,
} from "../../store/suspensions.ts";
import type { Waiting } from "../../store/tracked-records.ts";
import { noteInThreads, refreshAnnouncements } from "../announcements/announce.ts";
import type { Connection, MonitorContext } from "../context.ts";
import { suspensionSubject } from "../suspension-subject.ts";

/**
 * Follows what waited when a suspension closed until it is worked off, keeps the message about it current meanwhile, and then
 * sums the matter up in its thread, once. It ends without that where the sync is suspended anew, or after as long as a request
 * may take.
 */
export async function followEnds(
  trx: Transaction<Database>,
  context: MonitorContext,
  { settings }: Connection,
  isSuspended: boolean,
  now: Date,
): Promise<void> {
  for (const row of await endingSuspensions(trx, settings.name)) {
    const closedAt = row.closed_at ?? now;
    const left = await countWaitingUntil(trx, settings.name, row.last_seen_at);
    if (left.inHubSpot !== row.waiting_in_hubspot || left.inSalesforce !== row.waiting_in_salesforce) {
      await updateSuspension(trx, row.id, { waiting: left });
      await refreshAnnouncements(trx, context, suspensionSubject(row.id));
    }
    const periods = await periodsOf(trx, row.id);
    const sinceMs = now.getTime() - closedAt.getTime();
    const mayComeBack = periods.length >= TIMES_THAT_FLAP && sinceMs < FLAPPING_ENDS_AFTER_MS;
    const isOver = total(left) === 0 && !mayComeBack;
    if (isOver || isSuspended || sinceMs >= settings.requestsExpireMs) await summarise(trx, context, row, periods, left, now);
  }
}

async function summarise(
  trx: Transaction<Database>,
  context: MonitorContext,
  row: SuspensionRow,
  periods: readonly StoredPeriod[],
  left: Waiting,
  now: Date,
): Promise<void> {
  if (!(await markSummarised(trx, row.id, now))) return;
  const closedAt = row.closed_at ?? now;
  const lastedMs = periods.reduce((sum, period) => sum + period.closedAt.getTime() - period.openedAt.getTime(), 0);
  const note = {
    about: "suspension-over",
    kind: row.kind,
    durationMs: lastedMs,
    times: Math.max(1, periods.length),
    acknowledgedBy: row.acknowledged_by,
    clearedBy: row.close_reason === "cleared" ? row.cleared_by : null,
    mostWaiting: Math.max(row.most_waiting, total(left), ...periods.map(({ mostWaiting }) => mostWaiting)),
    inError: await countFoundInError(trx, row.connection, row.last_seen_at, row.cause_gone_at ?? closedAt),
    resynced: await countResynced(trx, row.connection, closedAt),
    left: total(left),
    at: now.toISOString(),
  } as const;
  await noteInThreads(trx, context, suspensionSubject(row.id), note);
  await refreshAnnouncements(trx, context, suspensionSubject(row.id));
}

function total({ inHubSpot, inSalesforce }: Waiting): number {
  return inHubSpot + inSalesforce;
}
