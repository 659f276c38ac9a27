import type { ConnectionReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { apiLine } from "./api-calls.ts";
import { backlogText } from "./backlog-wording.ts";
import { categoryLabel, suspensionLabel } from "./catalogue.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, button, context, header, section } from "./parts.ts";
import { STATE_MARKS, stateText } from "./state.ts";
import { crmText, date } from "./text.ts";
import { warningLine } from "./warning-alert.ts";
import { evidenceText } from "./wording.ts";

/** Every connection on one screen. */
export function statusMessage(t: Language, reports: readonly ConnectionReport[]): Message {
  return composeMessage({
    text: reports.map((report) => statusSentence(t, report)).join(" "),
    head: [],
    items: reports.map((report) => connectionStatus(t, report)),
    more: (hidden) => [
      context(
        t.say(
          "… and {hidden, plural, one {# more connection} other {# more connections}}: `/sync status` with a connection's name shows it.",
          { hidden },
        ),
      ),
    ],
  });
}

function statusSentence(t: Language, report: ConnectionReport): string {
  const { asOf, suspension, categories } = report;
  const errors = categories.reduce((sum, category) => sum + category.errors, 0);
  const records = categories.reduce((sum, category) => sum + category.affectedRecords, 0);
  const warnings = report.warnings.length;
  const figures = [
    stateText(t, crmText(report.connection, 100), report.state),
    ...(suspension === null ? [] : [suspensionLabel(t, suspension.kind)]),
    ...(errors === 0
      ? []
      : [
          t.say(
            "{errors, plural, one {# sync error} other {# sync errors}} with {records, plural, one {# affected record} other {# affected records}}",
            { errors, records },
          ),
        ]),
    ...(warnings === 0 ? [] : [t.say("{warnings, plural, one {# warning} other {# warnings}}", { warnings })]),
    asOf === null ? t.say("not looked at yet") : t.say("as of {date}", { date: date(t, asOf) }),
  ];
  return `${t.list(figures, "figures")}.`;
}

/** One connection's state, errors by category, API calls and last sync each way, with its buttons. */
export function connectionStatus(t: Language, report: ConnectionReport, { canShare } = { canShare: true }): MessageBlock[] {
  const { connection, asOf, problem } = report;
  const name = crmText(connection, 60);
  const waiting = asOf === null ? t.say("not known yet") : backlogText(t, report.waiting, report.backlog);
  const seen =
    asOf === null ? t.say("Not looked at yet: the first poll is still to come.") : t.say("As of {date}", { date: date(t, asOf) });
  return [
    header(`${STATE_MARKS[report.state]} ${stateText(t, connection, report.state)}`),
    section(
      [
        ...(problem === null
          ? []
          : [`${t.say("*Could not look, so this is the last known state.*")} ${evidenceText(t, problem)}`]),
        ...suspensionLine(t, report),
        ...warningLines(t, report),
        t.say("*Sync errors* {errors}", { errors: categoriesLine(t, report) }),
        t.say("*API calls* {calls}", { calls: apiLine(t, report.api) }),
        t.say("*Last sync* to Salesforce {toSalesforce}, to HubSpot {toHubSpot}", {
          toSalesforce: when(t, report.syncedToSalesforceAt),
          toHubSpot: when(t, report.syncedToHubSpotAt),
        }),
        t.say("*Waiting* {changes}", { changes: waiting }),
      ].join("\n"),
    ),
    context(seen),
    ...actions(
      button(
        "errors",
        t.say("Errors"),
        { connection, offset: 0 },
        { accessibilityLabel: t.say("Sync errors of {connection}", { connection: name }) },
      ),
      button(
        "refresh",
        t.say("Refresh"),
        { connection },
        { accessibilityLabel: t.say("Look at {connection} now", { connection: name }) },
      ),
      canShare
        ? button(
            "share",
            t.say("Share"),
            { connection },
            { accessibilityLabel: t.say("Share the status of {connection} with the channel", { connection: name }) },
          )
        : null,
    ),
  ];
}

function suspensionLine(t: Language, { suspension }: ConnectionReport): string[] {
  if (suspension === null || suspension.state === "closed") return [];
  const values = { date: date(t, suspension.openedAt), cause: suspensionLabel(t, suspension.kind) };
  return [
    suspension.state === "suspected"
      ? t.say("*Perhaps suspended* since {date}: {cause} (`/sync suspension` says what to do)", values)
      : t.say("*Suspended* since {date}: {cause} (`/sync suspension` says what to do)", values),
  ];
}

/** Warnings shown on one screen. */
const WARNINGS_SHOWN = 3;

function warningLines(t: Language, { warnings }: ConnectionReport): string[] {
  const hidden = warnings.length - WARNINGS_SHOWN;
  return [
    ...warnings.slice(0, WARNINGS_SHOWN).map((warning) => `:warning: ${warningLine(t, warning)}`),
    ...(hidden > 0
      ? [
          t.say("… and {hidden, plural, one {# more warning} other {# more warnings}}, each told in the subscribed channels", {
            hidden,
          }),
        ]
      : []),
  ];
}

function categoriesLine(t: Language, report: ConnectionReport): string {
  const held = report.categories.filter((category) => category.errors > 0);
  if (report.asOf === null) return t.say("not known yet");
  if (held.length === 0) return t.say("none");
  return held
    .map(({ category, errors, affectedRecords: records }) =>
      t.say("{category}: {errors, plural, one {# error} other {# errors}}, {records, plural, one {# record} other {# records}}", {
        category: categoryLabel(t, category),
        errors,
        records,
      }),
    )
    .join(" · ");
}

function when(t: Language, at: Date | null): string {
  return at === null ? t.say("not known") : date(t, at);
}
