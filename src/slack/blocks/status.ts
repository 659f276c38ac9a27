import type { ConnectionReport } from "../../health/report.ts";
import { ENGLISH } from "../../language/language.ts";
import { apiLine } from "./api-calls.ts";
import { backlogText } from "./backlog-wording.ts";
import { categoryLabel, suspensionLabel } from "./catalogue.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, button, context, header, section } from "./parts.ts";
import { STATE_MARKS, STATE_WORDS } from "./state.ts";
import { crmText, date, plural } from "./text.ts";
import { warningLine } from "./warning-alert.ts";
import { evidenceText } from "./wording.ts";

/** Every connection on one screen. */
export function statusMessage(reports: readonly ConnectionReport[]): Message {
  return composeMessage({
    text: `${reports.map(statusSentence).join(". ")}.`,
    head: [],
    items: reports.map((report) => connectionStatus(report)),
    more: (hidden) => [
      context(`… and ${plural(hidden, "more connection")}: \`/sync status\` with a connection's name shows it.`),
    ],
  });
}

function statusSentence(report: ConnectionReport): string {
  const seen = report.asOf === null ? "not looked at yet" : `as of ${date(ENGLISH, report.asOf)}`;
  const suspended = report.suspension === null ? "" : ` (${suspensionLabel(report.suspension.kind)})`;
  const errors = report.categories.reduce((sum, category) => sum + category.errors, 0);
  const affected = report.categories.reduce((sum, category) => sum + category.affectedRecords, 0);
  const held = errors === 0 ? "" : `, ${plural(errors, "sync error")} with ${plural(affected, "affected record")}`;
  const { length } = report.warnings;
  const warned = length === 0 ? "" : `, ${plural(length, "warning")}`;
  return `${crmText(report.connection, 100)} ${STATE_WORDS[report.state]}${suspended}${held}${warned}, ${seen}`;
}

/** One connection's state, errors by category, API calls and last sync each way, with its buttons. */
export function connectionStatus(report: ConnectionReport, { canShare } = { canShare: true }): MessageBlock[] {
  const { connection } = report;
  const seen =
    report.asOf === null ? "Not looked at yet: the first poll is still to come." : `As of ${date(ENGLISH, report.asOf)}`;
  return [
    header(`${STATE_MARKS[report.state]} ${connection} ${STATE_WORDS[report.state]}`),
    section(
      [
        ...(report.problem === null
          ? []
          : [`*Could not look, so this is the last known state.* ${evidenceText(report.problem)}`]),
        ...suspensionLine(report),
        ...warningLines(report),
        `*Sync errors* ${categoriesLine(report)}`,
        `*API calls* ${apiLine(report.api)}`,
        `*Last sync* to Salesforce ${when(report.syncedToSalesforceAt)}, to HubSpot ${when(report.syncedToHubSpotAt)}`,
        `*Waiting* ${report.asOf === null ? "not known yet" : backlogText(report.waiting, report.backlog)}`,
      ].join("\n"),
    ),
    context(seen),
    ...actions(
      button("errors", "Errors", { connection, offset: 0 }),
      button("refresh", "Refresh", { connection }),
      canShare ? button("share", "Share", { connection }) : null,
    ),
  ];
}

function suspensionLine({ suspension }: ConnectionReport): string[] {
  if (suspension === null || suspension.state === "closed") return [];
  const word = suspension.state === "suspected" ? "Perhaps suspended" : "Suspended";
  return [
    `*${word}* since ${date(ENGLISH, suspension.openedAt)}: ${suspensionLabel(suspension.kind)} (\`/sync suspension\` says what to do)`,
  ];
}

/** Warnings shown on one screen. */
const WARNINGS_SHOWN = 3;

function warningLines({ warnings }: ConnectionReport): string[] {
  const hidden = warnings.length - WARNINGS_SHOWN;
  return [
    ...warnings.slice(0, WARNINGS_SHOWN).map((warning) => `:warning: ${warningLine(warning)}`),
    ...(hidden > 0 ? [`… and ${plural(hidden, "more warning")}, each told in the subscribed channels`] : []),
  ];
}

function categoriesLine(report: ConnectionReport): string {
  const held = report.categories.filter((category) => category.errors > 0);
  if (report.asOf === null) return "not known yet";
  if (held.length === 0) return "none";
  return held
    .map(
      ({ category, errors, affectedRecords }) =>
        `${categoryLabel(ENGLISH, category)}: ${plural(errors, "error")}, ${plural(affectedRecords, "record")}`,
    )
    .join(" · ");
}

function when(at: Date | null): string {
  return at === null ? "not known" : date(ENGLISH, at);
}
