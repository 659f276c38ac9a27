import type { Transaction } from "kysely";
import { RefusedError } from "../../health/refusal.ts";
import { makeDue, standingOf } from "../../store/recheck.ts";
import { newestSuspension } from "../../store/reports.ts";
import {
  changeItems,
  changeRequest,
  countItems,
  getRequest,
  type ItemChange,
  nextItems,
  type StoredItem,
  type StoredRequest,
} from "../../store/requests.ts";
import type { Database } from "../../store/schema.ts";
import { noteInThreads, refreshAnnouncements } from "../announcements/announce.ts";
import type { Connection, MonitorContext } from "../context.ts";
import { finishAction } from "./action.ts";
import { payloadsFor, referenceOf } from "./resync-payload.ts";
import { type ResyncProgress, resyncParameters, resyncProgress } from "./resync-progress.ts";
import { type Payload, sendBatch } from "./resync-send.ts";

/** HubSpot takes at most 100 records a batch. */
const BATCH = 100;
const VERIFY_BATCH = 500;
/** How long a paused resync waits before it looks whether it may go on. */
const PAUSE_MS = 10_000;
const SECOND_MS = 1000;

/** What a step of the work leaves to do: nothing, or the next step at some time. */
type Next = { readonly after: number } | "at-once" | "finished";

/**
 * Goes on with a resync request from wherever it is: batches first, then verification. Ends by itself when the signal aborts,
 * the rest being left to the job that it queues.
 *
 * requested → running → verifying → done; cancelled between batches; failed only where nothing could be sent at all.
 */
export async function runResync(context: MonitorContext, requestId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const next = await step(context, requestId);
    if (next === "finished") return;
    if (next === "at-once" && !signal.aborted) continue;
    const after = new Date(context.clock.now().getTime() + (next === "at-once" ? 0 : next.after));
    await context.jobs.send({ kind: "resync", requestId }, { after });
    return;
  }
}

async function step(context: MonitorContext, requestId: string): Promise<Next> {
  const request = await getRequest(context.db, requestId);
  const connection = request && context.connections.get(request.connection);
  if (!request || request.finished_at !== null) return "finished";
  if (!connection) return finish(context, request, "failed", "The connection is no longer configured.");
  if (request.cancel_requested_by !== null) return cancel(context, request);
  switch (request.state) {
    case "requested":
      return begin(context, request);
    case "running":
      return sendUnlessRefused(context, connection, request);
    case "verifying":
      return verify(context, connection, request);
    default:
      return "finished";
  }
}

async function begin(context: MonitorContext, request: StoredRequest): Promise<Next> {
  await change(context, request, { state: "running", started_at: context.clock.now() });
  return "at-once";
}

/** A system that refuses to be written at all makes the work wait, not fail: it goes on by itself when the refusal ends. */
async function sendUnlessRefused(context: MonitorContext, connection: Connection, request: StoredRequest): Promise<Next> {
  try {
    return await sendNext(context, connection, request);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return pauseFor(context, request, `${error.message}; it goes on by itself when that ends`);
  }
}

async function sendNext(context: MonitorContext, connection: Connection, request: StoredRequest): Promise<Next> {
  const pause = await reasonToPause(context, request);
  if (pause !== null) return pauseFor(context, request, pause);
  // Those that were in the air when a process died are sent again with the very same values.
  const items = await nextItems(context.db, request.id, ["sending", "waiting"], BATCH);
  if (items.length === 0) return startVerifying(context, connection, request);
  const batch = await prepare(context, connection, request, items);
  const outcomes = await sendBatch(connection, batch);
  const now = context.clock.now();
  const due = new Date(now.getTime() + verifyAfterMs(connection));
  const results = batch.map(({ item }): ItemChange => {
    const outcome = outcomes.get(item.record_key);
    return outcome?.ok === false
      ? { record_key: item.record_key, state: "failing", reason: outcome.reason, settled_at: now }
      : { record_key: item.record_key, state: "sent", sent_at: now };
  });
  await context.db.transaction().execute(async (trx) => {
    await changeItems(trx, request.id, results);
    const sent = batch.filter(({ item }) => outcomes.get(item.record_key)?.ok !== false);
    await makeDue(
      trx,
      request.connection,
      sent.map(({ item }) => ({ key: item.record_key, reference: referenceOf(item) })),
      { now, due },
    );
    await setProgress(trx, request, { ...resyncProgress(request), pause: null });
    await refreshAnnouncements(trx, context, subjectOf(request));
  });
  return "at-once";
}

