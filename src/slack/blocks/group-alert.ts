import type { GroupReport, SyncErrorReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import type { Problem } from "../../monitor/announcements/announcement.ts";
import { errorLabel } from "./catalogue.ts";
import { detailsButton } from "./error-buttons.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, button, context, header, section } from "./parts.ts";
import { problemMessage } from "./problem.ts";
import { crmText, date } from "./text.ts";
import { warningLine } from "./warning-alert.ts";
import { objects, statementText } from "./wording.ts";

/** Several new sync errors in one message, or all that was held in quiet hours: as it stands now, resolved ones last. */
export function groupAlert(t: Language, group: GroupReport, problems: readonly Problem[]): Message {
  const { connection, quiet } = group;
  const name = crmText(connection, 100);
  const open = group.errors.filter(({ resolvedAt }) => resolvedAt === null);
  const resolved = group.errors.length - open.length;
  const records = open.reduce((sum, { affectedRecords }) => sum + affectedRecords, 0);
  const figures = countsText(t, open.length, resolved, records);
  const text =
    quiet === null
      ? t.say("{name}: {figures}.", { name, figures })
      : t.say("{name}, held in quiet hours from {from} to {to}: {figures}.", {
          name,
          figures: heldText(t, group, problems, figures),
          from: date(t, quiet.from),
          to: date(t, quiet.to),
        });
  const mark = open.length === 0 ? ":large_green_circle:" : ":large_yellow_circle:";
  return composeMessage({
    text,
    head: [
      header(
        `${mark} ${quiet === null ? t.say("{name}: {figures}", { name: connection, figures }) : t.say("{name}: while it was quiet", { name: connection })}`,
      ),
      ...(quiet === null ? [] : [section(text)]),
      ...heldLines(t, group, problems),
    ],
    items: open.map((error) => [errorRow(t, error)]),
    more: (hidden) => [
      context(
        t.say(
          "… and {hidden, plural, one {# more sync error} other {# more sync errors}}: *All errors* below or `/sync errors {name}`",
          {
            hidden,
            name: crmText(connection, 80),
          },
        ),
      ),
    ],
    tail: open.length === 0 ? [] : actions(button("errors", t.say("All errors"), { connection, offset: 0 })),
  });
}

function countsText(t: Language, open: number, resolved: number, records: number): string {
  if (open === 0)
    return t.say("{resolved, plural, one {# new sync error is} other {# new sync errors are}} resolved", { resolved });
  const said = { open, records, resolved };
  if (resolved === 0) {
    return t.say(
      "{open, plural, one {# new sync error} other {# new sync errors}}, {records, plural, one {# affected record} other {# affected records}}",
      said,
    );
  }
  return t.say(
    "{open, plural, one {# new sync error} other {# new sync errors}}, {records, plural, one {# affected record} other {# affected records}}; {resolved, plural, one {# more is} other {# more are}} resolved",
    said,
  );
}

/** Only what there was of it. */
function heldText(t: Language, group: GroupReport, problems: readonly Problem[], figures: string): string {
  const warnings = group.warnings.length;
  return t.list([
    ...(group.errors.length === 0 ? [] : [figures]),
    ...(warnings === 0 ? [] : [t.say("{warnings, plural, one {# warning} other {# warnings}}", { warnings })]),
    ...(problems.length === 0
      ? []
      : [t.say("{problems, plural, one {# problem of mine} other {# problems of mine}}", { problems: problems.length })]),
  ]);
}

const LINES_SHOWN = 5;

function heldLines(t: Language, { connection, warnings }: GroupReport, problems: readonly Problem[]): MessageBlock[] {
  const lines = [
    ...warnings.map((warning) => `:warning: ${warningLine(t, warning)}`),
    ...problems.map((problem) => problemMessage(t, connection, problem).text),
  ];
  if (lines.length === 0) return [];
  const hidden = lines.length - LINES_SHOWN;
  return [section([...lines.slice(0, LINES_SHOWN), ...(hidden > 0 ? [`… + ${hidden}`] : [])].join("\n"))];
}

function errorRow(t: Language, error: SyncErrorReport): MessageBlock {
  return section(
    `*${errorLabel(t, error.type)}* · ${objects(t, error.affectedRecords, error.object)} · ${crmText(error.id, 20)}\n${statementText(t, error.evidence, 300)}`,
    detailsButton(t, error),
  );
}
