import { type Refusal, RefusedError } from "../../health/refusal.ts";
import type { Sighting } from "../../health/suspension-decision.ts";
import { instant, type Said, sentence } from "../../language/sentence.ts";
import { type SalesforceObject, type SyncedObject, showsLink } from "../../records/record.ts";
import type { ChangesPage, SalesforceProbe } from "../../salesforce/salesforce.ts";
import { getConnectionState, type StoredConnectionState, saveConnectionState } from "../../store/connection-state.ts";
import { insertSample } from "../../store/health-samples.ts";
import type { ConnectionIdentity, PollOutcome, Watermark } from "../../store/schema.ts";
import { unfinishedSuspension } from "../../store/suspensions.ts";
import { countOpen } from "../../store/sync-errors.ts";
import { countWaiting, makeErrorsDue, withdrawUnexplained } from "../../store/tracked-records.ts";
import { withAllocation } from "../allocation.ts";
import type { Connection, MonitorContext } from "../context.ts";
import { causeOfRefusal, inOrder, type SeenCause, seen } from "./causes.ts";
import { examineDue } from "./due.ts";
import { watchedObjects } from "./fields.ts";
import { pauseReason } from "./pause.ts";
import { probeSalesforce } from "./probe.ts";
import { tellErrors } from "./record-errors.ts";
import { recordFailure, recordRecovery } from "./record-problem.ts";
import { recordSuspension } from "./record-suspension.ts";
import { followEnds } from "./record-suspension-end.ts";
import { recordVerdicts } from "./record-verdicts.ts";
import { recordWarnings, type SeenWarnings } from "./record-warnings.ts";
import { isTimeForRules } from "./risky-rules.ts";
import {
  later,
  releaseScanned,
  type Scan,
  type SignsOfLife,
  scanHubSpot,
  scannedSince,
  scanSalesforce,
  trackUncompared,
} from "./scan.ts";
import { hubspotParts, readHubSpotPart, SchemaCache, turnOf } from "./schema.ts";
import { stallOf, standingSince, surroundingsOf } from "./surroundings.ts";
import { lookAhead } from "./warn.ts";
import { Edge } from "./watermark.ts";

/** How late HubSpot's search index and Salesforce's long transactions show a change, in milliseconds. */
const HUBSPOT_LAG_MS = 20_000;
const SALESFORCE_LAG_MS = 60_000;
/** Both systems' clocks may be so far from ours, and Salesforce tells times in whole seconds: what was changed then counts as seen. */
const CLOCKS_APART_MS = 10_000;

/** What one poll carries from step to step. */
interface Poll {
  readonly context: MonitorContext;
  readonly connection: Connection;
  readonly state: StoredConnectionState | null;
  readonly cache: SchemaCache;
  readonly now: Date;
  readonly watchedSince: Date;
  readonly signs: SignsOfLife;
  readonly watermarks: Record<string, Watermark>;
  readonly causes: SeenCause[];
  /** Whether changed validation rules are asked for rather than the limits. Never while a suspension stands: it may be theirs. */
  readonly asksForRules: boolean;
  /** Why something could not be looked at. */
  refusal: Refusal | null;
  identity: ConnectionIdentity | null;
}

/**
 * Looks at a connection once: can the integration user work, what has changed, what is out of step and why; and saves all of
 * it with what is to be told. Reads again rather than loses where it is killed midway. Throws for bugs and a database that is
 * out of reach; refusals of either system become part of what is saved.
 */
