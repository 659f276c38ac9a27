import type { SuspensionCause } from "../../health/suspensions.ts";
import { getConnectionState } from "../../store/connection-state.ts";
import { oldestWaiting } from "../../store/recheck.ts";
import { getSuspension, type StoredSuspension } from "../../store/reports.ts";
import { changeRequest, getRequest, type StoredRequest } from "../../store/requests.ts";
import { noteInThreads, refreshAnnouncements } from "../announcements/announce.ts";
import type { Note } from "../announcements/announcement.ts";
import type { Connection, MonitorContext } from "../context.ts";
import { connectionLinks } from "../links.ts";
import { finishAction } from "./action.ts";
import { type ClearProgress, clearedSuspensionId, clearProgress, withStep } from "./clear-progress.ts";

const SECOND_MS = 1000;
const LONGEST_LOOK_MS = 15_000;
/** How long a poll may take to answer before the clear gives up. */
const LONGEST_RETEST_MS = 5 * 60_000;

/**
 * Goes on with a clear request from wherever it is: the cause is tested again; if it is gone, one waiting record is nudged and
 * the sync is watched until it moves, when the suspension closes. The poll does the looking and the closing.
 *
 * requested → running (retest) → verifying (watch) → done; failed where the cause stands or nothing moves in time.
 */
export async function runClear(context: MonitorContext, requestId: string): Promise<void> {
  const request = await getRequest(context.db, requestId);
  const connection = request && context.connections.get(request.connection);
  if (!request || request.finished_at !== null) return;
  if (!connection) return fail(context, request, "retest", clearProgress(request), "the connection is no longer configured");
  if (request.state === "verifying") return watch(context, connection, request);
  if (request.state === "running") return retest(context, connection, request);
  const progress = withStep(clearProgress(request), "retest", "running");
  await change(context, request, { state: "running", started_at: context.clock.now(), progress });
  await lookSoon(context, connection, request);
}

/** Waits for a poll that began after the request; the suspension's own row then says whether its cause was seen. */
async function retest(context: MonitorContext, connection: Connection, request: StoredRequest): Promise<void> {
  const progress = clearProgress(request);
  const suspension = await getSuspension(context.db, clearedSuspensionId(request));
  if (!suspension || suspension.state === "closed") return succeed(context, request, progress, suspension);
  const state = await getConnectionState(context.db, request.connection);
  if (!state?.polled_at || state.polled_at < request.requested_at) {
    const waitedMs = context.clock.now().getTime() - request.requested_at.getTime();
    if (waitedMs < LONGEST_RETEST_MS) return lookSoon(context, connection, request);
    return fail(context, request, "retest", progress, "no look at the connection came to an end; `/sync status` says why");
  }
  const standing = causeSeenSince(suspension, request.requested_at);
  if (standing) {
    return fail(context, request, "retest", progress, `the cause still stands: ${standing.evidence.statement}`);
  }
  const retested = withStep(progress, "retest", "done", "the cause is gone");
  const nudged = withStep(withStep(retested, "nudge", "done", await nudge(context, connection, request)), "watch", "running");
  await change(context, request, {
    state: "verifying",
    progress: { ...nudged, watchedSince: context.clock.now().toISOString() },
  });
  await lookSoon(context, connection, request);
}

/**
 * A cause that a poll has met since a moment. The suspension may have been seen since for another reason, with earlier causes
 * still named; and that nothing moves (unknown-error) is what a clear is there for.
 */
function causeSeenSince({ causes }: StoredSuspension, since: Date): SuspensionCause | undefined {
  return causes.find(({ kind, evidence }) => kind !== "unknown-error" && new Date(evidence.at) >= since);
}

/** Touches one record that waits, so that the native sync has a reason to try. Answers what was done. */
async function nudge(context: MonitorContext, { settings, hubspot }: Connection, request: StoredRequest): Promise<string> {
  const record = await oldestWaiting(context.db, settings.name);
  const property = record && settings.resync.touchProperties[record.object];
  if (!record) return "no change waits that could be nudged";
  if (!property) return "no property to touch is configured (resync.touchProperties), so the sync's own next look is awaited";
  const [outcome] = await hubspot.update(record.object, [
    { id: record.hubspotId, properties: { [property]: request.requested_at.toISOString() } },
  ]);
  return outcome?.ok === false ? `HubSpot refused the nudge: ${outcome.refusal.message}` : "one waiting record was touched";
}

