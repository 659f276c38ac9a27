import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { Transaction } from "kysely";
import { type Refusal, RefusedError } from "../../health/refusal.ts";
import { refusalAnswer } from "../../health/refusal-statement.ts";
import { type Sentence, sentence } from "../../language/sentence.ts";
import { type SalesforceObject, syncedObject } from "../../records/record.ts";
import { compareHubSpot, compareSalesforce, dropConsequences } from "../../store/audit-comparison.ts";
import { countCandidates, insertCandidates, nextCandidates, settleCandidates } from "../../store/audit-findings.ts";
import { insertAuditRecords, lastIdOfNext, markMembers, weighAuditRecords } from "../../store/audit-records.ts";
import { saveConnectionState } from "../../store/connection-state.ts";
import { changeRequest, getRequest, type RequestChange, type StoredRequest } from "../../store/requests.ts";
import type { Database } from "../../store/schema.ts";
import { hasExpired } from "../actions/action.ts";
import { waitsForSystem } from "../actions/refused.ts";
import { refreshAnnouncements } from "../announcements/announce.ts";
import type { Connection, MonitorContext } from "../context.ts";
import { loadSchemaCache, type SchemaCache } from "../poll/schema.ts";
import { type AuditProgress, auditParameters, auditProgress, type Stage } from "./audit-progress.ts";
import { auditSubject } from "./audit-subject.ts";
import { reasonToPause, withCalls } from "./budget.ts";
import { finishAudit } from "./finish-audit.ts";
import { readHubSpotPage } from "./read-hubspot.ts";
import { readSalesforcePage } from "./read-salesforce.ts";
import { LINK_KINDS, lookAtLinksAgain } from "./verify-links.ts";
import { lookAgain } from "./verify-records.ts";

/** Records that one statement compares: no other work waits for long. */
const COMPARED_AT_ONCE = 500;
/** Candidates looked at again together: their values are in memory at once. */
const LOOKED_AT_ONCE = 200;
const PAUSE_MS = 30_000;
/** The message of an audit changes no more often than this: Slack takes about one update a second. */
const SHOWN_EVERY_MS = 3_000;
/** How long the schemas are taken to be as they were: polls read them anew meanwhile. */
const SCHEMA_KEPT_MS = 300_000;

/** What one stretch of work on an audit carries from step to step; nothing in it is lost with the process. */
interface Run {
  readonly context: MonitorContext;
  readonly connection: Connection;
  cache: SchemaCache;
  /** When the schemas were loaded. */
  cachedAt: Date;
  shownAt: number;
}

type Next = { readonly after: number } | "at-once" | "finished";

/**
 * Goes on with an audit from wherever it is: reads both sides page by page into the database, compares them there, and looks at
 * what may be drift once more. Each page is stored together with the cursor behind it, so that a restart repeats one page at the
 * most. Ends when the signal aborts, the rest being left to the job that it queues.
 *
 * requested → running (its stages) → verifying → done; cancelled or expired between pages.
 */
export async function runAudit(context: MonitorContext, requestId: string, signal: AbortSignal): Promise<void> {
  const request = await getRequest(context.db, requestId);
  const connection = request && context.connections.get(request.connection);
  if (!request || request.finished_at !== null) return;
  if (!connection) return finishAudit(context, request, "failed", sentence("The connection is no longer configured."));
  let run: Run | null = null;
  for (;;) {
    let next: Next;
    try {
      run = await refreshed(run, context, connection);
      next = await step(run, requestId);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      next = await pauseFor(context, requestId, waitsForSystem(error.refusal));
    }
    if (next === "finished") break;
    if (next === "at-once" && !signal.aborted) {
      // Commands and clicks get their turn between pages.
      await pause(0);
      continue;
    }
    const after = new Date(context.clock.now().getTime() + (next === "at-once" ? 0 : next.after));
    await context.jobs.send({ kind: "audit", requestId }, { after });
    break;
  }
  if (run !== null) await saveConnectionState(context.db, connection.settings.name, { schemaParts: run.cache.replaced() });
}

async function refreshed(run: Run | null, context: MonitorContext, connection: Connection): Promise<Run> {
  const now = context.clock.now();
  if (run !== null && now.getTime() - run.cachedAt.getTime() < SCHEMA_KEPT_MS) return run;
  if (run !== null) await saveConnectionState(context.db, connection.settings.name, { schemaParts: run.cache.replaced() });
  const cache = await loadSchemaCache(context, connection);
  return { context, connection, cache, cachedAt: now, shownAt: run?.shownAt ?? 0 };
}