export async function poll(context: MonitorContext, connectionName: string): Promise<void> {
  const configured = context.connections.get(connectionName);
  if (configured === undefined) throw new Error(`There is no connection named ${connectionName} in the configuration.`);
  const connection = await withAllocation(context, configured);
  const now = context.clock.now();
  const state = await getConnectionState(context.db, connectionName);
  const cache = new SchemaCache(state?.schema_parts ?? {});
  const self: Poll = {
    context,
    connection,
    state,
    cache,
    now,
    watchedSince: state?.watched_since ?? new Date(now.getTime() - CLOCKS_APART_MS),
    signs: { toSalesforce: state?.synced_to_salesforce_at ?? null, toHubSpot: state?.synced_to_hubspot_at ?? null },
    watermarks: { ...state?.watermarks },
    causes: [],
    asksForRules:
      isTimeForRules({ cache, connection, state, now }) && (await unfinishedSuspension(context.db, connectionName)) === null,
    refusal: null,
    identity: state?.identity ?? null,
  };
  const salesforceCalls = connection.salesforce.callsMade();
  const hubspotCalls = connection.hubspot.callsMade();

  const isPaused = state?.poll_outcome?.state === "paused";
  const edges = new Map(
    isPaused
      ? []
      : watchedObjects(connection.settings).map((object) => [object, edgeOf(self, object, SALESFORCE_LAG_MS)] as const),
  );
  const slowRead = await readHubSpotSchema(self);
  const probe = await look(self, edges);
  const pause = await pauseReason(context, connection, probe.limits?.apiRequests ?? null, now);
  if (pause === null && probe.state === "usable") await scanAndExamine(self, probe, edges, slowRead);
  else if (probe.state === "unusable") await noticeWaiting(self);
  await noticeStall(self, probe, pause);
  const warnings = await lookForWarnings(self, probe, pause);

  const calls = {
    salesforceCalls: connection.salesforce.callsMade() - salesforceCalls,
    hubspotCalls: connection.hubspot.callsMade() - hubspotCalls,
  };
  await record(self, probe, warnings, pause === null ? { state: "ok", ...calls } : { state: "paused", reason: pause });
  const tookMs = context.clock.now().getTime() - now.getTime();
  context.logger.debug({ connection: connectionName, ...calls, tookMs }, "polled");
}

function edgeOf({ state }: Poll, object: SalesforceObject, lagMs: number): Edge {
  return new Edge(state?.watermarks[object], lagMs);
}

function hubspotEdgeOf({ state, watchedSince }: Poll, object: SyncedObject): Edge {
  const first = { since: scannedSince(object, watchedSince).toISOString(), seen: [] };
  return new Edge(state?.watermarks[object] ?? (showsLink(object) ? undefined : first), HUBSPOT_LAG_MS);
}

/** Runs a step that reads a CRM; a refusal of the reading is kept, and what the step would have given is not known. */
async function attempt(self: Poll, step: () => Promise<void>): Promise<boolean> {
  try {
    await step();
    return true;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const { refusal } = error;
    const cause = refusal.system === "salesforce" ? causeOfRefusal(refusal, self.now) : null;
    if (cause === null) self.refusal ??= refusal;
    else self.causes.push(cause);
    self.context.logger.warn({ connection: self.connection.settings.name, refusal: refusal.code }, "A system refused to be read");
    return false;
  }
}

/** Whether HubSpot would answer nothing else either: each further call would wait for its timeouts or add to a storm. */
function isSilent(refusal: Refusal | null): boolean {
  if (refusal?.system !== "hubspot") return false;
  const { httpStatus } = refusal;
  return httpStatus === undefined || httpStatus === 401 || httpStatus === 429 || httpStatus >= 500;
}

/** One slow read a poll, all parts in the first, none where it is the tasks' turn. Answers the one that was read. */
async function readHubSpotSchema(self: Poll): Promise<string | null> {
  const { cache, connection, now } = self;
  const parts = hubspotParts(connection.settings);
  const unread = parts.filter((part) => cache.readAt(part) === null);
  const turn = turnOf(connection.settings, cache);
  const next = turn === "tasks" ? undefined : cache.stalest(parts, now);
  if (turn !== null) cache.put("hubspot:turn", turn, now);
  const toRead = unread.length > 0 ? unread : next === undefined ? [] : [next];
  await attempt(self, async () => {
    for (const part of toRead) await readHubSpotPart(connection, cache, part, now);
  });
  return unread.length > 0 ? null : (next ?? null);
}

async function look(self: Poll, edges: ReadonlyMap<SalesforceObject, Edge>): Promise<SalesforceProbe> {
  const { connection, cache, now } = self;
  const { probe, causes, unexplained } = await probeSalesforce({
    connection,
    cache,
    edges,
    identity: self.identity,
    limits: !self.asksForRules,
    now,
  });
  self.causes.push(...causes);
  self.refusal ??= unexplained;
  if (probe.state === "usable") await attempt(self, () => identify(self));
  return probe;
}

/** Who and where both systems are. Free once the client has logged in. */
async function identify(self: Poll): Promise<void> {
  const identity = await self.connection.salesforce.identity();
  const account = self.cache.get("hubspot:account");
  self.identity = {
    portalId: account?.portalId ?? self.identity?.portalId ?? null,
    uiDomain: account?.uiDomain ?? self.identity?.uiDomain ?? null,
    organizationName: identity.organizationName,
    instanceUrl: identity.instanceUrl,
    integrationUserId: identity.userId,
    integrationUsername: identity.username,
  };
  self.cache.integrationUserId = identity.userId;
}

