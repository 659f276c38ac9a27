import { RATE_OVER_MS, workingOff } from "../health/backlog.ts";
import type { BacklogFigures, BacklogReport } from "../health/report.ts";
import { listWaiting, oldestWaitingAt, waitingSamples } from "../store/backlog.ts";
import { getConnectionState } from "../store/connection-state.ts";
import { newestSample } from "../store/reports.ts";
import { unfinishedSuspension } from "../store/suspensions.ts";
import type { MonitorContext } from "./context.ts";
import { connectionLinks } from "./links.ts";

type Parts = Pick<MonitorContext, "db" | "clock">;

/** Since when a connection's oldest change waits, how fast its backlog shrinks, and when `left` of it are worked off. */
export async function backlogFigures({ db, clock }: Parts, connection: string, left: number): Promise<BacklogFigures> {
  if (left === 0) return { oldestAt: null, perHour: null, endsAt: null };
  const now = clock.now();
  const samples = await waitingSamples(db, connection, new Date(now.getTime() - RATE_OVER_MS));
  return { oldestAt: await oldestWaitingAt(db, connection), ...workingOff(samples, left, now) };
}

/** What waits for the native sync, those with the oldest change first, a page of them. */
export async function backlogReport(parts: Parts, connection: string, offset: number, limit: number): Promise<BacklogReport> {
  const { db } = parts;
  const [state, sample, suspension, { records, total }] = await Promise.all([
    getConnectionState(db, connection),
    newestSample(db, connection),
    unfinishedSuspension(db, connection),
    listWaiting(db, connection, offset, limit),
  ]);
  return {
    connection,
    asOf: state?.polled_at ?? null,
    suspended: suspension?.state === "open",
    waiting: { hubspot: sample?.waiting_in_hubspot ?? 0, salesforce: sample?.waiting_in_salesforce ?? 0 },
    figures: await backlogFigures(parts, connection, total),
    records: records.map((row) => ({
      record: {
        object: row.object,
        hubspotId: row.hubspot_id,
        salesforceObject: row.salesforce_object,
        salesforceId: row.salesforce_id,
        label: row.label ?? row.hubspot_id ?? row.salesforce_id ?? row.record_key,
      },
      changedIn: row.changed_in,
      changedAt: row.changed_at,
    })),
    total,
    offset,
    links: connectionLinks(state?.identity ?? null),
  };
}
