import type { WarningReport } from "../../health/report.ts";
import { ENGLISH } from "../../language/language.ts";
import { warningAdvice, warningLabel } from "./catalogue.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, context, header, linkButton, section } from "./parts.ts";
import { crmText, date, duration } from "./text.ts";
import { evidenceText, statementText, steps } from "./wording.ts";

/** Something that will go wrong unless somebody acts; or that it won't any more. */
export function warningAlert(warning: WarningReport): Message {
  const name = crmText(warning.connection, 100);
  const label = warningLabel(warning.kind);
  if (warning.closedAt !== null) {
    const lasted = duration(warning.closedAt.getTime() - warning.openedAt.getTime());
    const text = `${name}: the warning is over after ${lasted}: ${label}.`;
    return composeMessage({
      text,
      head: [section(`:large_green_circle: ${text}\n${crmText(warning.evidence.statement, 600)}`)],
    });
  }
  const { meaning, advice, who, setupUrl } = warningAdvice(warning);
  return composeMessage({
    text: `${name}: warning: ${label}. ${statementText(warning.evidence, 600)}.${when(warning)}`,
    head: [
      header(`:large_yellow_circle: ${warning.connection}: ${label}`),
      section(`${evidenceText(warning.evidence)}${when(warning)}\n${crmText(meaning, 600)}`),
      section(`*What to do* (${who})\n${steps(advice)}`),
      context(`Since ${date(ENGLISH, warning.openedAt)}`),
    ],
    tail: actions(linkButton("setup", "Open in Salesforce", setupUrl)),
  });
}

/** One warning on one line, for the status and digests. */
export function warningLine(warning: WarningReport): string {
  return `*${warningLabel(warning.kind)}* since ${date(ENGLISH, warning.openedAt)}: ${statementText(warning.evidence, 300)}.${when(warning)}`;
}

/** When calls run out, as each reader's own time. */
function when({ details }: WarningReport): string {
  const at = new Date(details.exhaustedAt ?? "");
  return Number.isNaN(at.getTime()) ? "" : ` At this rate none are left ${date(ENGLISH, at)}.`;
}
