import { ENGLISH } from "../../language/language.ts";
import type { CheckOutcome, CheckReport } from "../../monitor/check/check-report.ts";
import { resyncId } from "../../monitor/check/check-report.ts";
import { sentenceMessage } from "../answer.ts";
import { errorLabel, suspensionLabel } from "./catalogue.ts";
import { fieldItems, fieldsHead, IN_STEP_SHOWN } from "./check-fields.ts";
import { concernLines, inclusionLine, pairingLine } from "./check-pairing.ts";
import { reasonSections } from "./check-reasons.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, context, header, linkButton, section } from "./parts.ts";
import { count, crmText, date, list, plural, truncate } from "./text.ts";
import { directionText, hubspotRecordUrl, recordText, salesforceRecordUrl } from "./wording.ts";

export interface CheckView {
  /** What was typed for the record. */
  readonly word: string;
  readonly connection: string;
  /** Whether a button to resync the record may be shown to this person. */
  readonly mayResync: boolean;
  /** Shows every field in step rather than the first few. */
  readonly all: boolean;
}

/** Said while both systems are being read. */
export function lookingAt(word: string): Message {
  const text = `Looking at ${typed(word)} in HubSpot and Salesforce …`;
  return composeMessage({ text, head: [context(text)] });
}

/** What a look at one record has found. */
export function checkAnswer(outcome: CheckOutcome, view: CheckView): Message {
  switch (outcome.outcome) {
    case "checked":
      return checkMessage(outcome.report, view);
    case "several":
      return severalRecords(outcome, view);
    case "not-found":
      return sentenceMessage(notFound(outcome, view));
    case "declined":
      return sentenceMessage(crmText(ENGLISH.render(outcome.why), 1_500));
  }
}

function notFound({ looked }: Extract<CheckOutcome, { outcome: "not-found" }>, { word, connection }: CheckView): string {
  const where = looked.length === 1 ? "HubSpot has no contact, company or deal" : "Neither HubSpot nor Salesforce has a record";
  return `${where} that goes by ${typed(word)} in ${crmText(connection, 100)}, or it can't be read by the bot. Check the spelling, or paste the record's link.`;
}

function severalRecords({ records, links }: Extract<CheckOutcome, { outcome: "several" }>, view: CheckView): Message {
  const text = `Several records of ${crmText(view.connection, 100)} have the id ${typed(view.word)}: which one do you mean?`;
  return composeMessage({
    text,
    head: [section(text)],
    items: records.map((record) => {
      const id = record.hubspotId ?? record.salesforceId ?? "";
      const value = { connection: view.connection, record: id, object: record.object, all: false };
      return [section(`${record.object}: ${recordText(links, record)}`, button("check", "Check", value))];
    }),
    more: (hidden) => [context(`… and ${count(hidden)} more.`)],
  });
}

function checkMessage(report: CheckReport, view: CheckView): Message {
  const { record, links } = report;
  const fields = fieldItems(report, view.all);
  const hasMore = !view.all && report.fields.filter(({ verdict }) => verdict.verdict === "same").length > IN_STEP_SHOWN;
  return composeMessage({
    text: `${crmText(headline(report).replace(/^:\w+: /, ""), 300)}. ${verdictSentence(report)}`,
    head: [
      header(headline(report)),
      section(
        [verdictSentence(report), suspendedLine(report), pairingLine(report), inclusionLine(report), lastSyncLine(report)]
          .filter(Boolean)
          .join("\n"),
      ),
      ...concernLines(report),
      ...reasonSections(report),
      ...fieldsHead(report),
    ],
    items: fields.map(({ blocks }) => blocks),
    more: (hidden) => {
      const left = fields.slice(fields.length - hidden).reduce((sum, item) => sum + item.fields, 0);
      return left === 0 ? [] : [context(`… and ${plural(left, "more field", "more fields")} that don't fit in one message.`)];
    },
    tail: [
      ...actions(
        view.mayResync && isToTravel(report) ? resyncButton(report) : null,
        checkButton(report, "Check again", view.all, "again"),
        hasMore ? checkButton(report, "All fields", true, "all") : null,
        linkButton("hubspot", "Open in HubSpot", hubspotRecordUrl(links, record)),
        linkButton("salesforce", "Open in Salesforce", salesforceRecordUrl(links, record)),
      ),
      context(`Looked at live in ${crmText(report.connection, 100)} ${date(ENGLISH, report.at)}`),
    ],
  });
}

function resyncButton({ connection, record }: CheckReport) {
  const value = { connection, selection: { kind: "record", record: resyncId(record) } } as const;
  return button("resync", "Resync", value, { accessibilityLabel: "Resync this record" });
}

