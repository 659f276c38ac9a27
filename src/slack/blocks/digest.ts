import { hasNews } from "../../health/digest-news.ts";
import type { DigestReport, ErrorChange, SyncErrorReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { apiLine } from "./api-calls.ts";
import { categoryLabel, errorAdvice, errorLabel, suspensionLabel } from "./catalogue.ts";
import { lineChart } from "./chart.ts";
import { detailsButton, resyncButton } from "./error-buttons.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, button, context, header, section } from "./parts.ts";
import { STATE_MARKS, stateText } from "./state.ts";
import { objectName } from "./subscriptions.ts";
import { crmText, date } from "./text.ts";
import { warningLine } from "./warning-alert.ts";
import { evidenceText, objects, statementText, waitingText } from "./wording.ts";

/** How a period went: the state, what changed, the worst errors with what to do, API calls and the last seven days. */
export function digestMessage(t: Language, digest: DigestReport): Message {
  return hasNews(digest) ? fullDigest(t, digest) : quietDigest(t, digest);
}

function quietDigest(t: Language, digest: DigestReport): Message {
  const { report, from, filter, totalErrors } = digest;
  const name = crmText(report.connection, 100);
  const times = { since: date(t, from), seen: report.asOf === null ? "" : date(t, report.asOf) };
  const state = stateText(t, name, report.state);
  const sentence =
    filter === null && totalErrors === 0
      ? t.say("{state}: no sync errors, nothing new since {since}, seen {seen}.", { ...times, state })
      : t.say("{name}: nothing to report of what this channel hears of, since {since}, seen {seen}.", { ...times, name });
  const text = [sentence, ...countedText(t, digest)].join(" ");
  return composeMessage({ text, head: [context(`:large_green_circle: ${text}`)] });
}

function fullDigest(t: Language, digest: DigestReport): Message {
  const { report } = digest;
  const { connection } = report;
  const listed = digest.totalErrors - digest.muted.errors - digest.small.errors;
  const hidden = Math.max(0, listed - digest.top.length);
  const headline = headlineOf(t, digest, connection);
  return composeMessage({
    text: `${headlineOf(t, digest, crmText(connection, 100))}. ${changesText(t, digest)}`,
    head: [header(`${STATE_MARKS[report.state]} ${headline}`), section(stateLines(t, digest)), ...changes(t, digest)],
    items: digest.top.map((error) => topError(t, error)),
    more: (cut) => [moreErrors(t, connection, hidden + cut)],
    tail: [
      ...(hidden > 0 ? [moreErrors(t, connection, hidden)] : []),
      ...counted(t, digest),
      section(`*${t.say("API calls")}* ${apiLine(t, report.api)}`),
      ...trend(t, digest),
      ...actions(
        digest.totalErrors > 0 ? button("errors", t.say("All errors"), { connection, offset: 0 }) : null,
        digest.totalErrors > 0 ? button("resync", t.say("Resync all"), { connection, selection: { kind: "all" } }) : null,
      ),
    ],
  });
}

/** "acme has sync errors: 3 sync errors, 12 affected records". */
function headlineOf(t: Language, digest: DigestReport, name: string): string {
  const { report, totalErrors: errors, totalAffectedRecords: records, filter } = digest;
  if (filter !== null && errors === 0 && report.state === "errors") {
    return t.say("{name}: no sync errors of what this channel hears of", { name });
  }
  const state = stateText(t, name, report.state);
  return errors === 0
    ? t.say("{state}: no sync errors", { state })
    : t.say(
        "{state}: {errors, plural, one {# sync error} other {# sync errors}}, {records, plural, one {# affected record} other {# affected records}}",
        { state, errors, records },
      );
}

function changesText(t: Language, digest: DigestReport): string {
  if (digest.isFirst) return t.say("What changes from now on is told in the next one.");
  const said = {
    since: date(t, digest.from),
    appeared: digest.appeared.total,
    grown: digest.grown.total,
    resolved: digest.resolved.total,
  };
  return t.say("Since {since}: {appeared} new, {grown} grown, {resolved} resolved.", said);
}

function stateLines(t: Language, digest: DigestReport): string {
  const { report, filter } = digest;
  const seen =
    report.asOf === null
      ? t.say("The state has not been seen yet.")
      : t.say("From {from} to {to}. State as of {seen}.", {
          from: date(t, digest.from),
          to: date(t, digest.to),
          seen: date(t, report.asOf),
        });
  const suspensions = digest.suspensions.map((suspension) => {
    const label = suspensionLabel(t, suspension.kind);
    const since = date(t, suspension.openedAt);
    if (suspension.closedAt === null) return t.say("*Suspended* since {since}: {label}", { since, label });
    const lasted = t.duration(suspension.closedAt.getTime() - suspension.openedAt.getTime());
    return t.say("*Was suspended* for {lasted} from {since}: {label}", { lasted, since, label });
  });
  const hiddenSuspensions = suspensions.length - 5;
  const hiddenWarnings = report.warnings.length - 5;
  return [
    seen,
    ...(filter === null ? [] : [filterText(t, filter)]),
    ...(report.problem === null ? [] : [t.say("*Could not look:* {why}", { why: evidenceText(t, report.problem) })]),
    ...suspensions.slice(0, 5),
    ...(hiddenSuspensions > 0
      ? [
          t.say("… and {hidden, plural, one {# more suspension} other {# more suspensions}} in this time", {
            hidden: hiddenSuspensions,
          }),
        ]
      : []),
    ...report.warnings.slice(0, 5).map((warning) => t.say("*Warning:* {warning}", { warning: warningLine(t, warning) })),
    ...(hiddenWarnings > 0
      ? [t.say("… and {hidden, plural, one {# more warning} other {# more warnings}}", { hidden: hiddenWarnings })]
      : []),
    `${waitingText(t, report.waiting)}.`,
  ].join("\n");
}

/** What the figures are about, where that isn't everything. */
function filterText(t: Language, { categories, objects: of }: NonNullable<DigestReport["filter"]>): string {
  const about = t.list([
    ...(categories ?? []).map((category) => categoryLabel(t, category)),
    ...(of ?? []).map((object) => objectName(t, object)),
  ]);
  return t.say("This channel hears of {about} alone; other errors are not counted here.", { about });
}

function changes(t: Language, digest: DigestReport): MessageBlock[] {
  const { appeared, grown, resolved } = digest;
  const since = date(t, digest.from);
  if (digest.isFirst) return [];
  if (appeared.total + grown.total + resolved.total === 0) {
    return [context(t.say("Nothing new, grown or resolved since {since}.", { since }))];
  }
  const lines = [
    appeared.total === 0 ? null : t.say("*New:* {errors}", { errors: named(t, appeared) }),
    grown.total === 0
      ? null
      : t.say("*Grown* by {records, plural, one {# record} other {# records}}: {errors}", {
          records: grown.by,
          errors: named(t, grown),
        }),
    resolved.total === 0 ? null : t.say("*Resolved:* {errors}", { errors: named(t, resolved) }),
  ];
  return [section([t.say("*Since {since}*", { since }), ...lines.filter((line) => line !== null)].join("\n"))];
}

function named(t: Language, { total, first }: ErrorChange): string {
  const errors = first.map((error) => `${errorLabel(t, error.type)} (${crmText(error.id, 20)})`).join(", ");
  const hidden = total - first.length;
  return hidden > 0
    ? t.say("{total}: {errors}, … and {hidden} more", { total: t.count(total), errors, hidden: t.count(hidden) })
    : t.say("{total}: {errors}", { total: t.count(total), errors });
}

function counted(t: Language, digest: DigestReport): MessageBlock[] {
  const lines = countedText(t, digest);
  return lines.length === 0 ? [] : [context(lines.join(" "))];
}

/** What is counted and not listed. */
function countedText(t: Language, { muted, small }: DigestReport): string[] {
  return [
    ...(muted.errors === 0
      ? []
      : [
          t.say(
            "{errors, plural, one {# muted error with} other {# muted errors with}} {records, plural, one {# affected record is} other {# affected records are}} counted and not listed.",
            { errors: muted.errors, records: muted.affectedRecords },
          ),
        ]),
    ...(small.errors === 0
      ? []
      : [
          t.say(
            "{errors, plural, one {# error with} other {# errors with}} fewer than {atLeast} affected records each: counted and not listed.",
            { errors: small.errors, atLeast: small.atLeast },
          ),
        ]),
  ];
}

function topError(t: Language, error: SyncErrorReport): MessageBlock[] {
  const { advice } = errorAdvice(t, error);
  const first = advice[0];
  const what = first === undefined ? "" : `\n${t.say("_What to do:_ {advice}", { advice: crmText(first, 400) })}`;
  return [
    section(
      `*${errorLabel(t, error.type)}* · ${objects(t, error.affectedRecords, error.object)} · ${crmText(error.id, 20)}\n` +
        `${statementText(t, error.evidence, 300)}${what}`,
    ),
    ...actions(detailsButton(t, error), resyncButton(t, error)),
  ];
}

function moreErrors(t: Language, connection: string, hidden: number): MessageBlock {
  return context(
    t.say(
      "… and {hidden, plural, one {# more sync error} other {# more sync errors}}: *All errors* below or `/sync errors {name}`",
      {
        hidden,
        name: crmText(connection, 80),
      },
    ),
  );
}

/** The last seven days of the whole connection as a chart, and the same figures in words for those who can't see it. */
function trend(t: Language, { trend: days, filter }: DigestReport): MessageBlock[] {
  const shown = days.slice(-7);
  if (shown.length === 0) return [];
  const words = shown.map(({ day, affectedRecords, errors }) =>
    t.say("{day}: {records} in {errors, plural, one {# error} other {# errors}}", {
      day: t.weekday(day),
      records: t.count(affectedRecords),
      errors,
    }),
  );
  const figures = { days: words.join(" · ") };
  return [
    ...lineChart({
      title: t.say("Affected records, last seven days"),
      xLabel: t.say("Day"),
      yLabel: t.say("Records"),
      categories: shown.map(({ day }) => t.weekday(day)),
      series: [{ name: t.say("Affected records"), values: shown.map(({ affectedRecords }) => affectedRecords) }],
    }),
    context(
      filter === null
        ? t.say("Affected records by day: {days}", figures)
        : t.say("Affected records of the whole connection by day: {days}", figures),
    ),
  ];
}