/** Fixes what each record is to be sent and stores it before anything leaves; drops records that need nothing. */
async function prepare(
  context: MonitorContext,
  connection: Connection,
  request: StoredRequest,
  items: readonly StoredItem[],
): Promise<readonly { readonly item: StoredItem; readonly payload: Payload }[]> {
  const again = items.flatMap((item) =>
    item.state === "sending" && item.payload ? [{ item, payload: item.payload as unknown as Payload }] : [],
  );
  const fresh = items.filter((item) => item.state === "waiting" || item.payload === null);
  const prepared = await payloadsFor(
    context,
    connection,
    { strategy: resyncParameters(request).strategy, requestedAt: request.requested_at },
    fresh,
  );
  const now = context.clock.now();
  const changes = fresh.map((item): ItemChange => {
    const what = prepared.get(item.record_key);
    if (what === undefined)
      return { record_key: item.record_key, state: "gone", reason: "the record no longer exists", settled_at: now };
    if ("skip" in what)
      return { record_key: item.record_key, state: what.synced ? "synced" : "skipped", reason: what.skip, settled_at: now };
    return { record_key: item.record_key, state: "sending", payload: { ...what } };
  });
  await context.db.transaction().execute((trx) => changeItems(trx, request.id, changes));
  const ready = fresh.flatMap((item) => {
    const what = prepared.get(item.record_key);
    return what === undefined || "skip" in what ? [] : [{ item, payload: what }];
  });
  return [...again, ...ready];
}

async function startVerifying(context: MonitorContext, connection: Connection, request: StoredRequest): Promise<Next> {
  const verifyUntil = new Date(context.clock.now().getTime() + 4 * verifyAfterMs(connection)).toISOString();
  await change(context, request, { state: "verifying", progress: { ...resyncProgress(request), pause: null, verifyUntil } });
  return { after: verifyAfterMs(connection) };
}

/** Takes each record's verdict from what polls have stored since it was sent, and has the connection polled for the others. */
async function verify(context: MonitorContext, connection: Connection, request: StoredRequest): Promise<Next> {
  const now = context.clock.now();
  const { verifyUntil } = resyncProgress(request);
  const isLast = verifyUntil !== null && now.toISOString() >= verifyUntil;
  let open = 0;
  for (let batch = await nextItems(context.db, request.id, ["sent"], VERIFY_BATCH); batch.length > 0; ) {
    const changes = await verdicts(context, request, batch, isLast);
    await context.db.transaction().execute((trx) => changeItems(trx, request.id, changes));
    open += batch.length - changes.length;
    // Those without a verdict stay "sent" and would come again: one look at each is enough for now.
    batch = changes.length === batch.length ? await nextItems(context.db, request.id, ["sent"], VERIFY_BATCH) : [];
  }
  if (open > 0) {
    await context.db.transaction().execute((trx) => refreshAnnouncements(trx, context, subjectOf(request)));
    await context.jobs.send({ kind: "poll", connection: request.connection });
    return { after: Math.max(SECOND_MS, verifyAfterMs(connection) / 4) };
  }
  return finish(context, request, "done", await outcomeOf(context, request));
}