function checkButton({ connection, record }: CheckReport, label: string, all: boolean, variant: string) {
  const id = record.hubspotId ?? record.salesforceId ?? "";
  return button("check", label, { connection, record: id, object: record.object, all }, { variant });
}

/** Whether a resync may change something. */
function isToTravel({ verdict, fields }: CheckReport): boolean {
  if (verdict.state === "in-error" || verdict.state === "waiting") return true;
  return verdict.state === "old-difference" && fields.some((field) => field.verdict.verdict === "travels");
}

function headline(report: CheckReport): string {
  const { verdict, record, reasons, suspension } = report;
  const name = truncate(record.label, 80);
  const [first] = reasons;
  switch (verdict.state) {
    case "in-step":
      return `:large_green_circle: ${name} is in step`;
    case "waiting":
      return suspension === null
        ? `:large_yellow_circle: ${name} waits for the sync`
        : `:red_circle: ${name} waits: the sync is suspended`;
    case "in-error":
      return `:large_yellow_circle: ${name} does not sync${first === undefined ? "" : `: ${errorLabel(ENGLISH, first.finding.type)}`}`;
    case "old-difference":
      return `:large_yellow_circle: ${name} differs, and no change waits`;
    case "excluded":
      return `:white_circle: ${name} is left out of the sync`;
    case "not-known":
      return `:white_circle: ${name} can't be compared now`;
  }
}

function verdictSentence(report: CheckReport): string {
  const { verdict, reasons } = report;
  const labels = [...new Set(reasons.map(({ finding }) => errorLabel(ENGLISH, finding.type)))];
  switch (verdict.state) {
    case "in-step":
      return inStepSentence(report);
    case "waiting":
      return verdict.isDue
        ? `A change waits since ${date(ENGLISH, verdict.since)} to go from ${directionText(ENGLISH, verdict.direction)}. Nothing was found that speaks against it; the sync hasn't passed it over.`
        : `Changed ${date(ENGLISH, verdict.since)}, to go from ${directionText(ENGLISH, verdict.direction)}: the sync is given its time before this counts as an error.`;
    case "in-error":
      return labels.length === 0 ? "A change is held back." : `A change is held back: ${list(labels)}.`;
    case "old-difference":
      return verdict.bySync
        ? `What differs was made of the sync's own write in Salesforce ${date(ENGLISH, verdict.since)}, such as by a default or an automation: the sync doesn't look at its own writes. A resync brings it over.`
        : `What differs was changed ${date(ENGLISH, verdict.since)}, before I watched this connection, as where a mapping was made without syncing existing values. Nothing speaks against it: a resync brings it over.`;
    case "excluded":
      return `${crmText(ENGLISH.render(verdict.why), 300)}: nothing of it travels.`;
    case "not-known":
      return `${crmText(ENGLISH.render(verdict.why), 500)}. What stands below is what HubSpot has and what I knew before.`;
  }
}

function inStepSentence({ fields }: CheckReport): string {
  const differing = fields.filter(({ verdict }) => verdict.verdict === "left").length;
  const unread = fields.filter(({ verdict }) => verdict.verdict === "unreadable").length;
  const rest = [
    ...(differing === 0 ? [] : [`${plural(differing, "differs", "differ")} as the sync rules allow`]),
    ...(unread === 0 ? [] : [`${count(unread)} can't be read`]),
  ];
  const same = fields.length - differing - unread;
  return `${plural(same, "mapped field is", "mapped fields are")} the same on both sides${rest.length === 0 ? "" : `, ${list(rest)}`}.`;
}

function suspendedLine({ suspension }: CheckReport): string {
  if (suspension === null) return "";
  return `*The whole sync is suspended* since ${date(ENGLISH, suspension.openedAt)}: ${suspensionLabel(ENGLISH, suspension.kind)}. \`/sync suspension\` tells more.`;
}

function lastSyncLine({ lastSync }: CheckReport): string {
  const { stampedAt, toHubSpotAt, toSalesforceAt } = lastSync;
  const ways = [
    ...(toSalesforceAt === null ? [] : [`to Salesforce ${date(ENGLISH, toSalesforceAt)} (the integration user saved it last)`]),
    ...(toHubSpotAt === null ? [] : [`to HubSpot ${date(ENGLISH, toHubSpotAt)} (newest value from Salesforce)`]),
    ...(stampedAt === null ? [] : [`HubSpot's own stamp ${date(ENGLISH, stampedAt)}`]),
  ];
  return `*Last sync* ${ways.length === 0 ? "not known" : ways.join(", ")}`;
}

/** What was typed. */
function typed(word: string): string {
  return `\`${crmText(word, 120).replaceAll("`", "'")}\``;
}
