import { salesforceLink } from "../../records/pairing.ts";
import { LINK_PROPERTIES, MERGED_IDS_PROPERTY, type SalesforceRecord } from "../../records/record.ts";
import { sameId } from "../../records/salesforce-id.ts";
import type { Connection } from "../context.ts";
import type { History } from "./difference.ts";
import type { Spell } from "./examination.ts";
import type { Incoming } from "./incoming.ts";
import type { Holders } from "./incoming-email.ts";

const ADDITIONAL_EMAILS = "hs_additional_emails";
const SYNCED_AT = "salesforcelastsynctime";

/** By then the native sync has looked at a change in Salesforce. Source: HubSpot's knowledge base on sync triggers. */
const LOOK_EVERY_MS = 15 * 60_000;

interface Sync {
  /** The integration user. */
  readonly userId: string;
  /** The last suspension: meanwhile it looked at nothing. */
  readonly suspended: Spell | null;
}

/**
 * The keys of those Salesforce records without one in HubSpot for which nothing waits: the contact that they were linked to was
 * merged into one that is linked to another, after the sync had seen their newest change. It looks at them again when they are
 * changed. Costs one HubSpot call for 50 contacts that hold such records' emails and that others were merged into.
 */
export async function settledBeforeMerge(
  { hubspot, settings }: Connection,
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
  const mapped = settings.mappings.filter(({ object }) => object === "contacts").map(({ hubspotProperty }) => hubspotProperty);
  const properties = [
    LINK_PROPERTIES.Contact,
    LINK_PROPERTIES.Lead,
    MERGED_IDS_PROPERTY,
    ADDITIONAL_EMAILS,
    SYNCED_AT,
    ...mapped,
  ];
  const histories = await hubspot.histories("contacts", [...merged.keys()], [...new Set(properties)]);
  return new Set(
    [...merged].flatMap(([id, records]) =>
      records.filter(({ salesforce }) => wasSeen(salesforce, histories.get(id) ?? {}, sync)).map(({ key }) => key),
    ),
  );
}

/** Whether the sync had seen a record's newest change when its contact was merged, by what the merged contact's histories show. */
function wasSeen(salesforce: SalesforceRecord, history: History, { userId, suspended }: Sync): boolean {
  const { modifiedAt, modifiedById } = salesforce;
  const mergedAt = mergeOf(salesforce, history);
  if (mergedAt === null || modifiedAt > mergedAt) return false;
  if (modifiedById === userId) return true;
  const [changed, merged] = [modifiedAt.getTime(), mergedAt.getTime()];
  const before = Math.min(merged, suspended?.from.getTime() ?? merged) - changed;
  const after = merged - Math.max(changed, suspended?.until.getTime() ?? changed);
  if (Math.max(before, after) > LOOK_EVERY_MS) return true;
  return looksAtSalesforce(history).some((at) => at >= modifiedAt && at <= mergedAt);
}

/** When the contact with a record's email was merged into the one whose histories these are; null where it wasn't linked to it. */
function mergeOf({ object, id, fields }: SalesforceRecord, history: History): Date | null {
  const links = object === "Contact" || object === "Lead" ? (history[LINK_PROPERTIES[object]] ?? []) : [];
  if (!links.some(({ value }) => sameId(value, id))) return null;
  const email = String(fields.Email ?? "").toLowerCase();
  const added = (history[ADDITIONAL_EMAILS] ?? []).findLast(({ value }) => value.toLowerCase().split(";").includes(email));
  return added?.at ?? history[MERGED_IDS_PROPERTY]?.[0]?.at ?? null;
}

/** When the sync brought values without HubSpot's having changed before: it had looked at Salesforce, rather than reacted. */
function looksAtSalesforce(history: History): readonly Date[] {
  const stamps = (history[SYNCED_AT] ?? []).filter(({ sourceType }) => sourceType === "SALESFORCE").map(({ at }) => at);
  const edits = Object.entries(history).flatMap(([name, versions]) =>
    name === SYNCED_AT ? [] : versions.filter(({ sourceType }) => sourceType !== "SALESFORCE").map(({ at }) => at),
  );
  return stamps.filter((at, index) => {
    const before = stamps[index + 1] ?? new Date(0);
    return !edits.some((edit) => edit > before && edit <= at);
  });
}
