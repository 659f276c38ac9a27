import { ENGLISH } from "../../language/language.ts";
import type { CheckReason, CheckReport, Trial } from "../../monitor/check/check-report.ts";
import { errorAdvice, errorLabel } from "./catalogue.ts";
import type { MessageBlock } from "./message.ts";
import { context, section } from "./parts.ts";
import { count, crmText, date } from "./text.ts";
import { directionText, evidenceText, objects, steps } from "./wording.ts";

/** Reasons explained in full. */
const SHOWN = 4;

/** Why the record doesn't sync, each reason with its evidence and what to do; and what trying it has shown. */
export function reasonSections(report: CheckReport): MessageBlock[] {
  const { reasons, links } = report;
  const hidden = reasons.length - SHOWN;
  return [
    ...reasons.slice(0, SHOWN).map((reason) => reasonSection(reason, links)),
    ...(hidden > 0 ? [context(`… and ${count(hidden)} more: ${moreReasons(reasons.slice(SHOWN))}`)] : []),
    ...trialContext(report.trial),
  ];
}

function reasonSection({ finding, open }: CheckReason, links: CheckReport["links"]): MessageBlock {
  const { type, details, direction, hubspotProperty, salesforceField, evidence } = finding;
  const { meaning, advice, who } = errorAdvice(ENGLISH, { type, details, links });
  const fields = [hubspotProperty, salesforceField].filter((name) => name !== null).map((name) => `\`${crmText(name, 100)}\``);
  const where = fields.length === 0 ? "" : ` · ${fields.join(" · ")}`;
  return section(
    [
      `*${errorLabel(ENGLISH, type)}* · ${errorText(open)} · ${directionText(ENGLISH, direction)}${where}`,
      crmText(meaning, 400),
      evidenceText(ENGLISH, evidence),
      `*What to do* (${who})`,
      steps(advice),
    ].join("\n"),
  );
}

function errorText(open: CheckReason["open"]): string {
  if (open === null) return "not among the open errors yet";
  return `error *${crmText(open.id, 20)}* since ${date(ENGLISH, open.firstSeenAt)}, ${objects(ENGLISH, open.affectedRecords, open.object)}`;
}

function moreReasons(reasons: readonly CheckReason[]): string {
  return [...new Set(reasons.map(({ finding }) => errorLabel(ENGLISH, finding.type)))].join(", ");
}

function trialContext(trial: Trial): MessageBlock[] {
  const text = trialText(trial);
  return text === null ? [] : [context(text)];
}

function trialText(trial: Trial): string | null {
  switch (trial.state) {
    case "not-needed":
      return null;
    case "refused":
      return "Tried just now: Salesforce refused the write, and nothing of it was kept.";
    case "nothing-refused":
      return "Tried just now: Salesforce refused nothing, and nothing of the write was kept.";
    case "tried-before":
      return `The same write was tried ${date(ENGLISH, trial.at)}; it isn't tried again so soon.`;
    case "not-tried":
      return NOT_TRIED[trial.because];
  }
}

const NOT_TRIED = {
  off: "Not tried in Salesforce: rolled-back writes are switched off (`diagnosis.rolledBackWrites`).",
  grace: "Not tried in Salesforce yet: the sync is given its time first.",
  suspended: "Not tried in Salesforce while the sync is suspended.",
  undecided: "Tried in Salesforce without an answer about this record.",
} as const;