async function step(run: Run, requestId: string): Promise<Next> {
  const { context, connection } = run;
  const request = await getRequest(context.db, requestId);
  if (!request || request.finished_at !== null) return "finished";
  const ending = request.cancel_requested_by !== null ? "cancelled" : hasExpired(request, context.clock.now()) ? "expired" : null;
  if (ending !== null) {
    await finishAudit(context, request, ending, null);
    return "finished";
  }
  if (request.state === "requested") {
    await save(run, request, { state: "running", started_at: context.clock.now(), progress: auditProgress(request) });
    return "at-once";
  }
  const stage = auditParameters(request).stages[auditProgress(request).stage];
  const callsNothing = request.state === "running" && stage !== undefined && !stage.do.startsWith("read-");
  const reason = callsNothing ? null : await reasonToPause(context, connection);
  if (reason !== null) return pauseFor(context, requestId, reason);
  if (request.state === "verifying") return verify(run, request);
  return stage === undefined ? beginVerifying(run, request) : work(run, request, stage);
}

/** One page or stretch of a stage. */
async function work(run: Run, request: StoredRequest, stage: Stage): Promise<Next> {
  const { context, connection, cache } = run;
  const progress = auditProgress(request);
  switch (stage.do) {
    case "read-salesforce": {
      const { object } = stage;
      const read = await orUnread(run, request, object, () => readSalesforcePage(connection, cache, object, progress.cursor));
      if (read === null) return "at-once";
      const after = counted(onward(progress, read.cursor), object, read.records.length);
      await saveCounted(run, request, read.made, after, (trx) => insertAuditRecords(trx, request.id, read.records));
      return "at-once";
    }
    case "read-hubspot": {
      const { object } = stage;
      if (object !== "contacts" && object !== "companies" && object !== "deals") return "finished";
      const { db } = context;
      const at = run.cachedAt;
      const read = await orUnread(run, request, object, () =>
        readHubSpotPage(db, request.id, connection, cache, object, progress.cursor, at),
      );
      if (read === null) return "at-once";
      const after = counted(onward(progress, read.cursor), object, read.records.length);
      await saveCounted(run, request, read.made, after, async (trx) => {
        await insertAuditRecords(trx, request.id, read.records);
        await insertCandidates(trx, request.id, read.candidates);
      });
      return "at-once";
    }
    case "read-members": {
      const page = await counting(connection, () => connection.hubspot.membersAfter(stage.list, progress.cursor));
      await saveCounted(run, request, page.made, onward(progress, page.next), (trx) =>
        markMembers(trx, request.id, page.contactIds),
      );
      return "at-once";
    }
    case "weigh":
      await save(run, request, { progress: onward(progress, null) }, weighAuditRecords);
      return "at-once";
    case "compare-hubspot":
    case "compare-salesforce":
      return compare(run, request, progress, stage);
    case "drop-consequences":
      await save(run, request, { progress: onward(progress, null) }, (trx) => dropConsequences(trx, request.id));
      return "at-once";
  }
}

async function compare(
  run: Run,
  request: StoredRequest,
  progress: AuditProgress,
  stage: Extract<Stage, { do: "compare-hubspot" | "compare-salesforce" }>,
): Promise<Next> {
  const { db } = run.context;
  const { cursor, unread } = progress;
  const requestId = request.id;
  const system = stage.do === "compare-hubspot" ? "hubspot" : "salesforce";
  const last = await lastIdOfNext(db, requestId, { system, object: stage.object }, cursor, COMPARED_AT_ONCE);
  await save(run, request, { progress: onward(progress, last) }, async (trx) => {
    if (last === null) return;
    if (stage.do === "compare-hubspot") {
      const hasInclusionList = auditParameters(request).stages.some((one) => one.do === "read-members");
      const stretch = { requestId, object: stage.object, after: cursor, last };
      return compareHubSpot(trx, stretch, { unread: Object.keys(unread) as SalesforceObject[], hasInclusionList });
    }
    const object = syncedObject(stage.object);
    // Without HubSpot's records, nothing is known to be missing there.
    if (object in unread) return;
    return compareSalesforce(trx, { requestId, object: stage.object, after: cursor, last }, object);
  });
  return "at-once";
}

async function beginVerifying(run: Run, request: StoredRequest): Promise<Next> {
  const candidates = await countCandidates(run.context.db, request.id);
  await save(run, request, { state: "verifying", progress: { ...auditProgress(request), candidates } });
  return "at-once";
}

