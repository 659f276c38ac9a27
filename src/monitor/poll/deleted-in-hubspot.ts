import { isLinkedObject, LINK_PROPERTIES, type LinkedObject, syncedObject } from "../../records/record.ts";
import { sameId } from "../../records/salesforce-id.ts";
import type { Connection } from "../context.ts";
import type { OutOfStep } from "./examination.ts";

/** Calls that a poll spends at most on one object's deleted records. In accounts with more of them some are not found. */
const MOST_PAGES = 10;

/**
 * Of changed Salesforce records that HubSpot has none for, the ids of those whose HubSpot record was deleted after the change: it
 * was synced, or would be made again. Reads HubSpot's deleted records, which it keeps for 90 days, 100 a call.
 */
export async function deletedSinceChange({ hubspot }: Connection, suspects: readonly OutOfStep[]): Promise<ReadonlySet<string>> {
  const deleted = new Set<string>();
  const byObject = Map.groupBy(suspects, ({ reference }) => reference.salesforceObject);
  for (const [object, ofObject] of byObject) {
    if (object === null || !isLinkedObject(object)) continue;
    for await (const { id, archivedAt } of deletedPartners(hubspot, object)) {
      const suspect = ofObject.find(({ reference: { salesforceId } }) => salesforceId !== null && sameId(salesforceId, id));
      if (suspect !== undefined && archivedAt > suspect.changedAt) deleted.add(suspect.reference.salesforceId ?? "");
      if (ofObject.every(({ reference: { salesforceId } }) => deleted.has(salesforceId ?? ""))) break;
    }
  }
  return deleted;
}

/** The Salesforce records that HubSpot's deleted ones were linked to. */
async function* deletedPartners(
  hubspot: Connection["hubspot"],
  object: LinkedObject,
): AsyncGenerator<{ readonly id: string; readonly archivedAt: Date }> {
  const property = LINK_PROPERTIES[object];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const read: Awaited<ReturnType<typeof hubspot.archivedAfter>> = await hubspot.archivedAfter(syncedObject(object), after, [
      property,
    ]);
    for (const { properties, archivedAt } of read.records) {
      const id = properties[property];
      if (id) yield { id, archivedAt };
    }
    after = read.next;
    if (after === null) return;
  }
}
