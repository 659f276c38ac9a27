import type { Refusal } from "../../health/refusal.ts";
import type { HubSpotUpdate } from "../../hubspot/hubspot.ts";
import type { SyncedObject } from "../../records/record.ts";
import type { SalesforceWrite } from "../../salesforce/salesforce.ts";
import type { StoredItem } from "../../store/requests.ts";
import type { Connection } from "../context.ts";

/** What is written for one record: fixed and stored before it is sent, so that a second attempt writes the same. */
export interface Payload {
  readonly hubspot: Readonly<Record<string, string>> | null;
  readonly salesforce: SalesforceWrite | null;
}

export type SendOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Writes a batch: HubSpot 100 records a call, Salesforce 200 a call. Outcomes by record key. */
export async function sendBatch(
  connection: Connection,
  batch: readonly { readonly item: StoredItem; readonly payload: Payload }[],
): Promise<ReadonlyMap<string, SendOutcome>> {
  const outcomes = new Map<string, SendOutcome>();
  await sendToHubSpot(connection, batch, outcomes);
  const writes = batch.flatMap(({ item, payload }) => (payload.salesforce ? [{ item, write: payload.salesforce }] : []));
  if (writes.length === 0) return outcomes;
  const written = await connection.salesforce.write(writes.map(({ write }) => write));
  for (const [index, { item }] of writes.entries()) {
    const outcome = written[index];
    if (outcome?.ok === false) outcomes.set(item.record_key, { ok: false, reason: reasonOf(outcome.refusals) });
    else if (!outcomes.has(item.record_key)) outcomes.set(item.record_key, { ok: true });
  }
  return outcomes;
}

async function sendToHubSpot(
  { hubspot }: Connection,
  batch: readonly { readonly item: StoredItem; readonly payload: Payload }[],
  outcomes: Map<string, SendOutcome>,
): Promise<void> {
  const byObject = new Map<SyncedObject, { item: StoredItem; update: HubSpotUpdate }[]>();
  for (const { item, payload } of batch) {
    if (payload.hubspot === null || item.hubspot_id === null) continue;
    const entries = byObject.get(item.object) ?? [];
    entries.push({ item, update: { id: item.hubspot_id, properties: payload.hubspot } });
    byObject.set(item.object, entries);
  }
  for (const [object, entries] of byObject) {
    const updated = await hubspot.update(
      object,
      entries.map(({ update }) => update),
    );
    for (const [index, { item }] of entries.entries()) {
      const outcome = updated[index];
      outcomes.set(item.record_key, outcome?.ok === false ? { ok: false, reason: reasonOf([outcome.refusal]) } : { ok: true });
    }
  }
}

function reasonOf(refusals: readonly Refusal[]): string {
  const [first] = refusals;
  if (!first) return "refused without a reason";
  return `${first.system === "hubspot" ? "HubSpot" : "Salesforce"} answered ${first.code}: ${first.message}`;
}
