import type { Button } from "@slack/types";
import type { SuspensionReport } from "../../health/report.ts";
import type { SuspensionCause } from "../../health/suspensions.ts";
import type { Language } from "../../language/language.ts";
import { backlogLeftBehind, backlogText } from "./backlog-wording.ts";
import { suspensionAdvice, suspensionLabel } from "./catalogue.ts";
import { cancelClearButton, clearSteps } from "./clear-steps.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, button, confirmDialog, context, header, linkButton, section } from "./parts.ts";
import { crmText, date, person } from "./text.ts";
import { adviceText, evidenceText, statementText } from "./wording.ts";

/** The message about one suspension, as it stands now: open with what to do, or closed with how it ended. */
export function suspensionAlert(t: Language, suspension: SuspensionReport): Message {
  return suspension.state === "closed" ? closedSuspension(t, suspension) : openSuspension(t, suspension);
}

function openSuspension(t: Language, suspension: SuspensionReport): Message {
  const { causes } = suspension;
  const leading = causes[0];
  const gone = causeGoneTexts(t, suspension);
  const waiting = backlogText(t, suspension.waiting, suspension.backlog);
  return composeMessage({
    text: [
      suspendedText(t, suspension),
      `${waiting}.`,
      ...flappingTexts(t, suspension),
      ...(leading === undefined ? [] : [`${statementText(t, leading.evidence, 400)}.`]),
      ...gone,
    ].join(" "),
    head: [
      header(`:red_circle: ${headlineText(t, suspension)}`),
      section(
        [
          t.say("*Since* {since}, last seen {lastSeen}", {
            since: date(t, suspension.openedAt),
            lastSeen: date(t, suspension.lastSeenAt),
          }),
          t.say("*Waiting* {changes}", { changes: waiting }),
        ].join("\n"),
      ),
      ...flapping(t, suspension),
      ...gone.map((text) => section(text)),
    ],
    items: causes.map((cause) => causeBlocks(t, suspension, cause)),
    more: (hidden) => [
      context(
        t.say("… and {hidden, plural, one {# more cause} other {# more causes}}: `/sync suspension` shows each.", { hidden }),
      ),
    ],
    tail: [...acknowledgement(t, suspension), ...clearSteps(t, suspension), ...openActions(t, suspension)],
  });
}

function suspendedText(t: Language, { connection, state, kind, openedAt }: SuspensionReport): string {
  const values = { connection: crmText(connection, 100), date: date(t, openedAt), cause: suspensionLabel(t, kind) };
  return state === "suspected"
    ? t.say("{connection}: the sync may be suspended since {date} ({cause}).", values)
    : t.say("{connection}: the sync is suspended since {date} ({cause}).", values);
}

/** For plain text, so that nothing in it is escaped. */
function headlineText(t: Language, { connection, state, kind }: SuspensionReport): string {
  const values = { connection, cause: suspensionLabel(t, kind) };
  return state === "suspected"
    ? t.say("{connection}: the sync may be suspended: {cause}", values)
    : t.say("{connection}: the sync is suspended: {cause}", values);
}

function causeGoneTexts(t: Language, { causeGoneAt }: SuspensionReport): string[] {
  return causeGoneAt === null
    ? []
    : [t.say("The cause is gone since {date}, but the sync has not been seen to move yet.", { date: date(t, causeGoneAt) })];
}

function causeBlocks(t: Language, { causes, links }: SuspensionReport, cause: SuspensionCause): MessageBlock[] {
  const { meaning, ...todo } = suspensionAdvice(t, cause, links);
  const name = causes.length > 1 ? [`*${suspensionLabel(t, cause.kind)}*`] : [];
  return [section([...name, crmText(meaning, 600), evidenceText(t, cause.evidence)].join("\n")), section(adviceText(t, todo))];
}

function acknowledgement(t: Language, { acknowledgedBy, acknowledgedAt }: SuspensionReport): MessageBlock[] {
  if (acknowledgedBy === null) return [];
  const by = person(acknowledgedBy);
  return [
    context(
      acknowledgedAt === null
        ? t.say("Acknowledged by {person}", { person: by })
        : t.say("Acknowledged by {person} {date}", { person: by, date: date(t, acknowledgedAt) }),
    ),
  ];
}

