import type { ItemChange, StoredItem, StoredRequest } from "../../../store/requests.ts";
import type { Connection } from "../../context.ts";
import { momentOf } from "../../poll/scan.ts";
import { resyncParameters } from "./progress.ts";

/**
 * What has become of records that were in the air when a process died or an answer didn't come. A touch shows in the record, so
 * that what has it isn't touched twice. What `write` was sending is compared anew with both records as they are: values that have
 * arrived are no difference any more, and are sent no second time.
 */
export async function recallSending(
  connection: Connection,
  request: StoredRequest,
  inAir: readonly StoredItem[],
  now: Date,
): Promise<readonly { readonly item: StoredItem; readonly change: ItemChange }[]> {
  const touched = resyncParameters(request).strategy === "touch" ? await touchedAmong(connection, request, inAir) : new Set();
  return inAir.map((item) => {
    const { record_key } = item;
    return {
      item,
      change: touched.has(record_key) ? { record_key, state: "sent", sent_at: now } : { record_key, state: "waiting" },
    };
  });
}

/** Those that show this request's touch: one call for each 100. */
async function touchedAmong(
  { hubspot, settings }: Connection,
  request: StoredRequest,
  items: readonly StoredItem[],
): Promise<ReadonlySet<string>> {
  const touched = new Set<string>();
  for (const [object, some] of Map.groupBy(items, (item) => item.object)) {
    const property = settings.resync.touchProperties[object];
    if (property === undefined) continue;
    const keys = new Map(some.map((item) => [item.hubspot_id, item.record_key]));
    const ids = some.flatMap((item) => item.hubspot_id ?? []);
    for await (const page of hubspot.recordsByIds(object, ids, [property])) {
      for (const record of page) {
        const key = keys.get(record.id);
        const value = momentOf(record.properties[property]);
        if (key !== undefined && value?.getTime() === request.requested_at.getTime()) touched.add(key);
      }
    }
  }
  return touched;
}
