import { type Refusal, RefusedError } from "../../../health/refusal.ts";
import { refusesEverything as hubspotRefusesEverything } from "../../../hubspot/refusal.ts";
import type { Sentence } from "../../../language/sentence.ts";
import { chunks } from "../../../records/chunks.ts";
import type { SyncedObject } from "../../../records/record.ts";
import { isTransient, refusesEverything as salesforceRefusesEverything } from "../../../salesforce/refusal.ts";
import type { SalesforceWrite } from "../../../salesforce/salesforce.ts";
import type { StoredItem } from "../../../store/requests.ts";
import type { Connection } from "../../context.ts";
import { refusedSentence } from "../refused.ts";
import { inLanes } from "./lanes.ts";

/** What is written for one record. A type rather than an interface, so that it is stored as the JSON it is. */
export type Payload = {
  readonly salesforce: SalesforceWrite | null;
  /** Properties of the HubSpot record `hubspotId`. */
  readonly hubspot: Readonly<Record<string, string>> | null;
  readonly hubspotId: string | null;
  /** A record to make in HubSpot. */
  readonly create: { readonly object: SyncedObject; readonly properties: Readonly<Record<string, string>> } | null;
};

export interface Work {
  readonly item: StoredItem;
  readonly payload: Payload;
}

/** What came of sending one record. `again`: nothing was said about it; `maybe`: and it may have been written all the same. */
export type SendOutcome = "sent" | "again" | "maybe" | { readonly refused: Sentence };

/** Is told of each batch before it leaves, and of what came of its records. */
export interface SendListener {
  leaving(batch: readonly Work[]): Promise<void>;
  ended(outcomes: readonly { readonly item: StoredItem; readonly outcome: SendOutcome }[]): Promise<void>;
}

const HUBSPOT_BATCH = 100;
const SALESFORCE_BATCH = 200;
/** Calls under way together, of each system. */
const LANES = 4;

/**
 * Writes records, Salesforce 200 a call, then HubSpot 100 a call. Rejects with `RefusedError` where a system refuses everything;
 * what hasn't left by then is not told of.
 */
export async function sendAll(connection: Connection, work: readonly Work[], listener: SendListener): Promise<void> {
  const toSalesforce = work.filter(({ payload }) => payload.salesforce !== null);
  // Neighbours share accounts, which Salesforce locks while it saves: they go in one call rather than in several at once.
  const sorted = toSalesforce.toSorted((a, b) => orderOf(a).localeCompare(orderOf(b)));
  const written = new Set<StoredItem>();
  await inLanes(chunks(sorted, SALESFORCE_BATCH), LANES, async (batch) => {
    await listener.leaving(batch);
    for (const { item } of await sendToSalesforce(connection, batch, listener)) written.add(item);
  });
  const toHubSpot = work.filter(
    ({ item, payload }) => payload.hubspot !== null && (payload.salesforce === null || written.has(item)),
  );
  const batches = [...Map.groupBy(toHubSpot, ({ item }) => item.object)].flatMap(([object, some]) =>
    chunks(some, HUBSPOT_BATCH).map((batch) => ({ object, batch })),
  );
  await inLanes(batches, LANES, async ({ object, batch }) => {
    await listener.leaving(batch.filter(({ payload }) => payload.salesforce === null));
    await sendToHubSpot(connection, object, batch, listener);
  });
  const creates = work.filter(({ payload }) => payload.create !== null);
  await inLanes(creates, LANES, async (one) => {
    await listener.leaving([one]);
    await createInHubSpot(connection, one, listener);
  });
}

function orderOf({ payload }: Work): string {
  const write = payload.salesforce;
  return `${write?.object}:${write?.fields.AccountId ?? ""}:${write?.id ?? ""}`;
}

/** Answers those that were written and have something to be sent to HubSpot yet. */
async function sendToSalesforce(
  { salesforce }: Connection,
  batch: readonly Work[],
  listener: SendListener,
): Promise<readonly Work[]> {
  const writes = batch.flatMap(({ payload }) => payload.salesforce ?? []);
  const outcomes = await orRelease(batch, listener, () => salesforce.write(writes));
  const ended = batch.map(({ item }, index): { item: StoredItem; outcome: SendOutcome } => {
    const outcome = outcomes[index];
    return { item, outcome: outcome?.ok === false ? outcomeOf(outcome.refusals) : "sent" };
  });
  const goesOn = batch.filter(({ payload }, index) => payload.hubspot !== null && ended[index]?.outcome === "sent");
  const isGoingOn = new Set(goesOn.map(({ item }) => item));
  await listener.ended(ended.filter(({ item }) => !isGoingOn.has(item)));
  throwIfRefused(outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.refusals)));
  return goesOn;
}

async function sendToHubSpot(
  { hubspot }: Connection,
  object: SyncedObject,
  batch: readonly Work[],
  listener: SendListener,
): Promise<void> {
  const updates = batch.flatMap(({ payload }) =>
    payload.hubspot === null || payload.hubspotId === null ? [] : { id: payload.hubspotId, properties: payload.hubspot },
  );
  const outcomes = await orRelease(batch, listener, () => hubspot.update(object, updates));
  const refusals = outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.refusal));
  await listener.ended(
    batch.map(({ item }, index) => {
      const outcome = outcomes[index];
      return { item, outcome: outcome?.ok === false ? outcomeOf([outcome.refusal]) : "sent" };
    }),
  );
  throwIfRefused(refusals);
}

async function createInHubSpot({ hubspot }: Connection, work: Work, listener: SendListener): Promise<void> {
  const { create } = work.payload;
  if (create === null) return;
  const outcome = await orRelease([work], listener, () => hubspot.create(create.object, create.properties));
  // Somebody has the email already: a first attempt of ours, the native sync, or another contact, which the look afterwards tells.
  const isThere = outcome.ok || outcome.refusal.httpStatus === 409;
  await listener.ended([{ item: work.item, outcome: isThere ? "sent" : outcomeOf([outcome.refusal]) }]);
}

/** Makes a call; where it is refused as a whole, says of its records that they may be sent again. */
async function orRelease<T>(batch: readonly Work[], listener: SendListener, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof RefusedError) {
      await listener.ended(batch.map(({ item }) => ({ item, outcome: isServedMaybe(error.refusal) ? "maybe" : "again" })));
    }
    throw error;
  }
}

/** A refusal of everything, met in the middle of a batch, is not its records' matter. */
function throwIfRefused(refusals: readonly Refusal[]): void {
  const common = refusals.find(isCommon);
  if (common !== undefined) throw new RefusedError(common);
}

function outcomeOf(refusals: readonly Refusal[]): SendOutcome {
  const common = refusals.find(isCommon);
  if (common !== undefined) return isServedMaybe(common) ? "maybe" : "again";
  return { refused: refusedSentence(refusals) };
}

/** Whether a refusal of one record is no matter of its own: the system refuses everything just now, or will take it soon. */
export function isCommon(refusal: Refusal): boolean {
  return refusal.system === "hubspot"
    ? hubspotRefusesEverything(refusal)
    : salesforceRefusesEverything(refusal) || isTransient(refusal);
}

/** Whether the call may have been served although no answer says so. */
function isServedMaybe({ httpStatus }: Refusal): boolean {
  return httpStatus === undefined || httpStatus >= 500;
}
