import { forecast, STEP_MS } from "../health/api-forecast.ts";
import { flappingOf } from "../health/flapping.ts";
import type {
  AffectedRecordReport,
  ApiReport,
  ConnectionLinks,
  ConnectionReport,
  GroupReport,
  ResyncReport,
  SuspensionReport,
  SyncErrorReport,
  WarningReport,
} from "../health/report.ts";
import { getAllocation } from "../store/allocations.ts";
import { getConnectionState } from "../store/connection-state.ts";
import {
  countByCategory,
  errorsById,
  errorsHolding,
  getError,
  getSuspension,
  type HoldingError,
  listAffectedRecords,
  listOpenErrors,
  newestSample,
  newestSuspension,
  type StoredAffectedRecord,
  type StoredError,
  type StoredSuspension,
  samplesSince,
} from "../store/reports.ts";
import { countItems, countSent, failureReasons, getRequest, newestRequest } from "../store/requests.ts";
import { periodsOf } from "../store/suspensions.ts";
import { getWarning, type StoredWarning, standingWarnings } from "../store/warnings.ts";
import { outcomeOf } from "./actions/action.ts";
import { clearIdentity, clearReport } from "./actions/clear/progress.ts";
import { resyncParameters, resyncProgress } from "./actions/resync/progress.ts";
import type { Group } from "./announcements/announcement.ts";
import { rateSamples } from "./api-samples.ts";
import { backlogFigures } from "./backlog-report.ts";
import type { MonitorContext } from "./context.ts";
import { connectionLinks } from "./links.ts";
import type { ErrorFilter, ErrorsPage, Page } from "./monitor.ts";

type Parts = Pick<MonitorContext, "db" | "clock" | "connections">;

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const REASONS_SHOWN = 5;

/** The state of a connection as the last poll left it. */
export async function connectionReport(parts: Parts, connection: string): Promise<ConnectionReport> {
  const { db } = parts;
  const state = await getConnectionState(db, connection);
  const links = connectionLinks(state?.identity ?? null);
  const [categories, warnings, newest, sample, api] = await Promise.all([
    countByCategory(db, connection),
    standingWarnings(db, connection),
    newestSuspension(db, connection),
    newestSample(db, connection),
    apiReport(parts, connection),
  ]);
  const suspension = newest?.state === "open" ? await suspensionReportOf(parts, newest, links) : null;
  const outcome = state?.poll_outcome ?? null;
  const looked = state?.polled_at !== null && state?.polled_at !== undefined;
  const problem = outcome?.state === "failed" ? outcome.evidence : null;
  // Errors that were found stay found; that there are none is not known any more once nobody can look.
  const waiting = { hubspot: sample?.waiting_in_hubspot ?? 0, salesforce: sample?.waiting_in_salesforce ?? 0 };
  const known = categories.length > 0 ? "errors" : looked && problem === null ? "healthy" : "unknown";
  return {
    connection,
    state: suspension ? "suspended" : known,
    asOf: state?.polled_at ?? null,
    problem,
    suspension,
    categories,
    warnings: warnings.map((warning) => warningReportOf(warning, links)),
    api,
    syncedToSalesforceAt: state?.synced_to_salesforce_at ?? null,
    syncedToHubSpotAt: state?.synced_to_hubspot_at ?? null,
    waiting,
    backlog: await backlogFigures(parts, connection, waiting.hubspot + waiting.salesforce),
    links,
  };
}

