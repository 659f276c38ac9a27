import type { SyncErrorReport } from "../../health/report.ts";
import { ENGLISH } from "../../language/language.ts";
import { categoryLabel, errorAdvice, errorLabel } from "./catalogue.ts";
import { detailsButton, resyncButton, setupButton } from "./error-buttons.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, context, header, section } from "./parts.ts";
import { count, crmText, date, person } from "./text.ts";
import { directionText, evidenceText, objects, steps } from "./wording.ts";

/** The message about one error group, as it stands now; it grows in place and says when it is resolved. */
export function errorAlert(error: SyncErrorReport): Message {
  const label = errorLabel(ENGLISH, error.type);
  const affected = objects(ENGLISH, error.affectedRecords, error.object);
  if (error.resolvedAt !== null) {
    return composeMessage({
      text: `${crmText(error.connection, 100)}: ${label} (${error.id}) is resolved since ${date(ENGLISH, error.resolvedAt)}.`,
      head: [
        header(`:large_green_circle: ${error.connection}: resolved: ${label}`),
        section(`${errorFacts(error)}\n*Resolved* ${date(ENGLISH, error.resolvedAt)}`),
      ],
      tail: actions(detailsButton(ENGLISH, error)),
    });
  }
  const one = error.affectedRecords === 1;
  return composeMessage({
    text: `${crmText(error.connection, 100)}: ${affected} ${one ? "does" : "do"} not sync: ${label} (${error.id}). ${evidenceText(ENGLISH, error.evidence)}.`,
    head: [
      header(`:large_yellow_circle: ${error.connection}: ${affected} ${one ? "does" : "do"} not sync: ${label}`),
      ...errorExplanation(error),
    ],
    tail: actions(detailsButton(ENGLISH, error), resyncButton(ENGLISH, error), setupButton(ENGLISH, error)),
  });
}

/** What an error group is: what it means, what was seen, what to do and who can do it. */
export function errorExplanation(error: SyncErrorReport): MessageBlock[] {
  const { meaning, advice, who } = errorAdvice(ENGLISH, error);
  return [
    section(errorFacts(error)),
    section(`${crmText(meaning, 600)}\n${evidenceText(ENGLISH, error.evidence)}`),
    section(`*What to do* (${who})\n${steps(advice)}`),
    context([since(error), mutedText(error)].filter((part) => part !== null).join(" · ")),
  ];
}

function since(error: SyncErrorReport): string {
  const again =
    error.occurrences > 1 ? `, again since ${date(ENGLISH, error.openedAt)} (opened ${count(error.occurrences)} times)` : "";
  return `First seen ${date(ENGLISH, error.firstSeenAt)}${again}, last seen ${date(ENGLISH, error.lastSeenAt)}`;
}

function mutedText({ mute }: SyncErrorReport): string | null {
  if (mute === null) return null;
  const by = mute.by === null ? "" : ` by ${person(mute.by)}`;
  const why = mute.reason === null ? "" : `: ${crmText(mute.reason, 300)}`;
  return `Muted${by} until ${mute.until === null ? "it is resolved" : date(ENGLISH, mute.until)}${why}`;
}

/** Id, category, records, direction and fields, in one or two lines. */
export function errorFacts(error: SyncErrorReport): string {
  const fields = [
    ...(error.hubspotProperty === null ? [] : [`HubSpot property \`${crmText(error.hubspotProperty, 100)}\``]),
    ...(error.salesforceField === null ? [] : [`Salesforce field \`${crmText(error.salesforceField, 100)}\``]),
  ];
  const where = fields.length === 0 ? "" : `\n${fields.join(" · ")}`;
  return (
    `*${crmText(error.id, 20)}* · ${categoryLabel(ENGLISH, error.category)} · ${objects(ENGLISH, error.affectedRecords, error.object)} · ` +
    `${directionText(ENGLISH, error.direction)}${where}`
  );
}
