import { salesforceLink } from "../../records/pairing.ts";
import { LINK_PROPERTIES, MERGED_IDS_PROPERTY, type SalesforceRecord } from "../../records/record.ts";
import { sameId } from "../../records/salesforce-id.ts";
import type { Connection } from "../context.ts";
import type { History } from "./difference.ts";
import type { Incoming } from "./incoming.ts";
import type { Holders } from "./incoming-email.ts";
import { momentOf } from "./scan.ts";

/** By then the native sync has looked at a change in Salesforce. Source: HubSpot's knowledge base on sync triggers. */
const LOOK_EVERY_MS = 15 * 60_000;

interface Sync {
  /** The integration user. */
  readonly userId: string;
  /** When the last suspension ended: until then it looked at nothing. */
  readonly resumedAt: Date | null;
}

/**
 * The keys of those Salesforce records without one in HubSpot for which nothing waits: the contact that they were linked to was
 * merged into one that is linked to another, after the sync had seen their newest change. It looks at them again when they are
 * changed. Costs one HubSpot call for 50 contacts that hold such records' emails and that others were merged into.
 */
export async function settledBeforeMerge(
  { hubspot }: Connection,
  incoming: readonly Incoming[],
  holders: Holders,
  sync: Sync,
): Promise<ReadonlySet<string>> {
  const merged = new Map<string, Incoming[]>();
  for (const record of incoming) {
    if (record.hubspot !== null) continue;
    for (const holder of holders.of(record)) {
      if (!holder.properties[MERGED_IDS_PROPERTY] || salesforceLink(holder)?.id === record.salesforce.id) continue;
      merged.set(holder.id, [...(merged.get(holder.id) ?? []), record]);
    }
  }
  if (merged.size === 0) return new Set();
  const properties = [LINK_PROPERTIES.Contact, LINK_PROPERTIES.Lead, MERGED_IDS_PROPERTY, "salesforcelastsynctime"];
  const histories = await hubspot.histories("contacts", [...merged.keys()], properties);
  return new Set(
    [...merged].flatMap(([id, records]) =>
      records.filter(({ salesforce }) => wasSeen(salesforce, histories.get(id) ?? {}, sync)).map(({ key }) => key),
    ),
  );
}

/** Whether the sync had seen a record's newest change when its contact was merged, by what the merged contact's histories show. */
function wasSeen(
  { object, id, modifiedAt, modifiedById }: SalesforceRecord,
  history: History,
  { userId, resumedAt }: Sync,
): boolean {
  const links = object === "Contact" || object === "Lead" ? (history[LINK_PROPERTIES[object]] ?? []) : [];
  const linked = links.find(({ value }) => sameId(value, id));
  if (linked === undefined) return false;
  const merges = (history[MERGED_IDS_PROPERTY] ?? []).map(({ at }) => at).filter((at) => at >= linked.at);
  const mergedAt = merges.at(-1);
  if (mergedAt === undefined || modifiedAt > mergedAt) return false;
  if (modifiedById === userId) return true;
  const mayHaveLooked = resumedAt === null || mergedAt > resumedAt;
  if (mayHaveLooked && mergedAt.getTime() - modifiedAt.getTime() > LOOK_EVERY_MS) return true;
  return (history.salesforcelastsynctime ?? []).some(({ value, at }) => {
    const syncedAt = momentOf(value) ?? at;
    return syncedAt >= modifiedAt && syncedAt <= mergedAt;
  });
}
