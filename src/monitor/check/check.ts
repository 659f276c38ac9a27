import { groupKey } from "../../health/cause.ts";
import type { Evidence } from "../../health/evidence.ts";
import { type Refusal, RefusedError } from "../../health/refusal.ts";
import type { ConnectionLinks, SyncErrorReport } from "../../health/report.ts";
import type { Finding, RecordReference } from "../../health/sync-errors.ts";
import { recordKey } from "../../records/pairing.ts";
import type { HubSpotRecord } from "../../records/record.ts";
import type { RecordQuery } from "../../records/record-query.ts";
import { getConnectionState, type StoredConnectionState, saveConnectionState } from "../../store/connection-state.ts";
import { errorsByGroupKey } from "../../store/error-groups.ts";
import { openErrorsOfRecord } from "../../store/reports.ts";
import { affectedRecords } from "../../store/resync-records.ts";
import { type SuspensionRow, unfinishedSuspension } from "../../store/suspensions.ts";
import { type StoredTrackedRecord, trackedRecord } from "../../store/tracked-records.ts";
import type { Connection, MonitorContext } from "../context.ts";
import { findingsOf, standingOf } from "../poll/due.ts";
import type { Examination } from "../poll/examination.ts";
import { changeOf, examineSituated, isWaiting } from "../poll/examine.ts";
import { propertiesToRead } from "../poll/fields.ts";
import { pauseReason } from "../poll/pause.ts";
import { loadSchemaCache, type SchemaCache } from "../poll/schema.ts";
import { type Situated, situationsOf } from "../poll/situation.ts";
import { surroundingsOf } from "../poll/surroundings.ts";
import { errorReport, linksOf, syncErrorReport } from "../reports.ts";
import type { CheckOutcome, CheckReason, CheckReport, CheckVerdict, LastSync, Trial } from "./check-report.ts";
import { fieldReports } from "./fields.ts";
import { locate, referenceTo } from "./locate.ts";
import { pairingOf } from "./pairing.ts";

/** Salesforce calls that a rolled-back write of the one record may cost. */
const TRIAL_CALLS = 2;

/** What of a record's state the polls have stored. */
interface Stored {
  readonly state: StoredConnectionState | null;
  readonly tracked: StoredTrackedRecord | null;
  readonly open: readonly SyncErrorReport[];
  readonly suspension: SuspensionRow | null;
}

/**
 * Looks at one record live, as a poll would examine it, and says everything about it. Reads both systems and, where something
 * is to travel to Salesforce, has Salesforce refuse it in a rolled-back write; stores nothing but schemas. A system that refuses
 * to be read, or a budget of calls that is used up, leaves the verdict not known and shows what is.
 */
export async function check(context: MonitorContext, connection: Connection, query: RecordQuery): Promise<CheckOutcome> {
  const { db, clock } = context;
  const { name } = connection.settings;
  const now = clock.now();
  const state = await getConnectionState(db, name);
  const links = await linksOf(context, name);
  const elsewhere = whyElsewhere(query, state, name);
  if (elsewhere !== null) return { outcome: "declined", why: elsewhere };
  const pause = await pauseReason(context, connection, null, now);
  if (pause !== null) return inHubSpotAlone(context, connection, query, { at: now.toISOString(), statement: pause });
  try {
    const { records, isAmbiguous } = await locate(connection, query);
    const [reference, ...others] = records;
    if (reference === undefined) return { outcome: "not-found", looked: lookedIn(query) };
    if (isAmbiguous) return { outcome: "several", records, links };
    return await checkRecord(context, connection, { query, reference, others }, state, links, now);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return inHubSpotAlone(context, connection, query, refusalEvidence(error.refusal, now));
  }
}

interface Meant {
  readonly query: RecordQuery;
  readonly reference: RecordReference;
  readonly others: readonly RecordReference[];
}