/** Salesforce API calls: now, over a week, and when they run out at this rate. */
export async function apiReport({ db, clock, connections }: Parts, connection: string): Promise<ApiReport> {
  const now = clock.now();
  const sample = await newestSample(db, connection);
  const settings = connections.get(connection)?.settings;
  const set = await getAllocation(db, connection);
  const stepMs = settings?.warnings.rateOverMs ?? STEP_MS;
  const week = await samplesSince(db, connection, new Date(now.getTime() - WEEK_MS), HOUR_MS);
  const { perHour, exhaustedAt } = forecast(await rateSamples(db, connection, stepMs, now), now, stepMs);
  return {
    used: sample?.api_used ?? null,
    max: sample?.api_max ?? null,
    asOf: sample?.at ?? null,
    hubspotCalls: sample?.hubspot_calls ?? null,
    allocation: set?.calls ?? settings?.allocation ?? null,
    exhaustedAt,
    perHour,
    samples: week.flatMap(({ at, api_used }) => (api_used === null ? [] : [{ at, used: api_used }])),
  };
}

export async function errorReports(
  parts: Parts,
  connection: string,
  filter: ErrorFilter,
  offset: number,
  limit: number,
): Promise<ErrorsPage> {
  const state = await getConnectionState(parts.db, connection);
  const links = connectionLinks(state?.identity ?? null);
  const { errors, total } = await listOpenErrors(parts.db, connection, filter, offset, limit);
  return {
    items: errors.map((error) => syncErrorReport(error, links, parts.clock.now())),
    total,
    offset,
    asOf: state?.polled_at ?? null,
  };
}

export async function errorReport(parts: Parts, errorId: string): Promise<SyncErrorReport | null> {
  const error = await getError(parts.db, errorId.toUpperCase());
  return error ? syncErrorReport(error, await linksOf(parts, error.connection), parts.clock.now()) : null;
}

export async function affectedRecordReports(
  parts: Parts,
  errorId: string,
  offset: number,
  limit: number,
): Promise<Page<AffectedRecordReport>> {
  const { records, total } = await listAffectedRecords(parts.db, errorId.toUpperCase(), offset, limit);
  const [first] = records;
  const keys = records.map(({ record_key }) => record_key);
  const holding = first === undefined ? [] : await errorsHolding(parts.db, first.connection, keys);
  return { items: records.map((record) => affectedRecordReport(record, holding)), total, offset };
}

export async function suspensionReport(parts: Parts, suspensionId: string): Promise<SuspensionReport | null> {
  const suspension = await getSuspension(parts.db, suspensionId);
  return suspension ? suspensionReportOf(parts, suspension, await linksOf(parts, suspension.connection)) : null;
}

export async function currentSuspensionReport(parts: Parts, connection: string): Promise<SuspensionReport | null> {
  const suspension = await newestSuspension(parts.db, connection);
  return suspension ? suspensionReportOf(parts, suspension, await linksOf(parts, connection)) : null;
}

/** The state of a resync request, counted from its items. */
export async function resyncReport({ db }: Parts, requestId: string): Promise<ResyncReport | null> {
  const request = await getRequest(db, requestId);
  if (request?.kind !== "resync") return null;
  const counts = await countItems(db, requestId);
  const of = (...states: (keyof typeof counts)[]) => states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  const { target, strategy } = resyncParameters(request);
  return {
    requestId,
    connection: request.connection,
    requestedBy: request.requested_by,
    requestedAt: request.requested_at,
    target,
    strategy,
    state: request.state,
    total: of("waiting", "sending", "sent", "synced", "failing", "changed", "skipped", "gone"),
    sent: await countSent(db, requestId),
    synced: of("synced"),
    failing: of("failing"),
    changed: of("changed"),
    skipped: of("skipped"),
    gone: of("gone"),
    reasons: await failureReasons(db, requestId, REASONS_SHOWN),
    pause: resyncProgress(request).pause,
    finishedAt: request.finished_at,
    outcome: outcomeOf(request),
  };
}

export function syncErrorReport(error: StoredError, links: ConnectionLinks, now: Date): SyncErrorReport {
  const isMuted = error.muted_at !== null && (error.muted_until === null || error.muted_until > now);
  return {
    id: error.id,
    connection: error.connection,
    category: error.category,
    type: error.type,
    direction: error.direction,
    object: error.object,
    hubspotProperty: error.hubspot_property,
    salesforceField: error.salesforce_field,
    details: error.details,
    evidence: error.evidence,
    affectedRecords: error.affected_records,
    firstSeenAt: error.first_seen_at,
    openedAt: error.opened_at,
    occurrences: error.occurrences,
    lastSeenAt: error.last_seen_at,
    resolvedAt: error.resolved_at,
    mute: isMuted ? { until: error.muted_until, by: error.muted_by, reason: error.mute_reason } : null,
    links,
  };
}