async function watch(context: MonitorContext, connection: Connection, request: StoredRequest): Promise<void> {
  const progress = clearProgress(request);
  const suspension = await getSuspension(context.db, clearedSuspensionId(request));
  if (!suspension || suspension.state === "closed") return succeed(context, request, progress, suspension);
  const since = new Date(progress.watchedSince ?? request.requested_at);
  const waitedMs = context.clock.now().getTime() - since.getTime();
  const standing = causeSeenSince(suspension, since);
  if (standing) return fail(context, request, "watch", progress, `the cause is back: ${standing.evidence.statement}`);
  if (waitedMs < watchMs(connection)) return lookSoon(context, connection, request);
  const { syncHealth } = connectionLinks((await getConnectionState(context.db, request.connection))?.identity ?? null);
  const where = syncHealth ? ` (${syncHealth})` : "";
  const why = `the cause is gone, but nothing has synced since. Press Clear Suspension on HubSpot's Sync Health tab${where}; this matter closes by itself as soon as the sync moves`;
  await fail(context, request, "watch", progress, why);
}

/** Has the connection polled and this request looked at again a little later. */
async function lookSoon(context: MonitorContext, { settings }: Connection, request: StoredRequest): Promise<void> {
  const delay = Math.min(LONGEST_LOOK_MS, Math.max(SECOND_MS, settings.graceMs / 4));
  const after = new Date(context.clock.now().getTime() + delay);
  await context.jobs.send({ kind: "poll", connection: request.connection });
  await context.jobs.send({ kind: "clear", requestId: request.id }, { after });
}

/** How long the sync may take to move after a nudge: as long as it may take to be called stalled. */
function watchMs({ settings }: Connection): number {
  return Math.max(settings.stallMs, settings.graceMs);
}

async function succeed(
  context: MonitorContext,
  request: StoredRequest,
  progress: ClearProgress,
  suspension: StoredSuspension | undefined,
): Promise<void> {
  const now = context.clock.now();
  const outcome = "The sync moves again and the suspension is closed.";
  const done = progress.steps.reduce<ClearProgress>(
    (all, { step, state, note }) => withStep(all, step, "done", state === "done" ? note : step === "nudge" ? "not needed" : note),
    progress,
  );
  await context.db.transaction().execute(async (trx) => {
    if (!(await changeRequest(trx, request.id, { state: "done", finished_at: now, outcome, progress: done }))) return;
    await finishAction(trx, request, {
      action: "clear",
      target: suspension?.kind ?? "suspension",
      outcome,
      at: now,
      failed: false,
    });
    await refreshAnnouncements(trx, context, suspensionSubject(request));
  });
}

async function fail(
  context: MonitorContext,
  request: StoredRequest,
  step: "retest" | "watch",
  progress: ClearProgress,
  why: string,
): Promise<void> {
  const now = context.clock.now();
  await context.db.transaction().execute(async (trx) => {
    const failed = withStep(progress, step, "failed", why);
    if (!(await changeRequest(trx, request.id, { state: "failed", finished_at: now, outcome: why, progress: failed }))) return;
    const suspensionId = clearedSuspensionId(request);
    // Whatever closes it later, it was not this request.
    await trx
      .updateTable("suspension")
      .set({ cleared_by: null })
      .where("id", "=", suspensionId)
      .where("state", "!=", "closed")
      .execute();
    await finishAction(trx, request, { action: "clear", target: suspensionId, outcome: why, at: now, failed: true });
    await refreshAnnouncements(trx, context, suspensionSubject(request));
    const note: Note = { about: "clear-failed", by: request.requested_by, why, at: now.toISOString() };
    await noteInThreads(trx, context, suspensionSubject(request), note);
  });
}

async function change(context: MonitorContext, request: StoredRequest, what: Parameters<typeof changeRequest>[2]): Promise<void> {
  await context.db.transaction().execute(async (trx) => {
    await changeRequest(trx, request.id, what);
    await refreshAnnouncements(trx, context, suspensionSubject(request));
  });
}

function suspensionSubject(request: StoredRequest): string {
  return `suspension:${clearedSuspensionId(request)}`;
}
