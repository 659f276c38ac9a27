import { digestChanges } from "../../health/digest-changes.ts";
import type { DigestReport, ErrorChange } from "../../health/report.ts";
import {
  countAffectedRecords,
  errorsBetween,
  errorsById,
  openErrorCounts,
  type StoredSample,
  samplesSince,
  suspensionsBetween,
} from "../../store/reports.ts";
import { type StoredSubscription, settingsOf } from "../../store/subscriptions.ts";
import type { MonitorContext } from "../context.ts";
import { connectionReport, suspensionReportOf, syncErrorReport } from "../reports.ts";
import { isAbout } from "./who-hears.ts";

const DAY_MS = 86_400_000;
const TOP_ERRORS = 5;
const TREND_DAYS = 7;
/** How many of those that are new, grown or gone are named. */
const NAMED_ERRORS = 5;

/** A digest with what the next one is to be compared with: how many records each error held back, by its id. */
export interface MadeDigest {
  readonly digest: DigestReport;
  readonly records: Readonly<Record<string, number>>;
}

/** How a connection stands for one subscription, and what has changed since it was last told. */
export async function makeDigestReport(context: MonitorContext, subscription: StoredSubscription, to: Date): Promise<MadeDigest> {
  const { db } = context;
  const { connection } = subscription;
  const settings = settingsOf(subscription);
  const { cadence, categories, objects, atLeast } = settings;
  const since = subscription.told_until;
  const from = since ?? new Date(to.getTime() - DAY_MS);
  const report = await connectionReport(context, connection);
  const now = context.clock.now();
  const open = (await openErrorCounts(db, connection)).filter((error) => isAbout(settings, error));
  const changes = digestChanges(
    open.map((error) => ({ ...error, isMuted: isMuted(error, now) })),
    subscription.told_records,
    since,
    atLeast,
  );
  const reportsOf = async (ids: readonly string[], most: number) => {
    const errors = await errorsById(db, ids.slice(0, most));
    return errors.map((error) => syncErrorReport(error, report.links, now));
  };
  const changeOf = async (ids: readonly string[]): Promise<ErrorChange> => ({
    total: ids.length,
    first: await reportsOf(ids, NAMED_ERRORS),
  });
  const gone = since === null ? [] : await errorsBetween(db, connection, "resolved", from, to);
  const resolved = gone.filter(
    (error) => isAbout(settings, error) && (subscription.told_records[error.id] ?? atLeast) >= atLeast,
  );
  const suspensions = await suspensionsBetween(db, connection, from, to);
  const samples = await samplesSince(db, connection, new Date(to.getTime() - TREND_DAYS * DAY_MS), 3_600_000);
  const filter = categories === null && objects === null ? null : { categories, objects };
  const digest: DigestReport = {
    report,
    from,
    to,
    isFirst: since === null,
    filter,
    appeared: await changeOf(changes.appeared),
    grown: { ...(await changeOf(changes.grown)), by: changes.grownBy },
    resolved: await changeOf(resolved.map(({ id }) => id)),
    top: await reportsOf(changes.listed, TOP_ERRORS),
    totalErrors: open.length,
    totalAffectedRecords: await countAffectedRecords(db, connection, filter),
    muted: changes.muted,
    small: { ...changes.small, atLeast },
    suspensions: await Promise.all(suspensions.map((row) => suspensionReportOf(context, row, report.links))),
    trend: trendByDay(samples, cadence.kind === "immediate" ? "UTC" : cadence.timeZone),
  };
  return { digest, records: Object.fromEntries(open.map(({ id, records }) => [id, records])) };
}

function isMuted(
  { mutedAt, mutedUntil }: { readonly mutedAt: Date | null; readonly mutedUntil: Date | null },
  now: Date,
): boolean {
  return mutedAt !== null && (mutedUntil === null || mutedUntil > now);
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
