import { type Refusal, RefusedError } from "../../../health/refusal.ts";
import { sameValue } from "../../../health/remedy.ts";
import { type Said, sentence } from "../../../language/sentence.ts";
import type { CrmSystem, SalesforceObject, SalesforceValue, SyncedObject } from "../../../records/record.ts";
import type { SalesforceWrite } from "../../../salesforce/salesforce.ts";
import type { StoredItem } from "../../../store/requests.ts";
import type { Connection } from "../../context.ts";
import { refusedSentence } from "../refused.ts";
import { isCommon } from "../resync/send.ts";
import { type Change, changeOf } from "./parameters.ts";

/** What a field has now; absent where the record is gone. */
export interface Held {
  readonly value: SalesforceValue;
  /** When the record was changed last. */
  readonly modifiedAt: Date;
}

export type Written = { readonly ok: true } | { readonly ok: false; readonly reason: Said } | { readonly changed: Held };

/** What the fields have now that items are about, by record key: one call for 100 records in HubSpot, for 2,000 in Salesforce. */
export async function readHeld(
  { hubspot, salesforce }: Connection,
  system: CrmSystem,
  items: readonly StoredItem[],
): Promise<ReadonlyMap<string, Held>> {
  const held = new Map<string, Held>();
  for (const [object, some] of byObject(items)) {
    const [first] = some;
    if (first === undefined) continue;
    const { field } = first.change;
    const ids = some.map(({ change }) => change.id);
    const found = new Map<string, Held>();
    if (system === "hubspot") {
      for await (const page of hubspot.recordsByIds(object as SyncedObject, ids, [field])) {
        for (const one of page) found.set(one.id, { value: one.properties[field] ?? null, modifiedAt: one.updatedAt });
      }
    } else {
      for await (const page of salesforce.recordsByIds(object as SalesforceObject, ids, [field])) {
        for (const one of page) found.set(one.id, { value: one.fields[field] ?? null, modifiedAt: one.modifiedAt });
      }
    }
    for (const { item, change } of some) {
      const one = found.get(change.id);
      if (one !== undefined) held.set(item.record_key, one);
    }
  }
  return held;
}

/**
 * Writes one field of each record that still had the expected value when it was read. Salesforce is told the condition where it
 * is one record; for several, and in HubSpot, which knows no conditions, what was read just before has to do.
 */
export async function writeChanges(
  connection: Connection,
  system: CrmSystem,
  items: readonly StoredItem[],
  held: ReadonlyMap<string, Held>,
): Promise<ReadonlyMap<string, Written>> {
  if (items.length === 0) return new Map();
  if (system === "hubspot") return writeToHubSpot(connection, items);
  const [only, ...others] = items;
  const readAt = only === undefined ? undefined : held.get(only.record_key);
  if (only !== undefined && others.length === 0 && readAt !== undefined) {
    return new Map([[only.record_key, await writeOne(connection, only, readAt)]]);
  }
  const outcomes = await connection.salesforce.write(items.map((item) => writeOf(changeOf(item))));
  throwIfRefused(outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.refusals)));
  return new Map<string, Written>(
    items.map((item, index): [string, Written] => {
      const outcome = outcomes[index];
      if (outcome?.ok) return [item.record_key, { ok: true }];
      return [item.record_key, { ok: false, reason: refusedSentence(outcome?.refusals ?? []) }];
    }),
  );
}

async function writeToHubSpot({ hubspot }: Connection, items: readonly StoredItem[]): Promise<ReadonlyMap<string, Written>> {
  const written = new Map<string, Written>();
  for (const [object, some] of byObject(items)) {
    const outcomes = await hubspot.update(
      object as SyncedObject,
      some.map(({ change }) => ({ id: change.id, properties: { [change.field]: String(change.value ?? "") } })),
    );
    throwIfRefused(outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.refusal)));
    for (const [index, { item }] of some.entries()) {
      const outcome = outcomes[index];
      written.set(
        item.record_key,
        outcome?.ok ? { ok: true } : { ok: false, reason: refusedSentence(outcome ? [outcome.refusal] : []) },
      );
    }
  }
  return written;
}

const ATTEMPTS = 3;
const SECOND_MS = 1_000;

/** Somebody's edit of another field is no reason to leave the record alone: it is read again, and the condition renewed. */
async function writeOne(connection: Connection, item: StoredItem, readAt: Held): Promise<Written> {
  const change = changeOf(item);
  let held = readAt;
  let since = held.modifiedAt;
  for (let attempt = 1; ; attempt++) {
    const outcome = await connection.salesforce.writeIfUnmodified(writeOf(change), since);
    if (outcome !== "changed" && !outcome.ok) throwIfRefused(outcome.refusals);
    if (outcome !== "changed") return outcome.ok ? { ok: true } : { ok: false, reason: refusedSentence(outcome.refusals) };
    const again = (await readHeld(connection, "salesforce", [item])).get(item.record_key);
    if (again === undefined) return { ok: false, reason: sentence("the record no longer exists") };
    if (!sameValue(again.value, change.expected) || attempt === ATTEMPTS) return { changed: again };
    // The same moment refused: Salesforce has compared it to the millisecond, which the header can't say.
    const isSame = again.modifiedAt.getTime() === held.modifiedAt.getTime();
    since = isSame ? new Date(again.modifiedAt.getTime() + SECOND_MS - 1) : again.modifiedAt;
    held = again;
  }
}

function writeOf({ object, id, field, value }: Change): SalesforceWrite & { readonly id: string } {
  return { object: object as SalesforceObject, id, fields: { [field]: value === "" ? null : value } };
}

function byObject(items: readonly StoredItem[]): ReadonlyMap<string, readonly { item: StoredItem; change: Change }[]> {
  return Map.groupBy(
    items.map((item) => ({ item, change: changeOf(item) })),
    ({ change }) => change.object,
  );
}

/** What isn't a record's own matter makes all of them wait: what was written by then shows when they are read again. */
function throwIfRefused(refusals: readonly Refusal[]): void {
  const common = refusals.find(isCommon);
  if (common !== undefined) throw new RefusedError(common);
}
