import { CronExpressionParser } from "cron-parser";
import type { Cadence } from "../../config/config.ts";
import type { DigestReport } from "../../health/report.ts";
import {
  countAffectedRecords,
  errorsBetween,
  listOpenErrors,
  type StoredError,
  type StoredSample,
  samplesSince,
  suspensionsBetween,
} from "../../store/reports.ts";
import { getSubscription, listSubscriptions, markDigested, type StoredSubscription } from "../../store/subscriptions.ts";
import type { MonitorContext } from "../context.ts";
import { connectionReport, suspensionReportOf, syncErrorReport } from "../reports.ts";
import { announceToChannel } from "./announce.ts";

const DAY_MS = 86_400_000;
const TOP_ERRORS = 5;
const TREND_DAYS = 7;

/** How long one period of a digest is. */
function periodMs(cadence: Cadence): number {
  return cadence.kind === "weekly" ? 7 * DAY_MS : DAY_MS;
}

/** The newest moment at or before `now` at which a digest is due, in the cadence's time zone; null for immediate ones. */
export function lastDue(cadence: Cadence, now: Date): Date | null {
  if (cadence.kind === "immediate") return null;
  const [hour, minute] = cadence.time.split(":").map(Number);
  const day = cadence.kind === "weekly" ? cadence.weekday : "*";
  const justAfter = new Date(now.getTime() + 1);
  return CronExpressionParser.parse(`${minute} ${hour} * * ${day}`, { tz: cadence.timeZone, currentDate: justAfter })
    .prev()
    .toDate();
}

/**
 * Queues the digests that are due. One that was missed while nothing ran is sent if it is less than half its period late, else
 * skipped with a line in the log. A new subscription gets its first digest as soon as its connection has been looked at.
 */
export async function queueDueDigests(context: MonitorContext): Promise<void> {
  const now = context.clock.now();
  for (const subscription of await listSubscriptions(context.db)) {
    if (!context.connections.has(subscription.connection)) continue;
    if (subscription.digested_until === null) {
      await queueFirst(context, subscription);
      continue;
    }
    const due = lastDue(subscription.cadence, now);
    if (due === null || due <= subscription.digested_until) continue;
    const late = now.getTime() - due.getTime();
    if (late < periodMs(subscription.cadence) / 2) {
      await context.jobs.send({ kind: "digest", subscriptionId: subscription.id, dueAt: due.toISOString() });
    } else if (await context.db.transaction().execute((trx) => markDigested(trx, subscription.id, due))) {
      context.logger.warn({ subscription: subscription.id, due: due.toISOString() }, "a digest is too late and was skipped");
    }
  }
}

/** Due since the subscription was made, so that it is the same job however often it is queued. */
async function queueFirst(context: MonitorContext, subscription: StoredSubscription): Promise<void> {
  const report = await connectionReport(context, subscription.connection);
  if (report.asOf === null) return;
  await context.jobs.send({ kind: "digest", subscriptionId: subscription.id, dueAt: subscription.created_at.toISOString() });
}

/** Makes one digest and owes it to its channel. Does nothing where that period has been told already. */
export async function makeDigest(context: MonitorContext, subscriptionId: string, dueAt: Date): Promise<void> {
  const subscription = await getSubscription(context.db, subscriptionId);
  if (!subscription || (subscription.digested_until !== null && subscription.digested_until >= dueAt)) return;
  const isFirst = subscription.digested_until === null;
  const until = isFirst ? context.clock.now() : dueAt;
  const digest = await digestReport(context, subscription, until);
  const quiet = digest.report.state === "healthy" && digest.resolved.length === 0 && digest.suspensions.length === 0;
  await context.db.transaction().execute(async (trx) => {
    if (!(await markDigested(trx, subscriptionId, until))) return;
    if (quiet && subscription.quiet_when_healthy && !isFirst) return;
    const { connection, channel } = subscription;
    // A channel that subscribes to a connection twice is told the state of things once.
    const subject = isFirst ? `digest:${connection}:first` : `digest:${subscriptionId}:${dueAt.toISOString()}`;
    await announceToChannel(trx, context, { connection, channel, subject, content: { kind: "digest", digest } });
  });
}

async function digestReport(context: MonitorContext, subscription: StoredSubscription, to: Date): Promise<DigestReport> {
  const { db } = context;
  const { connection, cadence, categories } = subscription;
  const from = subscription.digested_until ?? new Date(to.getTime() - periodMs(cadence));
  const wanted = (error: StoredError) => categories === null || categories.includes(error.category);
  const report = await connectionReport(context, connection);
  const now = context.clock.now();
  const reports = (errors: readonly StoredError[]) =>
    errors.filter(wanted).map((error) => syncErrorReport(error, report.links, now));
  const open = await listOpenErrors(db, connection, {}, 0, 1000);
  const top = open.errors.filter(wanted);
  const suspensions = await suspensionsBetween(db, connection, from, to);
  const samples = await samplesSince(db, connection, new Date(to.getTime() - TREND_DAYS * DAY_MS), 3_600_000);
  return {
    report,
    from,
    to,
    cadence: cadence.kind === "weekly" ? "weekly" : "daily",
    appeared: subscription.digested_until === null ? [] : reports(await errorsBetween(db, connection, "appeared", from, to)),
    resolved: reports(await errorsBetween(db, connection, "resolved", from, to)),
    top: reports(top.slice(0, TOP_ERRORS)),
    totalErrors: categories === null ? open.total : top.length,
    totalAffectedRecords: await countAffectedRecords(db, connection),
    suspensions: await Promise.all(suspensions.map((row) => suspensionReportOf(context, row, report.links))),
    trend: trendByDay(samples, cadence.kind === "immediate" ? "UTC" : cadence.timeZone),
  };
}

/** Each day's last sample, days being those of the digest's time zone. */
function trendByDay(samples: readonly StoredSample[], timeZone: string): DigestReport["trend"] {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const days = new Map<string, StoredSample>();
  for (const sample of samples) days.set(format.format(sample.at), sample);
  return [...days]
    .slice(-TREND_DAYS)
    .map(([day, sample]) => ({ day, affectedRecords: sample.affected_records, errors: sample.open_errors }));
}
