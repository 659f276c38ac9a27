import type { AffectedRecordReport, SyncErrorEvent, SyncErrorReport } from "../../health/report.ts";
import { ENGLISH } from "../../language/language.ts";
import type { Page } from "../../monitor/monitor.ts";
import { errorLabel } from "./catalogue.ts";
import { errorExplanation } from "./error-alert.ts";
import { exportButton, fixButton, resyncButton, setupButton } from "./error-buttons.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, button, context, header, section } from "./parts.ts";
import { count, crmText, date } from "./text.ts";
import { objects, recordText } from "./wording.ts";

/** How many affected records stand on one page. */
export const RECORDS_PER_PAGE = 10;

/** Lines of an error's history that are shown. */
export const HISTORY_SHOWN = 6;

/** One error group in full, with its history and a page of the records that it holds back. */
export function errorDetails(
  error: SyncErrorReport,
  history: readonly SyncErrorEvent[],
  records: Page<AffectedRecordReport>,
): Message {
  const label = errorLabel(ENGLISH, error.type);
  const resolved = error.resolvedAt === null ? "" : ` It is resolved since ${date(ENGLISH, error.resolvedAt)}.`;
  return composeMessage({
    text: `Error ${crmText(error.id, 20)} of ${crmText(error.connection, 100)}: ${label}, ${objects(error.affectedRecords, error.object)}.${resolved}`,
    head: [
      header(`${label}: ${objects(error.affectedRecords, error.object)} of ${error.connection}`),
      ...(error.resolvedAt === null ? [] : [section(`*Resolved* ${date(ENGLISH, error.resolvedAt)}`)]),
      ...errorExplanation(error),
      // Opened once and still open: the explanation says when.
      ...(history.length < 2 ? [] : [context(`History, newest first: ${history.map(historyLine).join(" · ")}`)]),
      ...(records.items.length === 0 ? [] : [section(pageTitle(records))]),
    ],
    items: records.items.map((record) => [recordLine(error, record)]),
    more: (hidden) => [context(`… and ${count(hidden)} more on this page that don't fit in one message.`)],
    tail: actions(
      error.resolvedAt === null ? fixButton(error) : null,
      error.resolvedAt === null ? resyncButton(error) : null,
      error.resolvedAt === null ? setupButton(error) : null,
      error.resolvedAt === null ? exportButton(error) : null,
      records.offset > 0
        ? button(
            "details",
            "Previous",
            { errorId: error.id, offset: Math.max(0, records.offset - RECORDS_PER_PAGE) },
            { variant: "previous" },
          )
        : null,
      records.offset + records.items.length < records.total && records.items.length > 0
        ? button("details", nextLabel(records), { errorId: error.id, offset: records.offset + records.items.length })
        : null,
    ),
  });
}

function historyLine({ at, kind, otherId }: SyncErrorEvent): string {
  const other = otherId === null ? "another error" : `\`${crmText(otherId, 20)}\``;
  switch (kind) {
    case "opened":
      return `opened ${date(ENGLISH, at)}`;
    case "reopened":
      return `back ${date(ENGLISH, at)}`;
    case "resolved":
      return `resolved ${date(ENGLISH, at)}`;
    case "continues":
      return `goes on from ${other} since ${date(ENGLISH, at)}`;
    case "continued-as":
      return `records told as ${other} since ${date(ENGLISH, at)}`;
  }
}

function pageTitle(records: Page<AffectedRecordReport>): string {
  const last = records.offset + records.items.length;
  return `*Affected records* ${count(records.offset + 1)} to ${count(last)} of ${count(records.total)}`;
}

function nextLabel(records: Page<AffectedRecordReport>): string {
  return `… and ${count(records.total - records.offset - records.items.length)} more`;
}

function recordLine(error: SyncErrorReport, record: AffectedRecordReport): MessageBlock {
  const value = record.value === null ? "" : `\nValue: \`${crmText(record.value, 200).replaceAll("`", "'")}\``;
  const own = record.evidence.statement === error.evidence.statement ? "" : `\n${crmText(record.evidence.statement, 300)}`;
  const first = otherErrors("First: ", record.before);
  const also = otherErrors("Also: ", record.after);
  return section(`${recordText(error.links, record)} · since ${date(ENGLISH, record.firstSeenAt)}${value}${own}${first}${also}`);
}

/** How many of a record's other errors are named in its line. */
const OTHERS_SHOWN = 4;

/** What else holds the record back, in a line of its own; nothing where nothing does. */
function otherErrors(title: string, errors: AffectedRecordReport["before"]): string {
  if (errors.length === 0) return "";
  const named = errors
    .slice(0, OTHERS_SHOWN)
    .map(({ errorId, type }) => `${errorLabel(ENGLISH, type)} (\`${crmText(errorId, 20)}\`)`);
  const more = errors.length > OTHERS_SHOWN ? `, … and ${count(errors.length - OTHERS_SHOWN)} more` : "";
  return `\n${title}${named.join(", ")}${more}`;
}