function openActions(t: Language, suspension: SuspensionReport): MessageBlock[] {
  const clearing = suspension.clearing?.state === "running" ? suspension.clearing : null;
  const leading = suspension.causes[0];
  const setupUrl = leading === undefined ? null : suspensionAdvice(t, leading, suspension.links).setupUrl;
  return actions(
    clearing === null ? clearButton(t, suspension) : cancelClearButton(t, suspension, clearing),
    linkButton("hubspot", t.say("Open in HubSpot"), suspension.links.syncHealth),
    linkButton("setup", t.say("Open in Salesforce"), setupUrl),
    suspension.acknowledgedBy === null
      ? button(
          "acknowledge",
          t.say("Acknowledge"),
          { suspensionId: suspension.id },
          {
            accessibilityLabel: t.say("Acknowledge the suspension of {connection}", {
              connection: crmText(suspension.connection, 40),
            }),
          },
        )
      : null,
  );
}

/** The button that starts a clear, with the dialog that says what it will do. */
export function clearButton(t: Language, suspension: SuspensionReport): Button {
  const confirm = confirmDialog(
    t,
    t.say("Clear the suspension?"),
    t.say(
      "I test whether the cause is gone, then touch one waiting record of {connection} and watch the sync move again and its backlog shrink. Each step appears in the message about the suspension.",
      { connection: crmText(suspension.connection, 60) },
    ),
    t.say("Clear suspension"),
  );
  return button(
    "clear",
    t.say("Clear suspension"),
    { suspensionId: suspension.id, kind: suspension.kind },
    { style: "primary", confirm },
  );
}

function closedSuspension(t: Language, suspension: SuspensionReport): Message {
  const { connection, openedAt } = suspension;
  const cause = suspensionLabel(t, suspension.kind);
  const closedAt = suspension.closedAt ?? suspension.lastSeenAt;
  const duration = t.duration(closedAt.getTime() - openedAt.getTime());
  const ended = [howItEnded(t, suspension), `${backlogLeftBehind(t, suspension)}.`];
  const acknowledged =
    suspension.acknowledgedBy === null
      ? []
      : [context(t.say("Acknowledged by {person} while it lasted", { person: person(suspension.acknowledgedBy) }))];
  return composeMessage({
    text: [
      t.say("{connection}: the sync runs again after {duration} ({cause}).", {
        connection: crmText(connection, 100),
        duration,
        cause,
      }),
      ...ended,
      ...flappingTexts(t, suspension),
    ].join(" "),
    head: [
      header(`:large_green_circle: ${t.say("{connection}: the sync runs again after {duration}", { connection, duration })}`),
      section(
        [
          t.say("*It was* {cause}", { cause }),
          t.say("*From* {from} *to* {until}: {duration}", { from: date(t, openedAt), until: date(t, closedAt), duration }),
          ended.join(" "),
        ].join("\n"),
      ),
      ...flapping(t, suspension),
      ...acknowledged,
    ],
    tail: [...clearSteps(t, suspension), ...closedActions(t, suspension)],
  });
}

/** A clear that still watches the backlog. */
function closedActions(t: Language, suspension: SuspensionReport): MessageBlock[] {
  const { clearing } = suspension;
  return clearing?.state === "running" ? actions(cancelClearButton(t, suspension, clearing)) : [];
}

function flapping(t: Language, suspension: SuspensionReport): MessageBlock[] {
  return flappingTexts(t, suspension).map((text) => section(`:repeat: ${t.say("*It keeps coming back.*")} ${text}`));
}

/** "It flaps: suspended 3 times since 09:12, for 4 mins each time." where it does; else nothing. */
function flappingTexts(t: Language, { flapping }: SuspensionReport): string[] {
  if (flapping === null) return [];
  const { times } = flapping;
  const since = date(t, flapping.since);
  const [shortest, longest] = [t.duration(flapping.shortestMs), t.duration(flapping.longestMs)];
  return [
    shortest === longest
      ? t.say("It flaps: suspended {times, plural, one {# time} other {# times}} since {since}, for {duration} each time.", {
          times,
          since,
          duration: shortest,
        })
      : t.say(
          "It flaps: suspended {times, plural, one {# time} other {# times}} since {since}, each time for {shortest} to {longest}.",
          { times, since, shortest, longest },
        ),
  ];
}

function howItEnded(t: Language, { closeReason, clearedBy }: SuspensionReport): string {
  if (closeReason === "blip") return t.say("It was a blip and never counted as a suspension.");
  if (closeReason !== "cleared") return t.say("It cleared by itself.");
  return clearedBy === null ? t.say("Somebody cleared it.") : t.say("Cleared by {person}.", { person: person(clearedBy) });
}
