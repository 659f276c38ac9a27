import type { Insertable, Transaction } from "kysely";
import { RefusedError } from "../../health/refusal.ts";
import { sameValue } from "../../health/remedy.ts";
import type { SalesforceObject, SyncedObject } from "../../records/record.ts";
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
import type { Database, ValueChangeTable } from "../../store/schema.ts";
import { markUndone, saveChanges } from "../../store/value-changes.ts";
import { noteInThreads, refreshAnnouncements } from "../announcements/announce.ts";
import type { Connection, MonitorContext } from "../context.ts";
import { type FinalState, finishAction, hasExpired } from "./action.ts";
import { changeOf, type FixParameters, fixParameters, fixProgress } from "./fix-parameters.ts";
import { changedSince } from "./fix-since.ts";
import { type Held, readHeld, type Written, writeChanges } from "./fix-write.ts";
import { changeWords } from "./request-fix.ts";
import { referenceOf } from "./resync/payload.ts";

/** HubSpot takes at most 100 records a batch. */
const BATCH = 100;
const VERIFY_BATCH = 500;
const PAUSE_MS = 10_000;
const SECOND_MS = 1_000;

type Next = { readonly after: number } | "at-once" | "finished";

/**
 * Goes on with a fix, or with the undoing of one, from wherever it is: writes where the value is still the expected one, then has
 * the polls verify. Ends by itself when the signal aborts, the rest being left to the job that it queues.
 *
 * requested → running → verifying → done; an undo is done once it is written; cancelled or expired between batches; failed where
 * nothing could be written.
 */
export async function runFix(context: MonitorContext, requestId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const next = await step(context, requestId);
    if (next === "finished") return;
    if (next === "at-once" && !signal.aborted) continue;
    const after = new Date(context.clock.now().getTime() + (next === "at-once" ? 0 : next.after));
    await context.jobs.send({ kind: "fix", requestId }, { after });
    return;
  }
}

async function step(context: MonitorContext, requestId: string): Promise<Next> {
  const request = await getRequest(context.db, requestId);
  const connection = request && context.connections.get(request.connection);
  if (!request || request.finished_at !== null) return "finished";
  if (!connection) return finish(context, request, "failed", "The connection is no longer configured.");
  // What was in the air when a process died is settled first: whether it was written is to be known.
  const inTheAir = request.state === "running" && (await nextItems(context.db, requestId, ["sending"], 1)).length > 0;
  if (!inTheAir && request.cancel_requested_by !== null) return stop(context, request, "cancelled");
  if (!inTheAir && hasExpired(request, context.clock.now())) return stop(context, request, "expired");
  switch (request.state) {
    case "requested":
      await change(context, request, { state: "running", started_at: context.clock.now() });
      return "at-once";
    case "running":
      return writeUnlessRefused(context, connection, request);
    case "verifying":
      return verify(context, connection, request);
    default:
      return "finished";
  }
}

/** A system that refuses to be written at all makes the work wait, not fail. */
async function writeUnlessRefused(context: MonitorContext, connection: Connection, request: StoredRequest): Promise<Next> {
  try {
    return await writeNext(context, connection, request);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return pauseFor(context, request, `${error.message}; it goes on by itself when that ends`);
  }
}

