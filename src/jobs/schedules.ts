import type { Kysely } from "kysely";
import { type RunCoordinator, type ScheduledTask, schedule } from "node-cron";
import { NIGHTLY, requestAudit } from "../monitor/audit/request-audit.ts";
import type { MonitorContext } from "../monitor/context.ts";
import { forgetRuns, takeRun } from "../store/cron-runs.ts";
import type { Database } from "../store/schema.ts";

const DAY_MS = 86_400_000;
const LEASE_MS = 60_000;

/** Of many processes on one database, one runs each scheduled tick: the one whose row is there first. */
export function databaseCoordinator(db: Kysely<Database>, now: () => Date): RunCoordinator {
  return { shouldRun: (run) => takeRun(db, run, now()) };
}

export interface Schedules {
  stop(): Promise<void>;
}

/** What the clock sets off besides the polls. */
export interface Ticks {
  /** Every minute: digests that are due, announcements and requests whose job was lost. */
  everyMinute(): Promise<void>;
}

/**
 * Starts the schedules: each connection's polls and audits in its own time zones, and the minute's tick. They only put jobs in the queue.
 */
export function startSchedules(context: MonitorContext, ticks: Ticks): Schedules {
  const { db, clock, jobs, logger } = context;
  const runCoordinator = databaseCoordinator(db, () => clock.now());
  const shared = { noOverlap: true, distributed: true, runCoordinator, distributedLease: LEASE_MS, suppressMissedWarning: true };
  const guarded = (what: string, run: () => Promise<void>) => () =>
    run().catch((error: unknown) =>
      logger.error({ schedule: what, error: String(error) }, "a scheduled run could not be queued"),
    );
  const tasks: ScheduledTask[] = [...context.connections.values()].flatMap((connection) => {
    const { name, poll, audit } = connection.settings;
    const run = guarded(`poll ${name}`, () => jobs.send({ kind: "poll", connection: name }));
    const polls = schedule(poll.cron, run, { ...shared, name: `poll:${name}`, timezone: poll.timeZone });
    if (audit.cron === null) return [polls];
    const nightly = guarded(`audit ${name}`, async () => void (await requestAudit(context, connection, {}, NIGHTLY)));
    return [polls, schedule(audit.cron, nightly, { ...shared, name: `audit:${name}`, timezone: audit.timeZone })];
  });
  tasks.push(schedule("* * * * *", guarded("minute", ticks.everyMinute), { ...shared, name: "minute", timezone: "UTC" }));
  const forget = guarded("housekeeping", () => forgetRuns(db, new Date(clock.now().getTime() - DAY_MS)));
  tasks.push(schedule("17 3 * * *", forget, { ...shared, name: "housekeeping", timezone: "UTC" }));
  return {
    async stop() {
      for (const task of tasks) await task.destroy();
    },
  };
}
