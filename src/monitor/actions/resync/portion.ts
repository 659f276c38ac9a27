import { sentence } from "../../../language/sentence.ts";
import { makeDue, standingOf } from "../../../store/recheck.ts";
import {
  changeItems,
  getRequest,
  type ItemChange,
  nextItems,
  type StoredItem,
  type StoredRequest,
} from "../../../store/requests.ts";
import type { Connection, MonitorContext } from "../../context.ts";
import { type Prepared, referenceOf, touchPayload, writePayloads } from "./payload.ts";
import { resyncParameters } from "./progress.ts";
import { recallSending } from "./recall.ts";
import { type SendListener, type SendOutcome, sendAll, type Work } from "./send.ts";
import { verifyAfterMs } from "./verify.ts";

/** Records taken up together: what a call of Salesforce's reads, and all that is in memory at a time. */
const PORTION = 2_000;

/**
 * Sends the next records of a resync and saves what came of each; answers whether there were any. Those that were in the air when
 * a process died are looked at first: what has arrived isn't sent again. `after`: so many milliseconds from now, since they may be
 * on their way yet.
 */
export async function sendPortion(
  context: MonitorContext,
  connection: Connection,
  request: StoredRequest,
  signal: AbortSignal,
): Promise<boolean | { readonly after: number }> {
  const inAir = await nextItems(context.db, request.id, ["sending"], PORTION);
  if (inAir.length > 0) {
    const stillMs = msUntilStill(inAir, context.clock.now());
    if (stillMs > 0) return { after: stillMs };
    await save(context, connection, request, await recallSending(connection, request, inAir, context.clock.now()));
    return true;
  }
  const items = await nextItems(context.db, request.id, ["waiting"], PORTION);
  if (items.length === 0) return false;
  const prepared = await prepare(context, connection, request, items);
  const now = context.clock.now();
  const work: Work[] = [];
  const settled: ItemChange[] = [];
  for (const item of items) {
    const what = prepared.get(item.record_key);
    if (what === undefined) continue;
    if ("send" in what) work.push({ item, payload: what.send });
    else settled.push({ record_key: item.record_key, state: what.state, reason: what.reason, settled_at: now });
  }
  await context.db.transaction().execute((trx) => changeItems(trx, request.id, settled));
  try {
    await sendAll(connection, work, listenerOf(context, connection, request, signal));
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
  return true;
}

/** The request was cancelled, or the process is about to stop: what hasn't left stays where it is. */
class Interrupted extends Error {}

/** How long a call whose answer nobody waits for any more may still be served, in milliseconds. */
const ON_ITS_WAY_MS = 10_000;

function msUntilStill(inAir: readonly StoredItem[], now: Date): number {
  const left = Math.max(...inAir.map(({ sent_at }) => sent_at?.getTime() ?? 0));
  return left + ON_ITS_WAY_MS - now.getTime();
}

/** What to send for each record; those that polls have found in step by now need nothing. */
async function prepare(
  context: MonitorContext,
  connection: Connection,
  request: StoredRequest,
  items: readonly StoredItem[],
): Promise<ReadonlyMap<string, Prepared>> {
  const { strategy, asOf, isNamed } = resyncParameters(request);
  const keys = items.map(({ record_key }) => record_key);
  const standing = isNamed ? null : await standingOf(context.db, connection.settings.name, keys);
  const isFixed = ({ record_key }: StoredItem) => standing !== null && !standing.has(record_key);
  const open = items.filter((item) => !isFixed(item));
  const fixed = items.filter(isFixed).map(({ record_key }) => [record_key, FIXED] as const);
  const requestedAt = request.requested_at;
  const prepared =
    strategy === "touch"
      ? open.map((item) => [item.record_key, touchPayload(connection, item, requestedAt)] as const)
      : await writePayloads(context, connection, { asOf: new Date(asOf), requestedAt }, open);
  return new Map([...fixed, ...prepared]);
}

const FIXED: Prepared = { state: "synced", reason: sentence("it was in step before its turn came") };

function listenerOf(context: MonitorContext, connection: Connection, request: StoredRequest, signal: AbortSignal): SendListener {
  return {
    async leaving(batch) {
      const standing = await getRequest(context.db, request.id);
      if (signal.aborted || standing?.cancel_requested_by !== null) throw new Interrupted();
      const now = context.clock.now();
      const changes = batch.map(({ item, payload }): ItemChange => {
        return { record_key: item.record_key, state: "sending", payload: { ...payload }, sent_at: now };
      });
      await context.db.transaction().execute((trx) => changeItems(trx, request.id, changes));
    },
    async ended(outcomes) {
      const now = context.clock.now();
      await save(
        context,
        connection,
        request,
        outcomes.map(({ item, outcome }) => ({ item, change: changeOf(item, outcome, now) })),
      );
    },
  };
}

function changeOf({ record_key }: StoredItem, outcome: SendOutcome, now: Date): ItemChange {
  if (outcome === "sent") return { record_key, state: "sent", sent_at: now };
  if (outcome === "again") return { record_key, state: "waiting" };
  // Whether it has arrived is looked at before anything else is sent.
  if (outcome === "maybe") return { record_key, state: "sending" };
  return { record_key, state: "failing", reason: outcome.refused, settled_at: now };
}

/** Saves what came of records, and has the polls look at those that were sent once the native sync has had its time. */
async function save(
  context: MonitorContext,
  connection: Connection,
  request: StoredRequest,
  ended: readonly { readonly item: StoredItem; readonly change: ItemChange }[],
): Promise<void> {
  const now = context.clock.now();
  const due = new Date(now.getTime() + verifyAfterMs(connection));
  const sent = ended.flatMap(({ item, change }) =>
    change.state === "sent" ? { key: item.record_key, reference: referenceOf(item) } : [],
  );
  await context.db.transaction().execute(async (trx) => {
    await changeItems(
      trx,
      request.id,
      ended.map(({ change }) => change),
    );
    await makeDue(trx, request.connection, sent, { now, due });
  });
}
