import type { Refusal } from "../health/refusal.ts";
import type { SyncedObject } from "../records/record.ts";
import type { HubSpotApis } from "./apis.ts";
import type { HubSpotUpdate, HubSpotUpdateOutcome } from "./hubspot.ts";
import { errorBody, refusalOfError, refusedBy, refusesEverything } from "./refusal.ts";

const INPUTS_PER_CALL = 100;

interface Placed {
  readonly index: number;
  readonly update: HubSpotUpdate;
}

/**
 * Updates records, 100 a call, each by itself, outcomes in the order given. HubSpot refuses a whole batch for one bad
 * value and writes none of it then: such a batch is halved until the bad records stand alone. Rejects only where the
 * first call is refused as a whole; after that, records that could not be written are outcomes.
 */
export async function update(
  apis: HubSpotApis,
  object: SyncedObject,
  updates: readonly HubSpotUpdate[],
): Promise<readonly HubSpotUpdateOutcome[]> {
  const outcomes = new Map<number, HubSpotUpdateOutcome>();
  let outage: Refusal | null = null;
  for (const batch of batches(updates)) {
    try {
      if (!outage) await updateBatch(apis, object, batch, outcomes);
    } catch (error) {
      if (outcomes.size === 0) throw error;
      outage = refusedBy(error).refusal;
    }
    for (const one of batch) if (outage && !outcomes.has(one.index)) outcomes.set(one.index, refused(object, one, outage));
  }
  const none: Refusal = {
    system: "hubspot",
    code: "UNREADABLE",
    message: "HubSpot named no result for this record.",
    fields: [],
  };
  return updates.map((one, index) => outcomes.get(index) ?? refused(object, { index, update: one }, none));
}

/** HubSpot refuses a batch that names a record twice. */
function batches(updates: readonly HubSpotUpdate[]): readonly (readonly Placed[])[] {
  const all: Placed[][] = [];
  let ids = new Set<string>();
  for (const [index, one] of updates.entries()) {
    if (all.length === 0 || ids.size === INPUTS_PER_CALL || ids.has(one.id)) {
      all.push([]);
      ids = new Set();
    }
    ids.add(one.id);
    all.at(-1)?.push({ index, update: one });
  }
  return all;
}

async function updateBatch(
  apis: HubSpotApis,
  object: SyncedObject,
  batch: readonly Placed[],
  outcomes: Map<number, HubSpotUpdateOutcome>,
): Promise<void> {
  const refusal = await send(apis, object, batch, outcomes);
  if (!refusal) return;
  const [only] = batch;
  if (batch.length === 1 && only) {
    outcomes.set(only.index, refused(object, only, refusal));
    return;
  }
  const middle = batch.length >> 1;
  await updateBatch(apis, object, batch.slice(0, middle), outcomes);
  await updateBatch(apis, object, batch.slice(middle), outcomes);
}

/** Sends one batch; gives the refusal of the batch as a whole for what is in it, or null where each record has its outcome. */
async function send(
  apis: HubSpotApis,
  object: SyncedObject,
  batch: readonly Placed[],
  outcomes: Map<number, HubSpotUpdateOutcome>,
): Promise<Refusal | null> {
  const inputs = batch.map(({ update: { id, properties } }) => ({ id, properties: { ...properties } }));
  try {
    const answer = await apis.batch.update(object, { inputs });
    const written = new Map(answer.results.map((result) => [result.id, result.updatedAt]));
    const errors = "errors" in answer ? (answer.errors ?? []) : [];
    // Records that were merged into others are answered for under those ones' ids. Which is which isn't said: all were written.
    const asked = new Set(batch.map(({ update }) => update.id));
    const others = answer.results.filter(({ id }) => !asked.has(id));
    const unanswered = batch.filter(({ update }) => !written.has(update.id) && ownError(update.id, errors) === undefined);
    const merged = others.length === unanswered.length ? new Set(unanswered) : new Set();
    for (const one of batch) {
      const updatedAt = merged.has(one) ? others[0]?.updatedAt : written.get(one.update.id);
      if (updatedAt) outcomes.set(one.index, { ok: true, id: one.update.id, updatedAt });
      else outcomes.set(one.index, refused(object, one, refusalFor(one.update.id, errors)));
    }
    return null;
  } catch (error) {
    const refusedError = refusedBy(error);
    if (refusesEverything(refusedError.refusal)) throw refusedError;
    return refusedError.refusal;
  }
}

/** The error of a 207 that names this record, or the only one there is. */
function refusalFor(id: string, errors: readonly unknown[]): Refusal {
  const error = ownError(id, errors) ?? errors[0];
  return error === undefined
    ? { system: "hubspot", code: "UNREADABLE", message: "HubSpot left this record out of its answer.", fields: [] }
    : refusalOfError(error);
}

function ownError(id: string, errors: readonly unknown[]): unknown {
  return errors.find((error) => {
    const context = errorBody(error)?.context ?? {};
    return ["ids", "id", "objectId"].some((key) => context[key]?.includes(id));
  });
}

function refused(object: SyncedObject, { update: { id } }: Placed, refusal: Refusal): HubSpotUpdateOutcome {
  return { ok: false, id, refusal: { ...refusal, object, recordId: id } };
}
