import { isDeepStrictEqual } from "node:util";
import type { AffectedRecordReport, SyncErrorEvent, SyncErrorReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import type { Page } from "../../monitor/monitor.ts";
import { errorLabel } from "./catalogue.ts";
import { errorExplanation } from "./error-alert.ts";
import { errorButtons } from "./error-buttons.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, context, header, section } from "./parts.ts";
import { crmText, date } from "./text.ts";
import { objects, recordText, statementText } from "./wording.ts";

/** How many affected records stand on one page. */
export const RECORDS_PER_PAGE = 10;

/** Lines of an error's history that are shown. */
export const HISTORY_SHOWN = 6;

/** One error group in full, with its history and a page of the records that it holds back. */
export function errorDetails(
  t: Language,
  error: SyncErrorReport,
  history: readonly SyncErrorEvent[],
  records: Page<AffectedRecordReport>,
): Message {
  const connection = crmText(error.connection, 100);
  const summary = t.say("Error {id} of {connection}: {type}, {records}.", {
    id: crmText(error.id, 20),
    connection,
    type: errorLabel(t, error.type),
    records: objects(t, error.affectedRecords, error.object),
  });
  const resolved = error.resolvedAt === null ? [] : [t.say("It is resolved since {date}.", { date: date(t, error.resolvedAt) })];
  return composeMessage({
    text: [summary, ...resolved].join(" "),
    head: [
      header(errorHeadline(t, error, error.connection)),
      ...(error.resolvedAt === null ? [] : [section(t.say("*Resolved* {date}", { date: date(t, error.resolvedAt) }))]),
      ...errorExplanation(t, error),
      ...historyText(t, history).map((text) => context(text)),
      ...(records.items.length === 0 ? [] : [section(pageTitle(t, records))]),
    ],
    items: records.items.map((record) => [section(affectedRecordText(t, error, record))]),
    more: (hidden) => [
      context(
        t.say("… and {hidden, number} more on this page that don't fit in one message: Export gives all of them.", { hidden }),
      ),
    ],
    tail: actions(...errorButtons(t, error, "in-message"), ...turning(t, error, records)),
  });
}

/** "Restricted picklist value: 12 contacts of acme". */
export function errorHeadline(t: Language, error: SyncErrorReport, connection: string): string {
  const records = objects(t, error.affectedRecords, error.object);
  return t.say("{type}: {records} of {connection}", { type: errorLabel(t, error.type), records, connection });
}

function turning(t: Language, { id: errorId }: SyncErrorReport, { offset, items, total }: Page<AffectedRecordReport>) {
  const last = offset + items.length;
  const previous = { errorId, offset: Math.max(0, offset - RECORDS_PER_PAGE) };
  const label = t.say("Previous page of records");
  return [
    offset > 0 ? button("details", t.say("Previous"), previous, { variant: "previous", accessibilityLabel: label }) : null,
    last < total && items.length > 0
      ? button("details", t.say("… and {more, number} more", { more: total - last }), { errorId, offset: last })
      : null,
  ];
}

/** What became of the error over time, in one line; none where it was opened once and is open: its explanation says when. */
export function historyText(t: Language, history: readonly SyncErrorEvent[]): readonly string[] {
  if (history.length < 2) return [];
  return [t.say("History, newest first: {events}", { events: history.map((event) => eventText(t, event)).join(" · ") })];
}

function eventText(t: Language, { at, kind, otherId }: SyncErrorEvent): string {
  const when = { date: date(t, at) };
  const other = otherId === null ? t.say("another error") : `\`${crmText(otherId, 20)}\``;
  switch (kind) {
    case "opened":
      return t.say("opened {date}", when);
    case "reopened":
      return t.say("back {date}", when);
    case "resolved":
      return t.say("resolved {date}", when);
    case "continues":
      return t.say("goes on from {other} since {date}", { ...when, other });
    case "continued-as":
      return t.say("records told as {other} since {date}", { ...when, other });
  }
}

function pageTitle(t: Language, { offset, items, total }: Page<AffectedRecordReport>): string {
  const [first, last] = [offset + 1, offset + items.length];
  return t.say("*Affected records* {first, number} to {last, number} of {total, number}", { first, last, total });
}

/** One affected record: its name with links to both systems, since when, its value, what refused it, what else holds it back. */
export function affectedRecordText(t: Language, error: SyncErrorReport, record: AffectedRecordReport): string {
  const { value, evidence, before, after, firstSeenAt } = record;
  const shown = value === null ? "" : `\`${crmText(value, 200).replaceAll("`", "'")}\``;
  return [
    t.say("{record} · since {date}", { record: recordText(error.links, record), date: date(t, firstSeenAt) }),
    ...(value === null ? [] : [t.say("Value: {value}", { value: shown })]),
    ...(isDeepStrictEqual(evidence.statement, error.evidence.statement) ? [] : [statementText(t, evidence, 300)]),
    ...(before.length === 0 ? [] : [t.say("First: {errors}", { errors: otherErrors(t, before) })]),
    ...(after.length === 0 ? [] : [t.say("Also: {errors}", { errors: otherErrors(t, after) })]),
  ].join("\n");
}

/** How many of a record's other errors are named in its line. */
const OTHERS_SHOWN = 4;

function otherErrors(t: Language, errors: AffectedRecordReport["before"]): string {
  const named = errors.slice(0, OTHERS_SHOWN).map(({ errorId, type }) => `${errorLabel(t, type)} (\`${crmText(errorId, 20)}\`)`);
  const more = errors.length - named.length;
  return t.list(more > 0 ? [...named, t.say("… and {more, number} more", { more })] : named, "figures");
}
