import { instant, type Sentence, sentence } from "../../../language/sentence.ts";
import { type CrmSystem, SYSTEM_NAMES, type SyncedObject } from "../../../records/record.ts";
import type { StoredItem } from "../../../store/requests.ts";
import type { Connection } from "../../context.ts";
import { changeOf } from "./parameters.ts";
import { valueWords } from "./words.ts";
import type { Held } from "./write.ts";

/**
 * What to say of records that somebody has changed since: what they have now and since when, by record key. HubSpot keeps the
 * history of each property, one call for 50 records; of Salesforce's, the record's own last change is what is known.
 */
export async function changedSince(
  { hubspot }: Connection,
  system: CrmSystem,
  changed: readonly { readonly item: StoredItem; readonly held: Held }[],
): Promise<ReadonlyMap<string, Sentence>> {
  const since = new Map<string, Date>();
  if (system === "hubspot") {
    for (const [object, some] of Map.groupBy(changed, ({ item }) => changeOf(item).object)) {
      const field = some[0] === undefined ? "" : changeOf(some[0].item).field;
      const ids = some.map(({ item }) => changeOf(item).id);
      const histories = await hubspot.histories(object as SyncedObject, ids, [field]);
      for (const { item } of some) {
        const at = histories.get(changeOf(item).id)?.[field]?.[0]?.at;
        if (at !== undefined) since.set(item.record_key, at);
      }
    }
  }
  return new Map(
    changed.map(({ item, held }) => {
      const at = since.get(item.record_key);
      const values = { system: SYSTEM_NAMES[system], value: valueWords(held.value), date: instant(at ?? held.modifiedAt) };
      const reason =
        at === undefined
          ? sentence("changed by somebody since: {system} has {value} now (the record was changed last {date})", values)
          : sentence("changed by somebody since: {system} has {value} now, since {date}", values);
      return [item.record_key, reason];
    }),
  );
}
