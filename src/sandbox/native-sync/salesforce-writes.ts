import type { AccountRecord } from "../hubspot/model.ts";
import type { Caller, Fields, FieldValue, Save, SaveResult } from "../salesforce/model.ts";
import { mappingsOf, type SyncContext, type SyncReference } from "./context.ts";
import type { WrittenObjectName } from "./mapping.ts";
import type { Transfer } from "./plan.ts";
import { kindOfRefusal, kindOfSaveError, type SuspensionKind } from "./suspension.ts";
import { failureFromSalesforce, type SyncFailure } from "./sync-error.ts";
import { toSalesforce } from "./values.ts";

/** Salesforce takes at most 200 records in one call. */
const BATCH = 200;

/** A record on its way to Salesforce. */
export interface Outgoing {
  readonly reference: SyncReference;
  readonly hubspot: AccountRecord;
  readonly salesforceObject: WrittenObjectName;
  /** Null: it is to be made. */
  readonly salesforceId: string | null;
  readonly transfers: readonly Transfer[];
  /** Values that come from no property; a transfer to the same field goes before them. */
  readonly given?: Fields;
}

export type Delivery =
  | { readonly outgoing: Outgoing; readonly result: "saved"; readonly id: string }
  | { readonly outgoing: Outgoing; readonly result: "refused"; readonly failures: readonly SyncFailure[] }
  /** Its row was locked by something else: next time. */
  | { readonly outgoing: Outgoing; readonly result: "locked" };

export type Deliveries =
  | { readonly done: readonly Delivery[]; readonly stopped: null }
  | { readonly done: readonly Delivery[]; readonly stopped: { readonly kind: SuspensionKind; readonly at: Outgoing } };

/** Sends records to Salesforce, 200 a call, until something stops the whole sync. */
export function deliver(queue: readonly Outgoing[], call: () => SuspensionKind | null, context: SyncContext): Deliveries {
  const done: Delivery[] = [];
  for (const batch of batches(queue)) {
    const first = batch[0];
    if (!first) continue;
    const refused = call();
    if (refused) return { done, stopped: { kind: refused, at: first } };
    const results = context.org.save(
      caller(context),
      batch.map((outgoing) => toSave(outgoing, context)),
    );
    for (const [index, outgoing] of batch.entries()) {
      const result = results[index];
      if (!result) continue;
      const kind = suspends(result);
      if (kind) return { done, stopped: { kind, at: outgoing } };
      done.push(toDelivery(outgoing, result, context));
    }
  }
  return { done, stopped: null };
}

/** What Salesforce would refuse a record for; nothing of it stays. */
export function rehearse(outgoing: Outgoing, context: SyncContext): readonly SyncFailure[] {
  const [result] = context.org.rehearse(caller(context), [toSave(outgoing, context)]);
  if (result === undefined || suspends(result)) return [];
  const delivery = toDelivery(outgoing, result, context);
  return delivery.result === "refused" ? delivery.failures : [];
}

export function caller(context: SyncContext): Caller {
  return { userId: context.org.integrationUser.id, app: "HubSpot" };
}

/** One call to Salesforce, counted. */
export function callSalesforce(context: SyncContext): SuspensionKind | null {
  const refusal = context.org.call(caller(context));
  return refusal && kindOfRefusal(refusal);
}

/** Batches of one object each, accounts before people before opportunities before tasks. */
function* batches(queue: readonly Outgoing[]): Generator<readonly Outgoing[]> {
  for (const object of ["Account", "Contact", "Lead", "Opportunity", "Task"] as const) {
    const ofObject = queue.filter((outgoing) => outgoing.salesforceObject === object);
    for (let from = 0; from < ofObject.length; from += BATCH) yield ofObject.slice(from, from + BATCH);
  }
}

function toSave({ salesforceObject, salesforceId, transfers, given }: Outgoing, context: SyncContext): Save {
  const fields: Record<string, FieldValue> = { ...given };
  for (const { mapping, form } of transfers) fields[mapping.field] = toSalesforce(mapping, form, context);
  return { object: salesforceObject, id: salesforceId, fields };
}

function suspends(result: SaveResult): SuspensionKind | null {
  for (const error of result.errors) {
    const kind = kindOfSaveError(error);
    if (kind) return kind;
  }
  return null;
}

function toDelivery(outgoing: Outgoing, result: SaveResult, context: SyncContext): Delivery {
  if (result.success) return { outgoing, result: "saved", id: result.id };
  if (result.errors.some((error) => error.statusCode === "UNABLE_TO_LOCK_ROW")) return { outgoing, result: "locked" };
  const mappings = mappingsOf(context, outgoing.salesforceObject);
  const fields = context.org.fieldsOf(outgoing.salesforceObject);
  return { outgoing, result: "refused", failures: result.errors.map((error) => failureFromSalesforce(error, mappings, fields)) };
}