async function checkRecord(
  context: MonitorContext,
  connection: Connection,
  { query, reference, others }: Meant,
  state: StoredConnectionState | null,
  links: ConnectionLinks,
  now: Date,
): Promise<CheckOutcome> {
  const cache = await loadSchemaCache(context, connection);
  const watchedSince = state?.watched_since ?? now;
  const situations = await situationsOf(connection, cache, [reference], now, { allHistory: true, watchedSince });
  const situated = situations.get(recordKey(reference));
  if (situated === undefined || situated.situation.state === "gone") {
    return { outcome: "not-found", looked: lookedIn(query) };
  }
  const stored = await readStored(context, connection, situated.reference, state, links);
  const { examination, trial } = await examineOne(connection, cache, situated, stored, now);
  await saveConnectionState(context.db, connection.settings.name, { schemaParts: cache.replaced() });
  const signs = { toSalesforce: state?.synced_to_salesforce_at ?? null, toHubSpot: state?.synced_to_hubspot_at ?? null };
  const { due, keepSince } = await surroundingsOf({ context, connection, signs, watchedSince, now });
  const tracking = stored.tracked?.state ?? "waiting";
  const isHeldToHubSpot = stored.open.some(({ direction }) => direction === "salesforce-to-hubspot");
  const findings = findingsOf(tracking, examination, isHeldToHubSpot, connection, due);
  const standing = standingOf(tracking, examination, findings, connection.settings, keepSince);
  const earlierStands = examination.state === "out-of-step" && examination.earlierStands;
  const found = { findings, earlierStands: earlierStands || findings.length === 0 };
  const list = connection.settings.hubspot.inclusionList;
  const report: CheckReport = {
    connection: connection.settings.name,
    at: now,
    record: situated.reference,
    verdict: verdictOf(examination, standing, connection, now),
    pairing: await pairingOf(connection, situated, others),
    inclusion: list === null || situated.isMember === null ? null : { list, isMember: situated.isMember },
    fields: fieldReports(connection, cache, situated),
    reasons: standing === "in-error" ? await reasonsOf(context, connection, found, stored, situated.reference) : [],
    lastSync: await lastSyncOf(connection, situated),
    trial,
    suspension: suspensionOf(stored),
    links,
  };
  return { outcome: "checked", report };
}

/** Examined as by a poll, with a rolled-back write where one may be made. */
async function examineOne(
  connection: Connection,
  cache: SchemaCache,
  situated: Situated,
  stored: Stored,
  now: Date,
): Promise<{ readonly examination: Examination; readonly trial: Trial }> {
  const { settings } = connection;
  const key = recordKey(situated.reference);
  const held = await whyNotTried(connection, situated, stored, now);
  const triedAt = stored.tracked?.tried_at ?? null;
  const isRecent = triedAt !== null && now.getTime() - triedAt.getTime() < settings.diagnosis.retryAfterMs;
  const version = stored.tracked?.tried_version ?? null;
  const tried = new Map(version === null ? [] : [[key, { version, isDue: !isRecent }]]);
  let isTriedAlike = false;
  const examinations = await examineSituated(
    connection,
    cache,
    new Map([[key, situated]]),
    {
      trial: held === null,
      maxTrialCalls: TRIAL_CALLS,
      maxTrials: 1,
      tried,
      onCause: () => {
        isTriedAlike = true;
      },
    },
    now,
  );
  const examination = examinations.get(key) ?? { state: "gone", reference: situated.reference };
  if (examination.state !== "out-of-step") return { examination, trial: { state: "not-needed" } };
  if (examination.triedVersion !== null) {
    return { examination, trial: { state: examination.findings.length > 0 ? "refused" : "nothing-refused" } };
  }
  if (examination.diagnosis === "not-tried") {
    return { examination, trial: { state: "not-tried", because: isTriedAlike ? "undecided" : (held ?? "undecided") } };
  }
  if (examination.earlierStands && triedAt !== null) return { examination, trial: { state: "tried-before", at: triedAt } };
  return { examination, trial: { state: "not-needed" } };
}

/** Why no rolled-back write is made, where none is: the same manners as a poll's. */
async function whyNotTried(
  connection: Connection,
  { situation }: Situated,
  { suspension }: Stored,
  now: Date,
): Promise<"off" | "grace" | "suspended" | null> {
  const { diagnosis, graceMs } = connection.settings;
  if (!diagnosis.rolledBackWrites) return "off";
  if (suspension?.state === "open") return "suspended";
  if (!isWaiting(situation)) return null;
  const { userId } = await connection.salesforce.identity();
  return now.getTime() < changeOf(situation, userId).changedAt.getTime() + graceMs ? "grace" : null;
}