function scanOf({ context, connection, cache, identity, watchedSince, now }: Poll): Scan {
  return { db: context.db, connection, cache, integrationUserId: identity?.integrationUserId ?? null, watchedSince, now };
}

async function scanAndExamine(
  self: Poll,
  probe: Extract<SalesforceProbe, { state: "usable" }>,
  edges: ReadonlyMap<SalesforceObject, Edge>,
  slowRead: string | null,
): Promise<void> {
  const { context, connection, cache, now, signs, watermarks } = self;
  const { settings } = connection;
  const scan = scanOf(self);
  const atHand = new Map();
  const pages = new Map<SalesforceObject, ChangesPage>();
  for (const [object, page] of probe.changes) if (!("code" in page)) pages.set(object, page);
  for (const [object, page] of pages) {
    const edge = edges.get(object);
    if (edge === undefined) continue;
    const isRead = await attempt(self, () => scanSalesforce(scan, new Map([[object, page]]), edges, signs, atHand));
    if (isRead) watermarks[object] = edge.next(now);
  }
  for (const object of settings.objects) {
    if (isSilent(self.refusal)) break;
    // Reading the owners costs two calls, active and archived ones: companies wait for the next poll, to stay within four.
    if (slowRead === "hubspot:owners" && object === "companies" && settings.objects.length > 2) continue;
    // A slow part was read in place of the search for tasks.
    if (object === "tasks" && slowRead !== null && cache.get("hubspot:turn") === "settings") continue;
    const edge = hubspotEdgeOf(self, object);
    const isRead = await attempt(self, () => scanHubSpot(scan, object, edge, signs, atHand));
    releaseScanned(atHand, object);
    if (isRead) watermarks[object] = edge.next(now);
  }
  if (cache.changed) await makeErrorsDue(context.db, settings.name, now);
  // While the sync is stopped for a known cause, every record waits for that one, and a look at each would show just that.
  if (self.refusal !== null || self.causes.length > 0) return;
  const surroundings = await surroundingsOf(self);
  const options = { ...surroundings.due, onCause: (cause: SeenCause) => self.causes.push(cause) };
  await attempt(self, async () => {
    for await (const verdicts of examineDue(context, connection, cache, options)) {
      await context.db.transaction().execute((trx) => recordVerdicts(trx, connection, verdicts, surroundings.keepSince, now));
    }
  });
}

/**
 * What changes in HubSpot while Salesforce refuses: it waits for certain, and can't be compared yet. The watermarks stay where
 * they are, so that all of it is looked at properly afterwards.
 */
async function noticeWaiting(self: Poll): Promise<void> {
  const { connection } = self;
  const scan = scanOf(self);
  for (const object of connection.settings.objects) {
    if (isSilent(self.refusal)) return;
    if (self.state?.watermarks[object] === undefined) continue;
    await attempt(self, () => trackUncompared(scan, object, hubspotEdgeOf(self, object)));
  }
}

/** Null where what is needed for it was refused: the warnings that stand go on standing. */
async function lookForWarnings(self: Poll, probe: SalesforceProbe, pause: Said | null): Promise<SeenWarnings | null> {
  const { context, connection, state, cache, now } = self;
  const mayTry = probe.state === "usable" && pause === null && self.causes.length === 0 && self.refusal === null;
  let seen: SeenWarnings | null = null;
  await attempt(self, async () => {
    seen = await lookAhead({
      context,
      connection,
      state,
      cache,
      limits: probe.limits,
      asksForRules: self.asksForRules,
      mayTry,
      now,
    });
  });
  return seen;
}

/** Changes wait, nothing syncs, and every probe is healthy. */
async function noticeStall(self: Poll, probe: SalesforceProbe, pause: Said | null): Promise<void> {
  if (probe.state !== "usable" || pause !== null || self.causes.length > 0 || self.refusal !== null) return;
  const stall = await stallOf(self);
  if (stall === null) return;
  const { signs, now } = self;
  const lastSyncAt = later(signs.toSalesforce, signs.toHubSpot);
  const { records, oldestAt } = stall;
  const statement =
    lastSyncAt === null
      ? sentence(
          "{records, plural, one {# changed record waits} other {# changed records wait}}, the oldest since {oldest}, and no sync has been seen at all; Salesforce serves the integration user",
          { records, oldest: instant(oldestAt) },
        )
      : sentence(
          "{records, plural, one {# changed record waits} other {# changed records wait}}, the oldest since {oldest}, and the last sync was seen at {lastSync}; Salesforce serves the integration user",
          { records, oldest: instant(oldestAt), lastSync: instant(lastSyncAt) },
        );
  self.causes.push({
    ...seen("unknown-error", statement, now, { waiting: String(records), oldest: oldestAt.toISOString() }),
    needsRepeat: true,
  });
}

