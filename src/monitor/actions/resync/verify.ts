import type { Sentence } from "../../../language/sentence.ts";
import { getConnectionState } from "../../../store/connection-state.ts";
import { changeRequest, countItems, type StoredRequest } from "../../../store/requests.ts";
import { isSentOneDue, settleFailing, settleSynced, settleUndecided } from "../../../store/resync-verdicts.ts";
import { refreshAnnouncements } from "../../announcements/announce.ts";
import type { Connection, MonitorContext } from "../../context.ts";
import type { Next } from "../work.ts";
import { whySuspended } from "./pause.ts";
import { resyncProgress, resyncSubject } from "./progress.ts";

const SECOND_MS = 1000;
/** Records that get their verdict in one statement. */
const PORTION = 5_000;
/** How many times over the sync's own time may pass without any further verdict before the others are given up. */
const PATIENCE = 4;

/** How long the native sync may take for what was sent. */
export function verifyAfterMs({ settings }: Connection): number {
  return Math.max(SECOND_MS, settings.graceMs);
}

/** All is sent: from now on the polls are asked what has come of it. */
export async function beginVerifying(context: MonitorContext, connection: Connection, request: StoredRequest): Promise<Next> {
  const undecided = (await countItems(context.db, request.id)).sent ?? 0;
  if (undecided === 0) return { ends: "done" };
  await save(context, connection, request, undecided, null);
  return { after: verifyAfterMs(connection) };
}

/**
 * Takes each record's verdict from what polls have stored since it was sent, and has the connection polled for the others. As
 * long as verdicts come in, more are awaited.
 */
export async function verify(context: MonitorContext, connection: Connection, request: StoredRequest): Promise<Next> {
  const { undecided: before, pause: earlierPause } = resyncProgress(request);
  const now = context.clock.now();
  // Asked first: a poll that ends while verdicts are taken has stored some that are taken the next time.
  const isOver = await haveAllBeenLookedAt(context, request);
  await forPortions(context, request, async (trx, portion) => {
    await settleSynced(trx, portion, now);
    await settleFailing(trx, portion, now);
  });
  const undecided = (await countItems(context.db, request.id)).sent ?? 0;
  if (undecided === 0) return { ends: "done" };
  const pause = await whySuspended(context, connection);
  if (pause === null && before !== null && undecided >= before && isOver) {
    await forPortions(context, request, (trx, portion) => settleUndecided(trx, portion, now));
    return { ends: "done" };
  }
  const isOtherwise = pause !== null || earlierPause !== null || before === null || undecided < before;
  if (isOtherwise) await save(context, connection, request, undecided, pause);
  await context.jobs.send({ kind: "poll", connection: request.connection });
  return { after: Math.max(SECOND_MS, verifyAfterMs(connection) / 4) };
}

/** Whether the time for more verdicts is over, and a poll that could look has begun since and left none of them for the next one. */
async function haveAllBeenLookedAt({ db }: MonitorContext, request: StoredRequest): Promise<boolean> {
  const { id: requestId, connection } = request;
  const { verifyUntil } = resyncProgress(request);
  const state = await getConnectionState(db, connection);
  if (verifyUntil === null || !state?.polled_at || state.poll_outcome?.state !== "ok") return false;
  return state.polled_at >= new Date(verifyUntil) && !(await isSentOneDue(db, { requestId, connection }, state.polled_at));
}

/** Saves how far it is; from then on further verdicts have their time anew. */
async function save(
  context: MonitorContext,
  connection: Connection,
  request: StoredRequest,
  undecided: number,
  pause: Sentence | null,
): Promise<void> {
  const verifyUntil = new Date(context.clock.now().getTime() + PATIENCE * verifyAfterMs(connection)).toISOString();
  const progress = { ...resyncProgress(request), pause, refusedInARow: 0, undecided, verifyUntil };
  await context.db.transaction().execute(async (trx) => {
    await changeRequest(trx, request.id, { state: "verifying", progress });
    await refreshAnnouncements(trx, context, resyncSubject(request));
  });
}

/** By their positions, a portion a transaction. */
async function forPortions(
  { db }: MonitorContext,
  { id: requestId, connection }: StoredRequest,
  work: (trx: Parameters<typeof settleSynced>[0], portion: Parameters<typeof settleSynced>[1]) => Promise<void>,
): Promise<void> {
  const { last } = await db
    .selectFrom("request_item")
    .select((eb) => eb.fn.max("position").as("last"))
    .where("request_id", "=", requestId)
    .where("state", "=", "sent")
    .executeTakeFirstOrThrow();
  for (let from = 0; from <= (last ?? -1); from += PORTION) {
    const portion = { requestId, connection, from, to: from + PORTION - 1 };
    await db.transaction().execute((trx) => work(trx, portion));
  }
}
