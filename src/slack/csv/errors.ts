import type { Language } from "../../language/language.ts";
import type { ExportedLine } from "../../monitor/monitor.ts";
import { categoryLabel, errorAdvice, errorLabel } from "../blocks/catalogue.ts";
import { directionText, hubspotRecordUrl, salesforceRecordUrl } from "../blocks/wording.ts";
import { csvLines } from "./lines.ts";

/** Times in a form that spreadsheets of every country take for a time. */
const COLUMNS = [
  "connection",
  "error id",
  "category",
  "type",
  "direction",
  "object",
  "HubSpot property",
  "Salesforce field",
  "meaning",
  "what to do",
  "who can do it",
  "record",
  "value",
  "refused with",
  "HubSpot id",
  "HubSpot link",
  "Salesforce object",
  "Salesforce id",
  "Salesforce link",
  "error first seen (UTC)",
  "record first seen (UTC)",
  "record last seen (UTC)",
  "muted until (UTC)",
] as const;

/** Errors with their affected records as CSV, a line for each record of each error; what they mean in the reader's language. */
export function errorsCsv(t: Language, lines: AsyncIterable<ExportedLine>): AsyncIterable<string> {
  return csvLines(COLUMNS, rowsOf(t, lines));
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
      record.object,
      error.hubspotProperty,
      error.salesforceField,
      meaning,
      advice.join(" "),
      who,
      record.label,
      value,
      evidence.statement,
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
