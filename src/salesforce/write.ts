import type { Refusal } from "../health/refusal.ts";
import { chunks } from "../records/chunks.ts";
import type { SalesforceCalls } from "./calls.ts";
import {
  byKind,
  collectionBody,
  type Placed,
  RECORDS_PER_COLLECTION,
  resultsOf,
  SAVE_HEADERS,
  type SaveResults,
} from "./collection.ts";
import { isLock, refusalOfBody, refusalsOfErrors, refusedBy, refusesEverything, unreadable } from "./refusal.ts";
import type { SalesforceWrite, WriteOutcome } from "./salesforce.ts";

const LOCK_ATTEMPTS = 3;

/**
 * Writes for real, each record by itself, 200 a call. A record that somebody else holds a lock on is tried again after a
 * pause. Rejects only where the very first call is refused as a whole; once something may have been written, records that
 * could not be written are outcomes.
 */
export async function write(calls: SalesforceCalls, writes: readonly SalesforceWrite[]): Promise<readonly WriteOutcome[]> {
  const outcomes = new Map<number, WriteOutcome>();
  let pending: readonly Placed[] = writes.map((one, index) => ({ index, write: one }));
  for (let attempt = 1; pending.length > 0; attempt++) {
    await writeAll(calls, pending, outcomes);
    if (attempt === LOCK_ATTEMPTS) break;
    pending = pending.filter(({ index }) => isLocked(outcomes.get(index)));
    if (pending.length > 0) await calls.pause(attempt);
  }
  return writes.map((one, index) => outcomes.get(index) ?? refused(one, [unreadable("no result for this record")]));
}

async function writeAll(calls: SalesforceCalls, writes: readonly Placed[], outcomes: Map<number, WriteOutcome>): Promise<void> {
  const { inserts, updates } = byKind(writes);
  const collections = [
    ...chunks(updates, RECORDS_PER_COLLECTION).map((some) => ({ method: "PATCH" as const, some })),
    ...chunks(inserts, RECORDS_PER_COLLECTION).map((some) => ({ method: "POST" as const, some })),
  ];
  let outage: Refusal | null = null;
  for (const { method, some } of collections) {
    if (outage) {
      for (const { index, write } of some) outcomes.set(index, refused(write, [outage]));
      continue;
    }
    try {
      await writeCollection(calls, method, some, outcomes);
    } catch (error) {
      if (outcomes.size === 0) throw error;
      outage = refusedBy(error).refusal;
      for (const { index, write } of some) if (!outcomes.has(index)) outcomes.set(index, refused(write, [outage]));
    }
  }
}

/**
 * One bad name of a field refuses a whole collection: it is halved until the bad record stands alone. Rejects where the
 * refusal would meet any record.
 */
async function writeCollection(
  calls: SalesforceCalls,
  method: "POST" | "PATCH",
  writes: readonly Placed[],
  outcomes: Map<number, WriteOutcome>,
): Promise<void> {
  const results = await save(calls, method, writes);
  if (Array.isArray(results)) {
    for (const [place, result] of results.entries()) {
      const placed = writes[place];
      if (placed) outcomes.set(placed.index, outcomeOf(placed.write, result));
    }
    return;
  }
  const [only] = writes;
  if (writes.length === 1 && only) {
    outcomes.set(only.index, refused(only.write, [results]));
    return;
  }
  const middle = writes.length >> 1;
  await writeCollection(calls, method, writes.slice(0, middle), outcomes);
  await writeCollection(calls, method, writes.slice(middle), outcomes);
}

/** The results of each record, or the refusal of this collection as a whole. */
async function save(calls: SalesforceCalls, method: "POST" | "PATCH", writes: readonly Placed[]): Promise<SaveResults | Refusal> {
  try {
    const answer = await calls.call({
      method,
      path: "/composite/sobjects",
      body: collectionBody(writes),
      headers: SAVE_HEADERS,
      repeat: method === "PATCH" ? "harmless" : "doubles",
      saves: true,
    });
    return resultsOf(answer, writes.length) ?? refusalOfBody(answer) ?? unreadable("a collection without its results");
  } catch (error) {
    const refused = refusedBy(error);
    if (refusesEverything(refused.refusal)) throw refused;
    return refused.refusal;
  }
}

function outcomeOf(one: SalesforceWrite, { success, id: sentId, errors }: SaveResults[number]): WriteOutcome {
  const id = sentId ?? one.id;
  return success && id ? { ok: true, id } : { ok: false, refusals: refusalsOfErrors(errors, aboutOf(one)) };
}

function aboutOf({ object, id }: SalesforceWrite): { object: string; recordId?: string } {
  return id === null ? { object } : { object, recordId: id };
}

function refused(one: SalesforceWrite, refusals: readonly Refusal[]): WriteOutcome {
  return { ok: false, refusals: refusals.map((refusal) => ({ ...refusal, ...aboutOf(one) })) };
}

function isLocked(outcome: WriteOutcome | undefined): boolean {
  return outcome !== undefined && !outcome.ok && outcome.refusals.some(isLock);
}
