import { isDeepStrictEqual } from "node:util";
import type { Insertable, Transaction } from "kysely";
import { RefusedError } from "../../../health/refusal.ts";
import { sameValue } from "../../../health/remedy.ts";
import { type Sentence, sentence } from "../../../language/sentence.ts";
import type { SalesforceObject, SyncedObject } from "../../../records/record.ts";
import { makeDue } from "../../../store/recheck.ts";
import {
  changeItems,
  changeRequest,
  countItems,
  type ItemChange,
  nextItems,
  type StoredItem,
  type StoredRequest,
} from "../../../store/requests.ts";
import type { Database, ValueChangeTable } from "../../../store/schema.ts";
import { markUndone, saveChanges } from "../../../store/value-changes.ts";
import { refreshAnnouncements } from "../../announcements/announce.ts";
import type { Connection, MonitorContext } from "../../context.ts";
import { hasExpired, rightOf } from "../action.ts";
import { waitsForSystem } from "../refused.ts";
import { reasonToPause } from "../resync/pause.ts";
import { referenceOf } from "../resync/payload.ts";
import { resyncProgress, resyncSubject } from "../resync/progress.ts";
import { requestResync } from "../resync/request.ts";
import { beginVerifying, verify, verifyAfterMs } from "../resync/verify.ts";
import { type Next, workOn } from "../work.ts";
import { finishFix } from "./finish.ts";
import { changeOf, type FixParameters, fixParameters } from "./parameters.ts";
import { changedSince } from "./since.ts";
import { type Held, readHeld, type Written, writeChanges } from "./write.ts";

/** HubSpot takes at most 100 records a batch. */
const BATCH = 100;
const PAUSE_MS = 10_000;

/**
 * Goes on with a fix, or with the undoing of one, from wherever it is: writes where the value is still the expected one, then has
 * the polls verify. Ends by itself when the signal aborts, the rest being left to the job that it queues.
 *
 * requested → running → verifying → done; an undo is done once it is written; cancelled or expired between batches; failed where
 * nothing could be written.
 */
export function runFix(context: MonitorContext, requestId: string, signal: AbortSignal): Promise<void> {
  return workOn(context, { kind: "fix", requestId }, signal, {
    step: (request) => step(context, request),
    finish: (request, ending) => finishFix(context, request, ending),
  });
}

async function step(context: MonitorContext, request: StoredRequest): Promise<Next> {
  const connection = context.connections.get(request.connection);
  if (!connection) return { ends: "failed", why: sentence("The connection is no longer configured.") };
  // What was in the air when a process died is settled first: whether it was written is to be known.
  const inTheAir = request.state === "running" && (await nextItems(context.db, request.id, ["sending"], 1)).length > 0;
  if (!inTheAir && request.cancel_requested_by !== null) return { ends: "cancelled" };
  if (!inTheAir && hasExpired(request, context.clock.now())) return { ends: "expired" };
  switch (request.state) {
    case "requested":
      await change(context, request, { state: "running", started_at: context.clock.now() });
      return "at-once";
    case "running":
      return writeUnlessRefused(context, connection, request);
    case "verifying":
      return verify(context, connection, request);
    default:
      return { ends: "done" };
  }
}

/** A system that refuses to be written at all makes the work wait, not fail. */
async function writeUnlessRefused(context: MonitorContext, connection: Connection, request: StoredRequest): Promise<Next> {
  try {
    return await writeNext(context, connection, request);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return pauseFor(context, request, waitsForSystem(error.refusal));
  }
}

async function writeNext(context: MonitorContext, connection: Connection, request: StoredRequest): Promise<Next> {
  const parameters = fixParameters(request);
  const pause = parameters.undoes === null ? await reasonToPause(context, connection) : null;
  if (pause !== null) return pauseFor(context, request, pause);
  const items = await nextItems(context.db, request.id, ["sending", "waiting"], BATCH);
  if (items.length === 0) return afterWriting(context, connection, request);
  const held = await readHeld(connection, parameters.system, items);
  const now = context.clock.now();
  const sorted = await sort(connection, parameters, items, held);
  // Before anything leaves: whoever goes on after a crash sees which records may have been written.
  const sending = sorted.write.map(({ record_key }): ItemChange => ({ record_key, state: "sending" }));
  await context.db.transaction().execute((trx) => changeItems(trx, request.id, sending));
  const outcomes = await writeChanges(connection, parameters.system, sorted.write, held);
  const settled = await settle(connection, parameters, sorted.write, outcomes, now);
  const written = [...sorted.written, ...sorted.write.filter(({ record_key }) => isWritten(outcomes.get(record_key)))];
  await context.db.transaction().execute(async (trx) => {
    const sent = written.map(({ record_key }): ItemChange => ({ record_key, state: "sent", sent_at: now }));
    const left = sorted.left.map((one): ItemChange => ({ ...one, settled_at: now }));
    await changeItems(trx, request.id, [...sent, ...left, ...settled]);
    await keep(trx, request, parameters, written, now);
    const due = new Date(now.getTime() + verifyAfterMs(connection));
    await makeDue(
      trx,
      request.connection,
      written.map((item) => ({ key: item.record_key, reference: referenceOf(item) })),
      { now, due },
    );
    await changeRequest(trx, request.id, { progress: { ...resyncProgress(request), pause: null } });
    await refreshAnnouncements(trx, context, resyncSubject(request));
  });
  return "at-once";
}

function isWritten(outcome: Written | undefined): boolean {
  return outcome !== undefined && "ok" in outcome && outcome.ok;
}

