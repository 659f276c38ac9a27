import type { Language } from "../../language/language.ts";
import type { CheckOutcome, CheckReport } from "../../monitor/check/check-report.ts";
import { resyncId } from "../../monitor/check/check-report.ts";
import { sentenceMessage } from "../answer.ts";
import { suspensionLabel } from "./catalogue.ts";
import { fieldItems, fieldsHead, IN_STEP_SHOWN } from "./check-fields.ts";
import { concernLines, inclusionLine, pairingLine } from "./check-pairing.ts";
import { reasonSections } from "./check-reasons.ts";
import { checkHeadline, checkMark, verdictText } from "./check-verdict.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, context, header, linkButton, section } from "./parts.ts";
import { crmText, date } from "./text.ts";
import { hubspotRecordUrl, objectName, recordText, salesforceRecordUrl } from "./wording.ts";

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
export function lookingAt(t: Language, word: string): Message {
  const text = t.say("Looking at {word} in HubSpot and Salesforce …", { word: typed(word) });
  return composeMessage({ text, head: [context(text)] });
}

/** What a look at one record has found. */
export function checkAnswer(t: Language, outcome: CheckOutcome, view: CheckView): Message {
  switch (outcome.outcome) {
    case "checked":
      return checkMessage(t, outcome.report, view);
    case "several":
      return severalRecords(t, outcome, view);
    case "not-found":
      return sentenceMessage(notFound(t, outcome, view));
    case "declined":
      return sentenceMessage(crmText(t.render(outcome.why), 1_500));
  }
}

function notFound(
  t: Language,
  { looked }: Extract<CheckOutcome, { outcome: "not-found" }>,
  { word, connection }: CheckView,
): string {
  const values = { word: typed(word), connection: crmText(connection, 100) };
  return [
    looked.length === 1
      ? t.say(
          "HubSpot has no contact, company or deal that goes by {word} in {connection}, or it can't be read by the bot.",
          values,
        )
      : t.say(
          "Neither HubSpot nor Salesforce has a record that goes by {word} in {connection}, or it can't be read by the bot.",
          values,
        ),
    t.say("Check the spelling, or paste the record's link."),
  ].join(" ");
}

function severalRecords(
  t: Language,
  { records, links }: Extract<CheckOutcome, { outcome: "several" }>,
  view: CheckView,
): Message {
  const text = t.say("Several records of {connection} have the id {word}: which one do you mean?", {
    connection: crmText(view.connection, 100),
    word: typed(view.word),
  });
  return composeMessage({
    text,
    head: [section(text)],
    items: records.map((record) => {
      const id = record.hubspotId ?? record.salesforceId ?? "";
      const value = { connection: view.connection, record: id, object: record.object, all: false };
      const accessibilityLabel = t.say("Check {record}", { record: record.label });
      return [
        section(
          `${objectName(t, record.object)}: ${recordText(links, record)}`,
          button("check", t.say("Check"), value, { accessibilityLabel }),
        ),
      ];
    }),
    more: (hidden) => [context(t.say("… and {hidden, number} more that don't fit in one message.", { hidden }))],
  });
}

function checkMessage(t: Language, report: CheckReport, view: CheckView): Message {
  const { record, links } = report;
  const fields = fieldItems(t, report, view.all);
  const hasMore = !view.all && report.fields.filter(({ verdict }) => verdict.verdict === "same").length > IN_STEP_SHOWN;
  const headline = checkHeadline(t, report);
  const verdict = verdictText(t, report);
  return composeMessage({
    text: t.say("{headline}. {verdict}", { headline: crmText(headline, 300), verdict }),
    head: [
      header(`${checkMark(report)} ${headline}`),
      section(
        [verdict, suspendedLine(t, report), pairingLine(t, report), inclusionLine(t, report), lastSyncLine(t, report)]
          .filter(Boolean)
          .join("\n"),
      ),
      ...concernLines(t, report),
      ...reasonSections(t, report),
      ...fieldsHead(t, report),
    ],
    items: fields.map(({ blocks }) => blocks),
    more: (hidden) => {
      const left = fields.slice(fields.length - hidden).reduce((sum, item) => sum + item.fields, 0);
      if (left === 0) return [];
      const more = t.say(
        "… and {hidden, plural, one {# more field that doesn't fit in one message} other {# more fields that don't fit in one message}}",
        { hidden: left },
      );
      return [context(more)];
    },
    tail: [
      ...actions(
        view.mayResync && isToTravel(report) ? resyncButton(t, report) : null,
        checkButton(report, t.say("Check again"), view.all, "again"),
        hasMore ? checkButton(report, t.say("All fields"), true, "all") : null,
        linkButton("hubspot", t.say("Open in HubSpot"), hubspotRecordUrl(links, record)),
        linkButton("salesforce", t.say("Open in Salesforce"), salesforceRecordUrl(links, record)),
      ),
      context(
        t.say("Looked at live in {connection} {date}", {
          connection: crmText(report.connection, 100),
          date: date(t, report.at),
        }),
      ),
    ],
  });
}

function resyncButton(t: Language, { connection, record }: CheckReport) {
  const value = { connection, selection: { kind: "record", record: resyncId(record) } } as const;
  return button("resync", t.say("Resync"), value, { accessibilityLabel: t.say("Resync this record") });
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

function suspendedLine(t: Language, { suspension }: CheckReport): string {
  if (suspension === null) return "";
  return t.say("*The whole sync is suspended* since {date}: {cause}. `/sync suspension` tells more.", {
    date: date(t, suspension.openedAt),
    cause: suspensionLabel(t, suspension.kind),
  });
}

function lastSyncLine(t: Language, { lastSync }: CheckReport): string {
  const { stampedAt, toHubSpotAt, toSalesforceAt } = lastSync;
  const ways = [
    ...(toSalesforceAt === null
      ? []
      : [t.say("to Salesforce {date} (the integration user saved it last)", { date: date(t, toSalesforceAt) })]),
    ...(toHubSpotAt === null ? [] : [t.say("to HubSpot {date} (newest value from Salesforce)", { date: date(t, toHubSpotAt) })]),
    ...(stampedAt === null ? [] : [t.say("HubSpot's own stamp {date}", { date: date(t, stampedAt) })]),
  ];
  return ways.length === 0 ? t.say("*Last sync* not known") : t.say("*Last sync* {ways}", { ways: t.list(ways, "figures") });
}

/** What was typed. */
function typed(word: string): string {
  return `\`${crmText(word, 120).replaceAll("`", "'")}\``;
}
