import type { Evidence } from "../../health/evidence.ts";
import type { ConnectionLinks } from "../../health/report.ts";
import type { RecordReference } from "../../health/sync-errors.ts";
import type { Language } from "../../language/language.ts";
import type { Direction } from "../../records/mapping.ts";
import { HUBSPOT_TYPE_IDS, SYSTEM_NAMES, type SyncedObject } from "../../records/record.ts";
import { crmText, date, link, person } from "./text.ts";

/** "1 contact", "12 companies". */
export function objects(t: Language, records: number, object: SyncedObject): string {
  switch (object) {
    case "contacts":
      return t.say("{records, plural, one {# contact} other {# contacts}}", { records });
    case "companies":
      return t.say("{records, plural, one {# company} other {# companies}}", { records });
    case "deals":
      return t.say("{records, plural, one {# deal} other {# deals}}", { records });
    case "tasks":
      return t.say("{records, plural, one {# task} other {# tasks}}", { records });
  }
}

/** "Contacts", as the name of the object. */
export function objectName(t: Language, object: SyncedObject): string {
  switch (object) {
    case "contacts":
      return t.say("Contacts");
    case "companies":
      return t.say("Companies");
    case "deals":
      return t.say("Deals");
    case "tasks":
      return t.say("Tasks");
  }
}

export function directionText(t: Language, direction: Direction): string {
  return direction === "hubspot-to-salesforce" ? t.say("HubSpot to Salesforce") : t.say("Salesforce to HubSpot");
}

/** What was seen, and when, without a full stop. */
export function evidenceText(t: Language, evidence: Evidence): string {
  const at = new Date(evidence.at);
  const statement = statementText(t, evidence, 900);
  if (Number.isNaN(at.getTime())) return t.say("Seen: {statement}", { statement });
  if (evidence.importedBy === undefined) return t.say("Seen {date}: {statement}", { date: date(t, at), statement });
  return t.say("Seen {date}: {statement} (imported by {person})", {
    date: date(t, at),
    statement,
    person: person(evidence.importedBy),
  });
}

/** What was seen, without the full stop that some statements bring along. */
export function statementText(t: Language, { statement }: Pick<Evidence, "statement">, max: number): string {
  return crmText(t.render(statement).replace(/[.。]\s*$/, ""), max);
}

/** "316 changes wait: 312 in HubSpot and 4 in Salesforce", without a full stop. */
export function waitingText(t: Language, waiting: { readonly hubspot: number; readonly salesforce: number }): string {
  const { hubspot, salesforce } = waiting;
  const changes = hubspot + salesforce;
  if (changes === 0) return t.say("No change is known to wait");
  if (salesforce === 0) {
    return t.say("{changes, plural, one {# change waits} other {# changes wait}}: {hubspot, number} in HubSpot", {
      changes,
      hubspot,
    });
  }
  if (hubspot === 0) {
    return t.say("{changes, plural, one {# change waits} other {# changes wait}}: {salesforce, number} in Salesforce", {
      changes,
      salesforce,
    });
  }
  return t.say(
    "{changes, plural, one {# change waits} other {# changes wait}}: {hubspot, number} in HubSpot and {salesforce, number} in Salesforce",
    { changes, hubspot, salesforce },
  );
}

export function hubspotRecordUrl(links: ConnectionLinks, record: Pick<RecordReference, "object" | "hubspotId">): string | null {
  if (links.hubspotBase === null || record.hubspotId === null) return null;
  return `${links.hubspotBase}/record/${HUBSPOT_TYPE_IDS[record.object]}/${encodeURIComponent(record.hubspotId.toWellFormed())}`;
}

export function salesforceRecordUrl(links: ConnectionLinks, record: Pick<RecordReference, "salesforceId">): string | null {
  if (links.salesforceBase === null || record.salesforceId === null) return null;
  return `${links.salesforceBase}/${encodeURIComponent(record.salesforceId.toWellFormed())}`;
}

/** A record's name with links to both systems; a side where it doesn't exist is left out. */
export function recordText(links: ConnectionLinks, record: RecordReference): string {
  const sides = [
    ...(record.hubspotId === null ? [] : [link(hubspotRecordUrl(links, record), SYSTEM_NAMES.hubspot)]),
    ...(record.salesforceId === null
      ? []
      : [link(salesforceRecordUrl(links, record), record.salesforceObject ?? SYSTEM_NAMES.salesforce)]),
  ];
  return `${crmText(record.label, 150)} (${sides.join(" · ")})`;
}

/** Numbered steps of advice, on lines of their own. */
export function steps(advice: readonly string[]): string {
  return advice.map((step, index) => `${index + 1}. ${crmText(step, 600)}`).join("\n");
}

/** What to do, who can do it, and the steps of it on lines of their own. */
export function adviceText(t: Language, { advice, who }: { readonly advice: readonly string[]; readonly who: string }): string {
  return `${t.say("*What to do* ({who})", { who })}\n${steps(advice)}`;
}