function verdictOf(
  examination: Examination,
  standing: ReturnType<typeof standingOf>,
  { settings }: Connection,
  now: Date,
): CheckVerdict {
  if (examination.state === "excluded") return { state: "excluded", why: examination.why };
  if (examination.state !== "out-of-step") return { state: "in-step" };
  const { changedIn, changedAt, changedBySync } = examination;
  switch (standing) {
    case "in-error":
      return { state: "in-error" };
    case "old":
      return { state: "old-difference", since: changedAt, bySync: changedBySync };
    default:
      return {
        state: "waiting",
        direction: changedIn === "hubspot" ? "hubspot-to-salesforce" : "salesforce-to-hubspot",
        since: changedAt,
        isDue: now.getTime() >= changedAt.getTime() + settings.graceMs,
      };
  }
}

/** What was found now; what polls had found before where nothing new was tried since. */
async function reasonsOf(
  context: MonitorContext,
  { settings }: Connection,
  { findings, earlierStands }: { readonly findings: readonly Finding[]; readonly earlierStands: boolean },
  { open }: Stored,
  record: RecordReference,
): Promise<readonly CheckReason[]> {
  const byKey = new Map(findings.toReversed().map((finding) => [groupKey(finding), finding]));
  const known = await errorsByGroupKey(context.db, settings.name, [...byKey.keys()]);
  const reasons: CheckReason[] = [];
  for (const [key, finding] of [...byKey].toReversed()) {
    const error = known.get(key);
    reasons.push({ finding, open: error?.isOpen ? await errorReport(context, error.id) : null });
  }
  const shown = new Set(reasons.map((reason) => reason.open?.id));
  const earlier = earlierStands ? open.filter(({ id }) => !shown.has(id)) : [];
  return [...reasons, ...earlier.map((error) => ({ finding: findingOf(error, record), open: error }))];
}

/** A sync error as the finding that made it of one record. */
function findingOf(
  { type, direction, hubspotProperty, salesforceField, details, evidence }: SyncErrorReport,
  record: RecordReference,
): Finding {
  return { type, direction, record, hubspotProperty, salesforceField, cause: "", value: null, details, evidence };
}

async function lastSyncOf({ salesforce }: Connection, situated: Situated): Promise<LastSync> {
  const { userId } = await salesforce.identity();
  const fromSalesforce = Object.values(situated.history ?? {})
    .flat()
    .filter(({ sourceType }) => sourceType === "SALESFORCE")
    .map(({ at }) => at.getTime());
  return {
    stampedAt: stampOf(situated.hubspot),
    toHubSpotAt: fromSalesforce.length === 0 ? null : new Date(fromSalesforce.reduce((one, other) => Math.max(one, other))),
    toSalesforceAt: situated.salesforce?.modifiedById === userId ? situated.salesforce.modifiedAt : null,
  };
}

/** HubSpot writes moments as ISO 8601, or as epoch milliseconds. */
function stampOf(hubspot: HubSpotRecord | null): Date | null {
  const value = hubspot?.properties.salesforcelastsynctime;
  if (!value) return null;
  const stamp = new Date(/^\d+$/.test(value) ? Number(value) : value);
  return Number.isNaN(stamp.getTime()) ? null : stamp;
}

async function readStored(
  { db, clock }: MonitorContext,
  { settings }: Pick<Connection, "settings">,
  { object, hubspotId, salesforceId }: RecordReference,
  state: StoredConnectionState | null,
  links: ConnectionLinks,
): Promise<Stored> {
  const keys = [
    ...(hubspotId === null ? [] : [recordKey({ object, hubspotId, salesforceId: null })]),
    ...(salesforceId === null ? [] : [recordKey({ object, hubspotId: null, salesforceId })]),
  ];
  const [tracked, errors, suspension] = await Promise.all([
    trackedRecord(db, settings.name, keys),
    openErrorsOfRecord(db, settings.name, keys),
    unfinishedSuspension(db, settings.name),
  ]);
  return { state, tracked, open: errors.map((error) => syncErrorReport(error, links, clock.now())), suspension };
}

function suspensionOf({ suspension }: Stored): CheckReport["suspension"] {
  if (suspension?.state !== "open") return null;
  return { kind: suspension.kind, openedAt: suspension.opened_at ?? suspension.first_seen_at };
}

