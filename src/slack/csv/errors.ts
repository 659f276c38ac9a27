import type { Language } from "../../language/language.ts";
import type { ExportedLine } from "../../monitor/monitor.ts";
import { categoryLabel, errorAdvice, errorLabel } from "../blocks/catalogue.ts";
import { directionText, hubspotRecordUrl, objectName, salesforceRecordUrl } from "../blocks/wording.ts";
import { csvLines } from "./lines.ts";

/** Times in a form that spreadsheets of every country take for a time. */
function columnsOf(t: Language): readonly string[] {
  return [
    t.say("connection"),
    t.say("error id"),
    t.say("category"),
    t.say("type"),
    t.say("direction"),
    t.say("object"),
    t.say("HubSpot property"),
    t.say("Salesforce field"),
    t.say("meaning"),
    t.say("what to do"),
    t.say("who can do it"),
    t.say("record"),
    t.say("value"),
    t.say("refused with"),
    t.say("HubSpot id"),
    t.say("HubSpot link"),
    t.say("Salesforce object"),
    t.say("Salesforce id"),
    t.say("Salesforce link"),
    t.say("error first seen (UTC)"),
    t.say("record first seen (UTC)"),
    t.say("record last seen (UTC)"),
    t.say("muted until (UTC)"),
  ];
}

/** Errors with their affected records as CSV, a line for each record of each error; what they mean in the reader's language. */
export function errorsCsv(t: Language, lines: AsyncIterable<ExportedLine>): AsyncIterable<string> {
  return csvLines(columnsOf(t), rowsOf(t, lines));
}

async function* rowsOf(t: Language, lines: AsyncIterable<ExportedLine>): AsyncGenerator<readonly (string | null)[]> {
  for await (const { error, record, value, evidence, firstSeenAt, lastSeenAt } of lines) {
    const { meaning, advice, who } = errorAdvice(t, error);
    yield [
      error.connection,
      error.id,
      categoryLabel(t, error.category),
      errorLabel(t, error.type),
      directionText(t, error.direction),
      objectName(t, record.object),
      error.hubspotProperty,
      error.salesforceField,
      meaning,
      advice.join(" "),
      who,
      record.label,
      value,
      t.render(evidence.statement),
      record.hubspotId,
      hubspotRecordUrl(error.links, record),
      record.salesforceObject,
      record.salesforceId,
      salesforceRecordUrl(error.links, record),
      moment(error.firstSeenAt),
      moment(firstSeenAt),
      moment(lastSeenAt),
      error.mute === null ? null : error.mute.until === null ? t.say("it is fixed") : moment(error.mute.until),
    ];
  }
}

/** `2026-11-22 10:00:00`, UTC: Excel takes an ISO 8601 time with its T and Z for text. */
function moment(at: Date): string {
  return at.toISOString().slice(0, 19).replace("T", " ");
}