async function verdicts(
  context: MonitorContext,
  request: StoredRequest,
  items: readonly StoredItem[],
  isLast: boolean,
): Promise<ItemChange[]> {
  const now = context.clock.now();
  const standing = await standingOf(
    context.db,
    request.connection,
    items.map((item) => item.record_key),
  );
  return items.flatMap((item): ItemChange[] => {
    const known = standing.get(item.record_key);
    const settled = { record_key: item.record_key, settled_at: now };
    if (known === undefined) return [{ ...settled, state: "synced" }];
    const failedAgain = known.error !== null && item.sent_at !== null && known.error.seenAt > item.sent_at && known.dueAt > now;
    if (failedAgain || (isLast && known.error !== null))
      return [{ ...settled, state: "failing", reason: known.error?.statement ?? null }];
    return isLast ? [{ ...settled, state: "failing", reason: "still not in step, and no reason found" }] : [];
  });
}

async function outcomeOf(context: MonitorContext, request: StoredRequest): Promise<string> {
  const counts = await countItems(context.db, request.id);
  const parts = [
    `${counts.synced ?? 0} synced`,
    `${counts.failing ?? 0} still failing`,
    ...(counts.skipped ? [`${counts.skipped} skipped`] : []),
    ...(counts.gone ? [`${counts.gone} gone`] : []),
  ];
  return `${parts.join(", ")}.`;
}

async function cancel(context: MonitorContext, request: StoredRequest): Promise<Next> {
  const left = await nextItems(context.db, request.id, ["waiting"], 1);
  await context.db
    .updateTable("request_item")
    .set({ state: "skipped", reason: "cancelled", settled_at: context.clock.now() })
    .where("request_id", "=", request.id)
    .where("state", "=", "waiting")
    .execute();
  const summary = await outcomeOf(context, request);
  const outcome = left.length > 0 ? `Cancelled before all were sent: ${summary}` : `Cancelled while verifying: ${summary}`;
  return finish(context, request, "cancelled", outcome);
}

async function finish(
  context: MonitorContext,
  request: StoredRequest,
  state: "done" | "failed" | "cancelled",
  outcome: string,
): Promise<Next> {
  const now = context.clock.now();
  await context.db.transaction().execute(async (trx) => {
    if (!(await changeRequest(trx, request.id, { state, finished_at: now, outcome }))) return;
    await finishAction(trx, request, {
      action: "resync",
      target: resyncParameters(request).target,
      outcome,
      at: now,
      failed: state === "failed",
    });
    await refreshAnnouncements(trx, context, subjectOf(request));
    const note = { about: "resync-finished", by: request.requested_by, outcome, at: now.toISOString() } as const;
    await noteInThreads(trx, context, subjectOf(request), note);
  });
  return "finished";
}

async function reasonToPause({ db }: MonitorContext, request: StoredRequest): Promise<string | null> {
  const suspension = await newestSuspension(db, request.connection);
  return suspension?.state === "open" ? "the sync is suspended; it goes on by itself when the sync moves again" : null;
}

async function pauseFor(context: MonitorContext, request: StoredRequest, pause: string): Promise<Next> {
  const progress = resyncProgress(request);
  if (progress.pause !== pause) await change(context, request, { progress: { ...progress, pause } });
  return { after: PAUSE_MS };
}

/** How long the native sync may take for what was sent. */
function verifyAfterMs({ settings }: Connection): number {
  return Math.max(SECOND_MS, settings.graceMs);
}

async function change(context: MonitorContext, request: StoredRequest, what: Parameters<typeof changeRequest>[2]): Promise<void> {
  await context.db.transaction().execute(async (trx) => {
    await changeRequest(trx, request.id, what);
    await refreshAnnouncements(trx, context, subjectOf(request));
  });
}

async function setProgress(trx: Transaction<Database>, request: StoredRequest, progress: ResyncProgress): Promise<void> {
  await changeRequest(trx, request.id, { progress });
}

export function subjectOf(request: Pick<StoredRequest, "id">): string {
  return `request:${request.id}`;
}