interface Sorted {
  /** To be written now. */
  readonly write: readonly StoredItem[];
  /** Written by an attempt that didn't live to say so. */
  readonly written: readonly StoredItem[];
  /** Gone, or no longer with the value that was seen. */
  readonly left: readonly ItemChange[];
}

/** What is to be done about each record, by what its field has now. */
async function sort(
  connection: Connection,
  parameters: FixParameters,
  items: readonly StoredItem[],
  held: ReadonlyMap<string, Held>,
): Promise<Sorted> {
  const write: StoredItem[] = [];
  const written: StoredItem[] = [];
  const left: ItemChange[] = [];
  const changed: { item: StoredItem; held: Held }[] = [];
  for (const item of items) {
    const { expected, value } = changeOf(item);
    const now = held.get(item.record_key);
    if (now === undefined)
      left.push({ record_key: item.record_key, state: "gone", reason: sentence("the record no longer exists") });
    else if (sameValue(now.value, value) && item.state === "sending") written.push(item);
    else if (sameValue(now.value, value)) {
      left.push({
        record_key: item.record_key,
        state: "skipped",
        reason: sentence("it has this value already, from somebody else"),
      });
    } else if (sameValue(now.value, expected)) write.push(item);
    else changed.push({ item, held: now });
  }
  return { write, written, left: [...left, ...(await leftAlone(connection, parameters, changed))] };
}

async function leftAlone(
  connection: Connection,
  { system }: FixParameters,
  changed: readonly { readonly item: StoredItem; readonly held: Held }[],
): Promise<readonly ItemChange[]> {
  const reasons = await changedSince(connection, system, changed);
  return changed.map(({ item: { record_key } }): ItemChange => {
    const reason = reasons.get(record_key);
    return { record_key, state: "changed", ...(reason === undefined ? {} : { reason }) };
  });
}

/** What became of the records that weren't written after all. */
async function settle(
  connection: Connection,
  parameters: FixParameters,
  items: readonly StoredItem[],
  outcomes: ReadonlyMap<string, Written>,
  now: Date,
): Promise<readonly ItemChange[]> {
  const changed = items.flatMap((item) => {
    const outcome = outcomes.get(item.record_key);
    return outcome !== undefined && "changed" in outcome ? [{ item, held: outcome.changed }] : [];
  });
  const refused = items.flatMap(({ record_key }): ItemChange[] => {
    const outcome = outcomes.get(record_key);
    return outcome !== undefined && "ok" in outcome && !outcome.ok
      ? [{ record_key, state: "failing", reason: outcome.reason, settled_at: now }]
      : [];
  });
  const left = await leftAlone(connection, parameters, changed);
  return [...refused, ...left.map((one) => ({ ...one, settled_at: now }))];
}

/** Keeps what was written, so that it can be put back; of an undo, that it was. */
async function keep(
  trx: Transaction<Database>,
  request: StoredRequest,
  { system, undoes }: FixParameters,
  written: readonly StoredItem[],
  now: Date,
): Promise<void> {
  const rows = written.map((item): Insertable<ValueChangeTable> => {
    const { object, id, field, expected, value } = changeOf(item);
    return {
      request_id: request.id,
      record_key: item.record_key,
      connection: request.connection,
      system,
      object: object as SyncedObject | SalesforceObject,
      record_id: id,
      field,
      before: JSON.stringify(expected),
      after: JSON.stringify(value),
      written_at: now,
      written_by: request.requested_by,
    };
  });
  await saveChanges(trx, rows);
  if (undoes === null) return;
  const keys = written.map(({ record_key }) => record_key);
  await markUndone(trx, undoes, keys, { at: now, by: request.requested_by });
}

async function afterWriting(context: MonitorContext, connection: Connection, request: StoredRequest): Promise<Next> {
  const { undoes, system } = fixParameters(request);
  const counts = await countItems(context.db, request.id);
  if (undoes !== null || !counts.sent) return { ends: counts.failing && !counts.sent ? "failed" : "done" };
  if (system === "salesforce") await resyncWritten(context, connection, request);
  return beginVerifying(context, connection, request);
}

/**
 * HubSpot notices by itself what is written to it. What is written to Salesforce it doesn't: the sync passes over the changes of its
 * own user, which is the one that writes here. So these records are resynced, as a person would: a request of its own in the log.
 */
async function resyncWritten(context: MonitorContext, connection: Connection, request: StoredRequest): Promise<void> {
  const written = await context.db
    .selectFrom("request_item")
    .select("record_key")
    .where("request_id", "=", request.id)
    .where("state", "=", "sent")
    .execute();
  const { target } = fixParameters(request);
  const selection = {
    kind: "records" as const,
    records: written.map(({ record_key }) => record_key),
    name: sentence("what the fix of {target} wrote in Salesforce", { target }),
  };
  // Its outcome is told by the fix's own message.
  const actor = { userId: request.requested_by, channel: null, messageTs: null, allowedAs: rightOf(request) };
  await requestResync(context, connection, selection, context.clock.now(), actor);
}

async function pauseFor(context: MonitorContext, request: StoredRequest, pause: Sentence): Promise<Next> {
  const progress = resyncProgress(request);
  if (!isDeepStrictEqual(progress.pause, pause)) await change(context, request, { progress: { ...progress, pause } });
  return { after: PAUSE_MS };
}

async function change(context: MonitorContext, request: StoredRequest, what: Parameters<typeof changeRequest>[2]): Promise<void> {
  await context.db.transaction().execute(async (trx) => {
    await changeRequest(trx, request.id, what);
    await refreshAnnouncements(trx, context, resyncSubject(request));
  });
}
