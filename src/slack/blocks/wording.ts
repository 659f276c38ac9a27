import type { Evidence } from "../../health/evidence.ts";
import type { ConnectionLinks } from "../../health/report.ts";
import type { RecordReference } from "../../health/sync-errors.ts";
import { ENGLISH } from "../../language/language.ts";
import type { Direction } from "../../records/mapping.ts";
import { type CrmSystem, HUBSPOT_TYPE_IDS, type SyncedObject } from "../../records/record.ts";
import { count, crmText, date, link, list, person, plural } from "./text.ts";

const OBJECT_NOUNS = {
  contacts: ["contact", "contacts"],
  companies: ["company", "companies"],
  deals: ["deal", "deals"],
  tasks: ["task", "tasks"],
} as const satisfies Record<SyncedObject, readonly [string, string]>;

/** "1 contact", "12 companies". */
export function objects(value: number, object: SyncedObject): string {
  const [one, many] = OBJECT_NOUNS[object];
  return plural(value, one, many);
}

/** What people call them. */
export const SYSTEM_NAMES = { hubspot: "HubSpot", salesforce: "Salesforce" } as const satisfies Record<CrmSystem, string>;

export function directionText(direction: Direction): string {
  return direction === "hubspot-to-salesforce" ? "HubSpot to Salesforce" : "Salesforce to HubSpot";
}

/** What was seen, and when. */
export function evidenceText(evidence: Evidence): string {
  const at = new Date(evidence.at);
  const when = Number.isNaN(at.getTime()) ? "" : ` ${date(ENGLISH, at)}`;
  const by = evidence.importedBy === undefined ? "" : ` (imported by ${person(evidence.importedBy)})`;
  return `Seen${when}: ${statementText(evidence, 900)}${by}`;
}

/** What was seen, without the full stop that some statements bring along. */
export function statementText(evidence: Evidence, max: number): string {
  return crmText(evidence.statement.replace(/\.\s*$/, ""), max);
}

/** "312 changes wait in HubSpot and 4 in Salesforce". */
export function waitingText(waiting: { readonly hubspot: number; readonly salesforce: number }): string {
  const total = waiting.hubspot + waiting.salesforce;
  if (total === 0) return "No change is known to wait";
  const sides = [
    ...(waiting.hubspot > 0 ? [`${count(waiting.hubspot)} in HubSpot`] : []),
    ...(waiting.salesforce > 0 ? [`${count(waiting.salesforce)} in Salesforce`] : []),
  ];
  return `${plural(total, "change")} ${total === 1 ? "waits" : "wait"}: ${list(sides)}`;
}

export function hubspotRecordUrl(links: ConnectionLinks, record: Pick<RecordReference, "object" | "hubspotId">): string | null {
  if (links.hubspotBase === null || record.hubspotId === null) return null;
  return `${links.hubspotBase}/record/${HUBSPOT_TYPE_IDS[record.object]}/${encodeURIComponent(record.hubspotId)}`;
}

export function salesforceRecordUrl(links: ConnectionLinks, record: Pick<RecordReference, "salesforceId">): string | null {
  if (links.salesforceBase === null || record.salesforceId === null) return null;
  return `${links.salesforceBase}/${encodeURIComponent(record.salesforceId)}`;
}

/** A record's name with links to both systems; a side where it doesn't exist is left out. */
export function recordText(links: ConnectionLinks, record: RecordReference): string {
  const sides = [
    ...(record.hubspotId === null ? [] : [link(hubspotRecordUrl(links, record), "HubSpot")]),
    ...(record.salesforceId === null ? [] : [link(salesforceRecordUrl(links, record), record.salesforceObject ?? "Salesforce")]),
  ];
  return `${crmText(record.label, 150)} (${sides.join(" · ")})`;
}

/** Numbered steps of advice, on lines of their own. */
export function steps(advice: readonly string[]): string {
  return advice.map((step, index) => `${index + 1}. ${crmText(step, 600)}`).join("\n");
}