async function verify(run: Run, request: StoredRequest): Promise<Next> {
  const { context, connection, cache } = run;
  const findings = await nextCandidates(context.db, request.id, LOOKED_AT_ONCE);
  if (findings.length === 0) {
    await finishAudit(context, request, "done", null);
    return "finished";
  }
  const links = findings.filter(({ kind }) => LINK_KINDS.has(kind));
  const records = findings.filter(({ kind }) => !LINK_KINDS.has(kind));
  const { looks, made } = await counting(connection, async () => ({
    looks: [
      ...(links.length === 0 ? [] : await lookAtLinksAgain(context, connection, cache, links)),
      ...(records.length === 0 ? [] : await lookAgain(context, connection, cache, records)),
    ],
  }));
  const saying = (says: string) => looks.filter(({ look }) => look.says === says).length;
  const before = auditProgress(request);
  const after = {
    ...before,
    pause: null,
    looked: before.looked + findings.length,
    byRule: before.byRule + saying("by-rule"),
    inError: before.inError + saying("in-error"),
    waiting: before.waiting + saying("waiting"),
  };
  await saveCounted(run, request, made, after, (trx) =>
    settleCandidates(
      trx,
      looks.map(({ finding, look }) =>
        look.says === "drift"
          ? { finding, isDrift: true, label: look.label, details: look.details }
          : { finding, isDrift: false },
      ),
    ),
  );
  return "at-once";
}

interface Made {
  readonly salesforce: number;
  readonly hubspot: number;
}

/** What reading gives, and the calls that were made meanwhile (a poll's beside it too: rather too many than too few). */
async function counting<T extends object>(
  { salesforce, hubspot }: Connection,
  read: () => Promise<T>,
): Promise<T & { made: Made }> {
  const before = { salesforce: salesforce.callsMade(), hubspot: hubspot.callsMade() };
  const result = await read();
  const made = {
    salesforce: salesforce.callsMade() - before.salesforce,
    hubspot: hubspot.callsMade() - before.hubspot,
  };
  return { ...result, made };
}

/** Reads an object, or notes that it is not shown and goes on to the next: then nothing is said about it. */
async function orUnread<T extends object>(
  run: Run,
  request: StoredRequest,
  object: string,
  read: () => Promise<T>,
): Promise<(T & { made: Made }) | null> {
  try {
    return await counting(run.connection, read);
  } catch (error) {
    if (!(error instanceof RefusedError) || !concernsObject(error.refusal)) throw error;
    const progress = auditProgress(request);
    const unread = { ...progress.unread, [object]: refusalAnswer(error.refusal) };
    await save(run, request, { progress: { ...onward(progress, null), unread } });
    return null;
  }
}

/** The integration user may not see the object, or HubSpot's token lacks its scope: waiting would not help. */
function concernsObject({ system, code, httpStatus }: Refusal): boolean {
  if (system === "hubspot") return httpStatus === 403;
  return code === "INVALID_TYPE" || code === "INSUFFICIENT_ACCESS" || code === "INSUFFICIENT_ACCESS_OR_READONLY";
}

/** On to the next page, or to the next stage where there is none. */
function onward(progress: AuditProgress, cursor: string | null): AuditProgress {
  return { ...progress, cursor, stage: cursor === null ? progress.stage + 1 : progress.stage, pause: null };
}

function counted(progress: AuditProgress, object: string, records: number): AuditProgress {
  return { ...progress, read: { ...progress.read, [object]: (progress.read[object] ?? 0) + records } };
}

type Write = (trx: Transaction<Database>) => Promise<void>;

async function saveCounted(run: Run, request: StoredRequest, made: Made, progress: AuditProgress, write: Write): Promise<void> {
  await save(run, request, { progress: withCalls(progress, made, run.context.clock.now()) }, write);
}

/** One transaction: what was read or found, where to go on, and, now and then, the message. */
async function save(run: Run, request: StoredRequest, change: RequestChange, write?: Write): Promise<void> {
  const { context } = run;
  const now = context.clock.now().getTime();
  const isShown = change.state !== undefined || now - run.shownAt >= SHOWN_EVERY_MS;
  await context.db.transaction().execute(async (trx) => {
    if (!(await changeRequest(trx, request.id, change))) return;
    await write?.(trx);
    if (isShown) await refreshAnnouncements(trx, context, auditSubject(request.id));
  });
  if (isShown) run.shownAt = now;
}

async function pauseFor(context: MonitorContext, requestId: string, reason: Sentence): Promise<Next> {
  const request = await getRequest(context.db, requestId);
  if (!request || request.finished_at !== null) return "finished";
  const progress = auditProgress(request);
  if (!isDeepStrictEqual(progress.pause, reason)) {
    await context.db.transaction().execute(async (trx) => {
      await changeRequest(trx, requestId, { progress: { ...progress, pause: reason } });
      await refreshAnnouncements(trx, context, auditSubject(requestId));
    });
  }
  return { after: PAUSE_MS };
}
