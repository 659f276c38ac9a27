import type { Language } from "../../language/language.ts";
import type { CheckReason, CheckReport, Trial } from "../../monitor/check/check-report.ts";
import { errorAdvice, errorLabel } from "./catalogue.ts";
import type { MessageBlock } from "./message.ts";
import { context, section } from "./parts.ts";
import { crmText, date } from "./text.ts";
import { adviceText, directionText, evidenceText, objects } from "./wording.ts";

/** Reasons explained in full. */
const SHOWN = 4;

/** Why the record doesn't sync, each reason with its evidence and what to do; and what trying it has shown. */
export function reasonSections(t: Language, { reasons, links, trial }: CheckReport): MessageBlock[] {
  const hidden = reasons.length - SHOWN;
  return [
    ...reasons.slice(0, SHOWN).map((reason) => reasonSection(t, reason, links)),
    ...(hidden > 0
      ? [
          context(
            t.say("… and {hidden, number} more: {reasons}", { hidden, reasons: t.list(reasonLabels(t, reasons.slice(SHOWN))) }),
          ),
        ]
      : []),
    ...trialContext(t, trial),
  ];
}

/** What is the matter, each once. */
export function reasonLabels(t: Language, reasons: readonly CheckReason[]): readonly string[] {
  return [...new Set(reasons.map(({ finding }) => errorLabel(t, finding.type)))];
}

function reasonSection(t: Language, { finding, open }: CheckReason, links: CheckReport["links"]): MessageBlock {
  const { type, details, direction, hubspotProperty, salesforceField, evidence } = finding;
  const advice = errorAdvice(t, { type, details, links });
  const fields = [hubspotProperty, salesforceField].filter((name) => name !== null).map((name) => `\`${crmText(name, 100)}\``);
  return section(
    [
      [`*${errorLabel(t, type)}*`, errorText(t, open), directionText(t, direction), ...fields].join(" · "),
      crmText(advice.meaning, 400),
      evidenceText(t, evidence),
      adviceText(t, advice),
    ].join("\n"),
  );
}

function errorText(t: Language, open: CheckReason["open"]): string {
  if (open === null) return t.say("not among the open errors yet");
  return t.say("error *{id}* since {date}, {records}", {
    id: crmText(open.id, 20),
    date: date(t, open.firstSeenAt),
    records: objects(t, open.affectedRecords, open.object),
  });
}

function trialContext(t: Language, trial: Trial): MessageBlock[] {
  const text = trialText(t, trial);
  return text === null ? [] : [context(text)];
}

function trialText(t: Language, trial: Trial): string | null {
  switch (trial.state) {
    case "not-needed":
      return null;
    case "refused":
      return t.say("Tried just now: Salesforce refused the write, and nothing of it was kept.");
    case "nothing-refused":
      return t.say("Tried just now: Salesforce refused nothing, and nothing of the write was kept.");
    case "tried-before":
      return t.say("The same write was tried {date}; it isn't tried again so soon.", { date: date(t, trial.at) });
    case "not-tried":
      return notTriedText(t, trial.because);
  }
}

function notTriedText(t: Language, because: Extract<Trial, { state: "not-tried" }>["because"]): string {
  switch (because) {
    case "off":
      return t.say("Not tried in Salesforce: rolled-back writes are switched off (`diagnosis.rolledBackWrites`).");
    case "grace":
      return t.say("Not tried in Salesforce yet: the sync is given its time first.");
    case "suspended":
      return t.say("Not tried in Salesforce while the sync is suspended.");
    case "undecided":
      return t.say("Tried in Salesforce without an answer about this record.");
  }
}