export async function warningReport(parts: Parts, warningId: string): Promise<WarningReport | null> {
  const warning = await getWarning(parts.db, warningId);
  return warning && warningReportOf(warning, await linksOf(parts, warning.connection));
}

/** Several things as they are now; what is no longer stored is left out. */
export async function groupReport(
  parts: Parts,
  connection: string,
  { errorIds, warningIds, quiet }: Omit<Group, "problems">,
): Promise<GroupReport> {
  const links = await linksOf(parts, connection);
  const now = parts.clock.now();
  const errors = (await errorsById(parts.db, errorIds)).map((error) => syncErrorReport(error, links, now));
  const warnings = await Promise.all(warningIds.map((id) => warningReport(parts, id)));
  return {
    connection,
    errors: errors.toSorted(
      (one, other) =>
        Number(one.resolvedAt !== null) - Number(other.resolvedAt !== null) || other.affectedRecords - one.affectedRecords,
    ),
    warnings: warnings.filter((warning) => warning !== null),
    quiet: quiet && { from: new Date(quiet.from), to: new Date(quiet.to) },
  };
}

function warningReportOf(row: StoredWarning, links: ConnectionLinks): WarningReport {
  const { id, connection, key, kind, details, evidence } = row;
  const times = { openedAt: row.opened_at, lastSeenAt: row.last_seen_at, closedAt: row.closed_at };
  return { id, connection, key, kind, details, evidence, ...times, links };
}

export async function suspensionReportOf(parts: Parts, row: StoredSuspension, links: ConnectionLinks): Promise<SuspensionReport> {
  const request = await newestRequest(parts.db, clearIdentity(row.id));
  const left = row.summarised_at === null ? row.waiting_in_hubspot + row.waiting_in_salesforce : 0;
  return {
    id: row.id,
    connection: row.connection,
    kind: row.kind,
    state: row.state,
    causes: row.causes,
    openedAt: row.opened_at ?? row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    causeGoneAt: row.cause_gone_at,
    closedAt: row.closed_at,
    closeReason: row.close_reason,
    acknowledgedBy: row.acknowledged_by,
    acknowledgedAt: row.acknowledged_at,
    clearedBy: row.cleared_by,
    waiting: { hubspot: row.waiting_in_hubspot, salesforce: row.waiting_in_salesforce },
    backlog: await backlogFigures(parts, row.connection, left),
    mostWaiting: row.most_waiting,
    flapping: flappingOf(await periodsOf(parts.db, row.id), row.state === "open"),
    clearing: request ? clearReport(request) : null,
    links,
  };
}

function affectedRecordReport(record: StoredAffectedRecord, holding: readonly HoldingError[]): AffectedRecordReport {
  const own = holding.filter(({ recordKey }) => recordKey === record.record_key);
  const place = own.findIndex(({ errorId }) => errorId === record.error_id);
  const other = ({ errorId, type }: HoldingError) => ({ errorId, type });
  return {
    key: record.record_key,
    before: own.slice(0, Math.max(0, place)).map(other),
    after: own.slice(place + 1).map(other),
    object: record.object,
    hubspotId: record.hubspot_id,
    salesforceObject: record.salesforce_object,
    salesforceId: record.salesforce_id,
    label: record.label,
    value: record.value,
    firstSeenAt: record.first_seen_at,
    evidence: record.evidence,
  };
}

export async function linksOf({ db }: Pick<Parts, "db">, connection: string): Promise<ConnectionLinks> {
  const state = await getConnectionState(db, connection);
  return connectionLinks(state?.identity ?? null);
}
