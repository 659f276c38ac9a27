import type { DigestReport, SyncErrorReport } from "../../health/report.ts";
import { ENGLISH } from "../../language/language.ts";
import { apiLine } from "./api-calls.ts";
import { errorAdvice, errorLabel, suspensionLabel } from "./catalogue.ts";
import { lineChart } from "./chart.ts";
import { detailsButton, resyncButton } from "./error-buttons.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, button, context, header, section } from "./parts.ts";
import { STATE_MARKS, stateText } from "./state.ts";
import { count, crmText, date, duration, plural } from "./text.ts";
import { warningLine } from "./warning-alert.ts";
import { evidenceText, objects, waitingText } from "./wording.ts";

/** How a period went: the state, what changed, the worst errors with what to do, API calls and the last seven days. */
export function digestMessage(digest: DigestReport): Message {
  return isQuiet(digest) ? quietDigest(digest) : fullDigest(digest);
}

/** Nothing to report: healthy now, and nothing came, went or stopped in the period. */
export function isQuiet(digest: DigestReport): boolean {
  return (
    digest.report.state === "healthy" &&
    digest.report.problem === null &&
    digest.totalErrors === 0 &&
    digest.report.warnings.length === 0 &&
    digest.appeared.length + digest.resolved.length + digest.suspensions.length === 0
  );
}

function quietDigest({ report, cadence }: DigestReport): Message {
  const text =
    `${crmText(report.connection, 100)} is healthy: no sync errors, nothing new in the ${periodWord(cadence)}` +
    `${report.asOf === null ? "" : `, seen ${date(ENGLISH, report.asOf)}`}.`;
  return composeMessage({ text, head: [context(`:large_green_circle: ${text}`)] });
}

function fullDigest(digest: DigestReport): Message {
  const { report } = digest;
  const hidden = digest.totalErrors - digest.top.length;
  return composeMessage({
    text: `${stateText(ENGLISH, crmText(report.connection, 100), report.state)}: ${totals(digest)}, ${digest.appeared.length} new and ${digest.resolved.length} resolved in the ${periodWord(digest.cadence)}.`,
    head: [
      header(`${STATE_MARKS[report.state]} ${stateText(ENGLISH, report.connection, report.state)}: ${totals(digest)}`),
      section(stateLines(digest)),
      ...changes(digest),
    ],
    items: digest.top.map(topError),
    more: (cut) => [moreErrors(report.connection, hidden + cut)],
    tail: [
      ...(hidden > 0 ? [moreErrors(report.connection, hidden)] : []),
      section(`*API calls* ${apiLine(ENGLISH, report.api)}`),
      ...trend(digest),
      ...actions(
        digest.totalErrors > 0 ? button("errors", "All errors", { connection: report.connection, offset: 0 }) : null,
        digest.totalErrors > 0
          ? button("resync", "Resync all", { connection: report.connection, selection: { kind: "all" } })
          : null,
      ),
    ],
  });
}

function totals(digest: DigestReport): string {
  return digest.totalErrors === 0
    ? "no sync errors"
    : `${plural(digest.totalErrors, "sync error")}, ${plural(digest.totalAffectedRecords, "affected record")}`;
}

function periodWord(cadence: DigestReport["cadence"]): string {
  return cadence === "daily" ? "last day" : "last week";
}

function stateLines(digest: DigestReport): string {
  const { report } = digest;
  const seen = report.asOf === null ? "The state has not been seen yet" : `State as of ${date(ENGLISH, report.asOf)}`;
  const problem = report.problem === null ? [] : [`*Could not look:* ${evidenceText(ENGLISH, report.problem)}`];
  const suspensions = digest.suspensions.map((suspension) => {
    const label = suspensionLabel(ENGLISH, suspension.kind);
    if (suspension.closedAt === null) return `*Suspended* since ${date(ENGLISH, suspension.openedAt)}: ${label}`;
    return `*Was suspended* ${duration(suspension.closedAt.getTime() - suspension.openedAt.getTime())} from ${date(ENGLISH, suspension.openedAt)}: ${label}`;
  });
  return [
    `From ${date(ENGLISH, digest.from)} to ${date(ENGLISH, digest.to)}. ${seen}.`,
    ...problem,
    ...suspensions.slice(0, 5),
    ...(suspensions.length > 5 ? [`… and ${suspensions.length - 5} more suspensions in this period`] : []),
    ...report.warnings.slice(0, 5).map((warning) => `*Warning:* ${warningLine(ENGLISH, warning)}`),
    ...(report.warnings.length > 5 ? [`… and ${report.warnings.length - 5} more warnings`] : []),
    `${waitingText(ENGLISH, report.waiting)}.`,
  ].join("\n");
}

function changes(digest: DigestReport): MessageBlock[] {
  const lines = [changeLine("New", digest.appeared), changeLine("Resolved", digest.resolved)].filter((line) => line !== null);
  return lines.length === 0
    ? [context(`Nothing new and nothing resolved in the ${periodWord(digest.cadence)}.`)]
    : [section(lines.join("\n"))];
}

function changeLine(word: string, errors: readonly SyncErrorReport[]): string | null {
  if (errors.length === 0) return null;
  const named = errors.slice(0, 5).map((error) => `${errorLabel(ENGLISH, error.type)} (${crmText(error.id, 20)})`);
  const more = errors.length > 5 ? `, … and ${count(errors.length - 5)} more` : "";
  return `*${word}* ${count(errors.length)}: ${named.join(", ")}${more}`;
}

function topError(error: SyncErrorReport): MessageBlock[] {
  const { advice } = errorAdvice(ENGLISH, error);
  const first = advice[0];
  return [
    section(
      `*${errorLabel(ENGLISH, error.type)}* · ${objects(ENGLISH, error.affectedRecords, error.object)} · ${crmText(error.id, 20)}\n` +
        `${crmText(error.evidence.statement, 300)}${first === undefined ? "" : `\n_What to do:_ ${crmText(first, 400)}`}`,
    ),
    ...actions(detailsButton(ENGLISH, error), resyncButton(ENGLISH, error)),
  ];
}

function moreErrors(connection: string, hidden: number): MessageBlock {
  return context(
    `… and ${plural(hidden, "more sync error", "more sync errors")}: _All errors_ below or \`/sync errors ${crmText(connection, 80)}\``,
  );
}

/** The last seven days as a chart, and the same figures in words for those who can't see it. */
function trend({ trend: days }: DigestReport): MessageBlock[] {
  const shown = days.slice(-7);
  if (shown.length === 0) return [];
  const words = shown.map((day) => `${crmText(day.day, 20)}: ${count(day.affectedRecords)} in ${plural(day.errors, "error")}`);
  return [
    ...lineChart({
      title: "Affected records, last seven days",
      xLabel: "Day",
      yLabel: "Records",
      categories: shown.map((day) => day.day),
      series: [{ name: "Affected records", values: shown.map((day) => day.affectedRecords) }],
    }),
    context(`Affected records by day: ${words.join(" · ")}`),
  ];
}
