import type { WarningReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { warningAdvice, warningLabel } from "./catalogue.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, context, header, linkButton, section } from "./parts.ts";
import { crmText, date } from "./text.ts";
import { adviceText, evidenceText, statementText } from "./wording.ts";

/** Something that will go wrong unless somebody acts; or that it won't any more. */
export function warningAlert(t: Language, warning: WarningReport): Message {
  const connection = crmText(warning.connection, 100);
  const label = warningLabel(t, warning.kind);
  if (warning.closedAt !== null) {
    const duration = t.duration(warning.closedAt.getTime() - warning.openedAt.getTime());
    const text = t.say("{connection}: the warning is over after {duration}: {label}.", { connection, duration, label });
    return composeMessage({
      text,
      head: [section(`:large_green_circle: ${text}\n${statementText(t, warning.evidence, 600)}`)],
    });
  }
  const { meaning, setupUrl, ...todo } = warningAdvice(t, warning);
  const statement = statementText(t, warning.evidence, 600);
  return composeMessage({
    text: [
      t.say("{connection}: warning: {label}. {statement}.", { connection, label, statement }),
      ...runOutTexts(t, warning),
    ].join(" "),
    head: [
      header(`:large_yellow_circle: ${warning.connection}: ${label}`),
      section(`${[`${evidenceText(t, warning.evidence)}.`, ...runOutTexts(t, warning)].join(" ")}\n${crmText(meaning, 600)}`),
      section(adviceText(t, todo)),
      context(t.say("Since {date}", { date: date(t, warning.openedAt) })),
    ],
    tail: actions(linkButton("setup", t.say("Open in Salesforce"), setupUrl)),
  });
}

/** One warning on one line, for the status and digests. */
export function warningLine(t: Language, warning: WarningReport): string {
  const line = t.say("*{label}* since {date}: {statement}.", {
    label: warningLabel(t, warning.kind),
    date: date(t, warning.openedAt),
    statement: statementText(t, warning.evidence, 300),
  });
  return [line, ...runOutTexts(t, warning)].join(" ");
}

/** When calls run out, as each reader's own time. */
function runOutTexts(t: Language, { details }: WarningReport): string[] {
  const at = new Date(details.exhaustedAt ?? "");
  return Number.isNaN(at.getTime()) ? [] : [t.say("At this rate none are left {date}.", { date: date(t, at) })];
}
