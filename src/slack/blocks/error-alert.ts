import type { SyncErrorReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { categoryLabel, errorAdvice, errorLabel } from "./catalogue.ts";
import { detailsButton, resyncButton, setupButton } from "./error-buttons.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, context, header, section } from "./parts.ts";
import { crmText, date, person } from "./text.ts";
import { directionText, evidenceText, objects, steps } from "./wording.ts";

/** The message about one error group, as it stands now; it grows in place and says when it is resolved. */
export function errorAlert(t: Language, error: SyncErrorReport): Message {
  return error.resolvedAt === null ? openError(t, error) : resolvedError(t, error, error.resolvedAt);
}

function openError(t: Language, error: SyncErrorReport): Message {
  const headline = notSyncing(t, error, crmText(error.connection, 100));
  const evidence = evidenceText(t, error.evidence);
  return composeMessage({
    text: t.say("{headline} ({id}). {evidence}.", { headline, id: crmText(error.id, 20), evidence }),
    head: [header(`:large_yellow_circle: ${notSyncing(t, error, error.connection)}`), ...errorExplanation(t, error)],
    tail: actions(detailsButton(t, error), resyncButton(t, error), setupButton(t, error)),
  });
}

/** "acme: 12 contacts do not sync: Restricted picklist value". */
function notSyncing(t: Language, error: SyncErrorReport, connection: string): string {
  return t.say("{connection}: {records} {count, plural, one {does} other {do}} not sync: {type}", {
    connection,
    records: objects(t, error.affectedRecords, error.object),
    count: error.affectedRecords,
    type: errorLabel(t, error.type),
  });
}

function resolvedError(t: Language, error: SyncErrorReport, resolvedAt: Date): Message {
  const type = errorLabel(t, error.type);
  return composeMessage({
    text: t.say("{connection}: {type} ({id}) is resolved since {date}.", {
      connection: crmText(error.connection, 100),
      type,
      id: crmText(error.id, 20),
      date: date(t, resolvedAt),
    }),
    head: [
      header(`:large_green_circle: ${t.say("{connection}: resolved: {type}", { connection: error.connection, type })}`),
      section(`${errorFacts(t, error)}\n${t.say("*Resolved* {date}", { date: date(t, resolvedAt) })}`),
    ],
    tail: actions(detailsButton(t, error)),
  });
}

/** What an error group is: what it means, what was seen, what to do and who can do it. */
export function errorExplanation(t: Language, error: SyncErrorReport): MessageBlock[] {
  const { meaning, advice, who } = errorAdvice(t, error);
  return [
    section(errorFacts(t, error)),
    section(`${crmText(meaning, 600)}\n${evidenceText(t, error.evidence)}`),
    section(`${t.say("*What to do* ({who})", { who })}\n${steps(advice)}`),
    context([...seenTexts(t, error), ...mutedTexts(t, error)].join(" · ")),
  ];
}

function seenTexts(t: Language, { firstSeenAt, lastSeenAt, openedAt, occurrences }: SyncErrorReport): string[] {
  return [
    t.say("First seen {first}, last seen {last}", { first: date(t, firstSeenAt), last: date(t, lastSeenAt) }),
    ...(occurrences > 1
      ? [t.say("Opened {times, number} times, again since {date}", { times: occurrences, date: date(t, openedAt) })]
      : []),
  ];
}

function mutedTexts(t: Language, { mute }: SyncErrorReport): string[] {
  if (mute === null) return [];
  const { by, until, reason } = mute;
  return [
    until === null ? t.say("Muted until it is resolved") : t.say("Muted until {date}", { date: date(t, until) }),
    ...(by === null ? [] : [t.say("Muted by {person}", { person: person(by) })]),
    ...(reason === null ? [] : [t.say("Muted because: {reason}", { reason: crmText(reason, 300) })]),
  ];
}

/** Id, category, records, direction and fields, in one or two lines. */
function errorFacts(t: Language, error: SyncErrorReport): string {
  const { hubspotProperty: property, salesforceField: field } = error;
  const facts = [
    `*${crmText(error.id, 20)}*`,
    categoryLabel(t, error.category),
    objects(t, error.affectedRecords, error.object),
    directionText(t, error.direction),
  ];
  const fields = [
    ...(property === null ? [] : [t.say("HubSpot property `{property}`", { property: crmText(property, 100) })]),
    ...(field === null ? [] : [t.say("Salesforce field `{field}`", { field: crmText(field, 100) })]),
  ];
  return [facts.join(" · "), ...(fields.length === 0 ? [] : [fields.join(" · ")])].join("\n");
}