/** What can be said where Salesforce isn't asked or doesn't answer, or HubSpot doesn't: HubSpot's side and what polls have stored. */
async function inHubSpotAlone(
  context: MonitorContext,
  connection: Connection,
  query: RecordQuery,
  why: Evidence,
): Promise<CheckOutcome> {
  const { settings } = connection;
  const state = await getConnectionState(context.db, settings.name);
  const links = await linksOf(context, settings.name);
  let hubspot: HubSpotRecord | null = null;
  let reference: RecordReference | null = null;
  try {
    const { records, isAmbiguous } = await locate(connection, query, { inSalesforce: false });
    if (isAmbiguous) return { outcome: "several", records, links };
    reference = records[0] ?? null;
    hubspot = reference?.hubspotId ? await readOne(connection, reference.object, reference.hubspotId) : null;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
  }
  reference =
    (hubspot === null ? null : referenceTo(hubspot)) ?? reference ?? (await knownReference(context, settings.name, query));
  if (reference === null) return { outcome: "declined", why: `${why.statement}. So I can't look this record up now.` };
  const stored = await readStored(context, connection, reference, state, links);
  const notRead = { verdict: "unreadable", side: "salesforce" } as const;
  const fields = settings.mappings
    .filter(
      ({ object, salesforceObject, rule }) =>
        object === hubspot?.object && salesforceObject === reference.salesforceObject && rule !== "none",
    )
    .map(({ hubspotProperty, salesforceField, rule }) => {
      const hubspotValue = hubspot?.properties[hubspotProperty] || null;
      return { hubspotProperty, salesforceField, rule, hubspotValue, salesforceValue: null, verdict: notRead, changed: null };
    });
  const report: CheckReport = {
    connection: settings.name,
    at: context.clock.now(),
    record: reference,
    verdict: { state: "not-known", why },
    pairing: { state: "not-known", property: null, object: reference.salesforceObject, id: reference.salesforceId, concerns: [] },
    inclusion: null,
    fields,
    reasons: await reasonsOf(context, connection, { findings: [], earlierStands: true }, stored, reference),
    lastSync: { stampedAt: stampOf(hubspot), toHubSpotAt: null, toSalesforceAt: null },
    trial: { state: "not-needed" },
    suspension: suspensionOf(stored),
    links,
  };
  return { outcome: "checked", report };
}

async function readOne(
  { hubspot, settings }: Connection,
  object: RecordReference["object"],
  id: string,
): Promise<HubSpotRecord | null> {
  for await (const [record] of hubspot.recordsByIds(object, [id], propertiesToRead(settings, object))) return record ?? null;
  return null;
}

/** The record as polls have stored it, if an error holds it back. */
async function knownReference(
  { db }: Pick<MonitorContext, "db">,
  connection: string,
  query: RecordQuery,
): Promise<RecordReference | null> {
  const record = query.kind === "email" ? query.email : query.id;
  const [row] = await affectedRecords(db, connection, { record });
  if (row === undefined) return null;
  return {
    object: row.object,
    hubspotId: row.hubspot_id,
    salesforceObject: row.salesforce_object,
    salesforceId: row.salesforce_id,
    label: row.label,
  };
}

/** A link into another account or org than the connection's. */
function whyElsewhere(query: RecordQuery, state: StoredConnectionState | null, name: string): string | null {
  const identity = state?.identity ?? null;
  if (query.kind === "hubspot" && query.portalId !== null && identity?.portalId !== null && identity !== null) {
    if (String(identity.portalId) !== query.portalId) {
      return `This link leads to HubSpot's account ${query.portalId}; the connection ${name} watches ${identity.portalId}.`;
    }
  }
  return null;
}

function lookedIn({ kind }: RecordQuery): readonly ("hubspot" | "salesforce")[] {
  return kind === "hubspot" ? ["hubspot"] : ["hubspot", "salesforce"];
}

function refusalEvidence(refusal: Refusal, at: Date): Evidence {
  const system = refusal.system === "salesforce" ? "Salesforce" : "HubSpot";
  const to = refusal.system === "salesforce" ? " to the integration user" : "";
  return { at: at.toISOString(), statement: `${system} answered ${refusal.code}${to}: ${refusal.message}`, refusal };
}