async function writeNext(context: MonitorContext, connection: Connection, request: StoredRequest): Promise<Next> {
  const parameters = fixParameters(request);
  const pause = parameters.undoes === null ? await reasonToPause(context, request) : null;
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
    await changeRequest(trx, request.id, { progress: { ...fixProgress(request), pause: null } });
    await refreshAnnouncements(trx, context, subjectOf(request));
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
    if (now === undefined) left.push({ record_key: item.record_key, state: "gone", reason: "the record no longer exists" });
    else if (sameValue(now.value, value) && item.state === "sending") written.push(item);
    else if (sameValue(now.value, value)) {
      left.push({ record_key: item.record_key, state: "skipped", reason: "it has this value already, from somebody else" });
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
  return changed.map(({ item: { record_key } }) => ({ record_key, state: "skipped", reason: reasons.get(record_key) ?? null }));
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
  const { undoes } = fixParameters(request);
  const counts = await countItems(context.db, request.id);
  if (undoes !== null || !counts.sent) {
    const state = counts.failing && !counts.sent ? "failed" : "done";
    return finish(context, request, state, await outcomeOf(context, request));
  }
  const verifyUntil = new Date(context.clock.now().getTime() + 4 * verifyAfterMs(connection)).toISOString();
  await change(context, request, { state: "verifying", progress: { ...fixProgress(request), pause: null, verifyUntil } });
  return { after: verifyAfterMs(connection) };
}

/** Takes each record's verdict from what polls have stored since it was written, and has the connection polled for the others. */
async function verify(context: MonitorContext, connection: Connection, request: StoredRequest): Promise<Next> {
  const now = context.clock.now();
  const { verifyUntil } = fixProgress(request);
  const isLast = verifyUntil !== null && now.toISOString() >= verifyUntil;
  const items = await nextItems(context.db, request.id, ["sent"], VERIFY_BATCH);
  if (items.length > 0) {
    const changes = await verdicts(context, request, items, isLast);
    await context.db.transaction().execute((trx) => changeItems(trx, request.id, changes));
    if (changes.length === items.length) return "at-once";
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
  const keys = items.map(({ record_key }) => record_key);
  const standing = await standingOf(context.db, request.connection, keys);
  const { system } = fixParameters(request);
  return items.flatMap((item): ItemChange[] => {
    const known = standing.get(item.record_key);
    const settled = { record_key: item.record_key, settled_at: now };
    if (known === undefined) return [{ ...settled, state: "synced" }];
    const isSeenAgain = known.error !== null && item.sent_at !== null && known.error.seenAt > item.sent_at;
    if (isSeenAgain && known.dueAt > now) return [{ ...settled, state: "failing", reason: known.error?.statement ?? null }];
    if (!isLast) return [];
    const reason = isSeenAgain ? (known.error?.statement ?? null) : notTakenUp(system);
    return [{ ...settled, state: "failing", reason }];
  });
}

function notTakenUp(system: FixParameters["system"]): string {
  return system === "salesforce"
    ? "the value is right in Salesforce, and HubSpot hasn't taken it up yet: it does when it tries the record again, or when it is resynced"
    : "the value is right in HubSpot, and the sync hasn't taken it to Salesforce yet";
}

async function outcomeOf(context: MonitorContext, request: StoredRequest): Promise<string> {
  const counts = await countItems(context.db, request.id);
  const { undoes } = fixParameters(request);
  const left = [
    ...(counts.failing ? [`${counts.failing} ${undoes === null ? "still failing" : "refused"}`] : []),
    ...(counts.skipped ? [`${counts.skipped} left alone`] : []),
    ...(counts.gone ? [`${counts.gone} gone`] : []),
  ];
  const done = undoes === null ? `${counts.synced ?? 0} synced` : `${counts.sent ?? 0} put back`;
  const unverified = undoes === null && counts.sent ? [`${counts.sent} written`] : [];
  return `${[done, ...unverified, ...left].join(", ")}.`;
}

async function stop(context: MonitorContext, request: StoredRequest, state: "cancelled" | "expired"): Promise<Next> {
  await context.db
    .updateTable("request_item")
    .set({ state: "skipped", reason: state, settled_at: context.clock.now() })
    .where("request_id", "=", request.id)
    .where("state", "=", "waiting")
    .execute();
  const how = state === "cancelled" ? "Cancelled" : "Given up, since it took too long";
  return finish(context, request, state, `${how}: ${await outcomeOf(context, request)}`);
}

async function finish(context: MonitorContext, request: StoredRequest, state: FinalState, outcome: string): Promise<Next> {
  const now = context.clock.now();
  const parameters = fixParameters(request);
  const { target, undoes } = parameters;
  await context.db.transaction().execute(async (trx) => {
    if (!(await changeRequest(trx, request.id, { state, finished_at: now, outcome }))) return;
    await finishAction(trx, request, {
      action: undoes === null ? "fix" : "undo",
      target,
      outcome: `${changeWords(parameters)}: ${outcome}`,
      at: now,
      failed: state === "failed",
    });
    await refreshAnnouncements(trx, context, subjectOf(request));
    if (undoes !== null) await refreshAnnouncements(trx, context, subjectOf({ id: undoes }));
    const about = { about: "fix-finished", isUndo: undoes !== null } as const;
    const note = { ...about, by: request.requested_by, outcome, at: now.toISOString() };
    await noteInThreads(trx, context, subjectOf(request), note);
  });
  return "finished";
}

async function reasonToPause({ db }: MonitorContext, request: StoredRequest): Promise<string | null> {
  const suspension = await newestSuspension(db, request.connection);
  return suspension?.state === "open" ? "the sync is suspended; it goes on by itself when the sync moves again" : null;
}

async function pauseFor(context: MonitorContext, request: StoredRequest, pause: string): Promise<Next> {
  const progress = fixProgress(request);
  if (progress.pause !== pause) await change(context, request, { progress: { ...progress, pause } });
  return { after: PAUSE_MS };
}

/** How long the native sync may take for what was written. */
function verifyAfterMs({ settings }: Connection): number {
  return Math.max(SECOND_MS, settings.graceMs);
}

async function change(context: MonitorContext, request: StoredRequest, what: Parameters<typeof changeRequest>[2]): Promise<void> {
  await context.db.transaction().execute(async (trx) => {
    await changeRequest(trx, request.id, what);
    await refreshAnnouncements(trx, context, subjectOf(request));
  });
}

function subjectOf({ id }: Pick<StoredRequest, "id">): string {
  return `request:${id}`;
}
