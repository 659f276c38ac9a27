import type { Transaction } from "kysely";
import { RefusedError } from "../../../health/refusal.ts";
import { type Sentence, sentence } from "../../../language/sentence.ts";
import { changeRequest, countItems, endItems, type StoredRequest } from "../../../store/requests.ts";
import type { Database } from "../../../store/schema.ts";
import { noteInThreads, refreshAnnouncements } from "../../announcements/announce.ts";
import type { Connection, MonitorContext } from "../../context.ts";
import { type FinalState, finishAction, hasExpired } from "../action.ts";
import { waitsForSystem } from "../refused.ts";
import { type Ending, type Next, workOn } from "../work.ts";
import { reasonToPause } from "./pause.ts";
import { sendPortion } from "./portion.ts";
import { resyncParameters, resyncProgress, resyncSubject } from "./progress.ts";
import { beginVerifying, verify } from "./verify.ts";

/** How long a paused resync waits before it looks whether it may go on; where a system refuses, longer each time. */
const PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/**
 * Goes on with a resync request from wherever it is: portions first, then verification. Ends by itself when the signal aborts,
 * the rest being left to the job that it queues.
 *
 * requested → running → verifying → done; cancelled or expired between portions; failed only where the connection is gone.
 */
export function runResync(context: MonitorContext, requestId: string, signal: AbortSignal): Promise<void> {
  return workOn(context, { kind: "resync", requestId }, signal, {
    step: (request) => step(context, request, signal),
    finish: (request, ending) => finish(context, request, ending),
  });
}

async function step(context: MonitorContext, request: StoredRequest, signal: AbortSignal): Promise<Next> {
  const connection = context.connections.get(request.connection);
  if (!connection) return { ends: "failed", why: sentence("The connection is no longer configured.") };
  if (request.cancel_requested_by !== null) return { ends: "cancelled" };
  if (hasExpired(request, context.clock.now())) return { ends: "expired" };
  switch (request.state) {
    case "requested":
      await change(context, request, { state: "running", started_at: context.clock.now() });
      return "at-once";
    case "running":
      return sendUnlessRefused(context, connection, request, signal);
    case "verifying":
      return verify(context, connection, request);
    default:
      return { ends: "done" };
  }
}

/** A system that refuses to be written at all makes the work wait, not fail: it goes on by itself when the refusal ends. */
async function sendUnlessRefused(
  context: MonitorContext,
  connection: Connection,
  request: StoredRequest,
  signal: AbortSignal,
): Promise<Next> {
  const pause = await reasonToPause(context, connection);
  const progress = resyncProgress(request);
  if (pause !== null) return wait(context, request, { ...progress, pause }, PAUSE_MS);
  try {
    const sent = await sendPortion(context, connection, request, signal);
    if (typeof sent === "object") return sent;
    if (sent) {
      const isPaused = progress.pause !== null || progress.refusedInARow > 0;
      const going = isPaused ? { progress: { ...progress, pause: null, refusedInARow: 0 } } : {};
      await change(context, request, going);
      return "at-once";
    }
    return beginVerifying(context, connection, request);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const refusedInARow = progress.refusedInARow + 1;
    const afterMs = Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** (refusedInARow - 1));
    return wait(context, request, { ...progress, pause: waitsForSystem(error.refusal), refusedInARow }, afterMs);
  }
}

async function wait(
  context: MonitorContext,
  request: StoredRequest,
  progress: ReturnType<typeof resyncProgress>,
  afterMs: number,
): Promise<Next> {
  await change(context, request, { progress });
  return { after: afterMs };
}

async function finish(context: MonitorContext, request: StoredRequest, { ends: state, why }: Ending): Promise<void> {
  const at = context.clock.now();
  await context.db.transaction().execute(async (trx) => {
    const reason = state === "expired" ? sentence("not sent in time") : sentence("cancelled");
    const left = await endItems(trx, request.id, "waiting", { state: "skipped", reason, at });
    // Those that may or may not have been written when the sending ended: the polls go on looking at them.
    await trx
      .updateTable("request_item")
      .set({ state: "sent", sent_at: at })
      .where("request_id", "=", request.id)
      .where("state", "=", "sending")
      .execute();
    const outcome = why ?? outcomeSentence(state, left > 0, await figuresOf(trx, request));
    if (!(await changeRequest(trx, request.id, { state, finished_at: at, outcome }))) return;
    const { target } = resyncParameters(request);
    await finishAction(trx, request, { action: "resync", target, outcome, at, failed: state === "failed" });
    const subject = resyncSubject(request);
    await refreshAnnouncements(trx, context, subject);
    const note = { about: "resync-finished", by: request.requested_by, outcome, at: at.toISOString() } as const;
    await noteInThreads(trx, context, subject, note);
  });
}

function outcomeSentence(state: FinalState, isLeft: boolean, figures: readonly Sentence[]): Sentence {
  if (state === "cancelled") {
    return isLeft
      ? sentence("Cancelled before all were sent: {figures}.", { figures })
      : sentence("Cancelled while verifying: {figures}.", { figures });
  }
  if (state === "expired") {
    return isLeft
      ? sentence("Given up before all were sent, its time being over: {figures}.", { figures })
      : sentence("Given up while verifying: {figures}.", { figures });
  }
  return sentence("{figures}.", { figures });
}

async function figuresOf(trx: Transaction<Database>, request: StoredRequest): Promise<readonly Sentence[]> {
  const { synced = 0, failing = 0, changed = 0, skipped = 0, gone = 0, sent = 0 } = await countItems(trx, request.id);
  return [
    sentence("{synced, number} synced", { synced }),
    sentence("{failing, number} still failing", { failing }),
    ...(changed > 0 ? [sentence("{changed, number} changed by people since", { changed })] : []),
    ...(skipped > 0 ? [sentence("{skipped, number} skipped", { skipped })] : []),
    ...(gone > 0 ? [sentence("{gone, number} gone", { gone })] : []),
    ...(sent > 0 ? [sentence("{sent, number} sent and not verified", { sent })] : []),
  ];
}

async function change(context: MonitorContext, request: StoredRequest, what: Parameters<typeof changeRequest>[2]): Promise<void> {
  await context.db.transaction().execute(async (trx) => {
    if (Object.keys(what).length > 0) await changeRequest(trx, request.id, what);
    await refreshAnnouncements(trx, context, resyncSubject(request));
  });
}