function sightingOf({ causes, refusal }: Poll, probe: SalesforceProbe, pause: Said | null): Sighting {
  // Where neither system answers, it is rather our own way to them that is cut.
  if (isNoAnswer(refusal) && causes.length > 0 && causes.every(({ cause }) => isNoAnswer(cause.evidence.refusal)))
    return "not-known";
  const found = inOrder(causes);
  if (found.length > 0) return { causes: found, needsRepeat: causes.every(({ needsRepeat }) => needsRepeat) };
  return probe.state !== "usable" || pause !== null || refusal !== null ? "not-known" : "healthy";
}

function isNoAnswer(refusal: Refusal | null | undefined): boolean {
  return refusal?.code === "UNREACHABLE" || refusal?.code === "TIMED_OUT";
}

/** One transaction: what was seen, from where to go on, and what is to be told. */
async function record(
  self: Poll,
  probe: SalesforceProbe,
  warnings: SeenWarnings | null,
  usual: Exclude<PollOutcome, { state: "failed" }>,
): Promise<void> {
  const { context, connection, state, cache, now, signs } = self;
  const { name } = connection.settings;
  const before = state?.poll_outcome ?? null;
  const ownCalls = callsSinceLastSample(connection);
  await context.db.transaction().execute(async (trx) => {
    const waiting = await countWaiting(trx, name);
    const sighting = sightingOf(self, probe, usual.state === "paused" ? usual.reason : null);
    const syncSigns = { waiting, syncedAt: later(signs.toSalesforce, signs.toHubSpot) };
    const suspended = await recordSuspension(trx, context, name, sighting, syncSigns, now);
    if (suspended && self.causes.some(({ cause }) => cause.kind === "unknown-error")) {
      await withdrawUnexplained(trx, name, standingSince(self));
    }
    await followEnds(trx, context, connection, suspended, now);
    await tellErrors(trx, context, name, !hasCompleted(self), now);
    if (warnings !== null) await recordWarnings(trx, context, name, warnings, now);
    const isFailed = self.refusal !== null;
    if (!isFailed || (before?.state === "failed" && before.evidence.refusal?.system !== self.refusal?.system)) {
      await recordRecovery(trx, context, name, before, now);
    }
    const outcome = self.refusal === null ? usual : await recordFailure(trx, context, name, self.refusal, before, now);
    const open = await countOpen(trx, name);
    const use = connection.salesforce.apiUse();
    await insertSample(trx, {
      connection: name,
      at: now,
      api_used: use?.used ?? null,
      api_max: use?.max ?? null,
      hubspot_calls: cache.get("salesforce:share") ?? null,
      own_calls: ownCalls,
      storage_used: storageUsed(probe),
      suspended,
      open_errors: open.errors,
      affected_records: open.records,
      waiting_in_hubspot: waiting.inHubSpot,
      waiting_in_salesforce: waiting.inSalesforce,
    });
    await saveConnectionState(trx, name, {
      watchedSince: self.watchedSince,
      ...(self.refusal === null && { polledAt: now }),
      outcome,
      watermarks: self.watermarks,
      syncedToSalesforceAt: signs.toSalesforce,
      syncedToHubSpotAt: signs.toHubSpot,
      schemaParts: cache.replaced(),
      ...(self.identity !== null && { identity: self.identity }),
    });
  });
}

/** Whether an earlier poll has looked at everything, so that what is found now is new. */
function hasCompleted({ state, connection: { settings } }: Poll): boolean {
  return [...settings.objects, ...watchedObjects(settings)].every((object) => state?.watermarks[object] !== undefined);
}

/** The part of the fuller storage that is used, 0 to 1; null where it isn't known. */
function storageUsed({ limits }: SalesforceProbe): number | null {
  const parts = [limits?.dataStorageMb, limits?.fileStorageMb].flatMap((limit) =>
    limit === null || limit === undefined || limit.max <= 0 ? [] : [(limit.max - limit.remaining) / limit.max],
  );
  return parts.length === 0 ? null : Math.max(...parts);
}

const sampledCalls = new WeakMap<Connection["salesforce"], number>();

/** This process's own calls since the last sample, those of resyncs between polls too. */
function callsSinceLastSample({ salesforce }: Connection): number {
  const made = salesforce.callsMade();
  const before = sampledCalls.get(salesforce) ?? 0;
  sampledCalls.set(salesforce, made);
  return made - before;
}
