import type { SuspensionReport } from "../../health/report.ts";
import type { SuspensionCause } from "../../health/suspensions.ts";
import { ENGLISH } from "../../language/language.ts";
import { backlogLeftBehind, backlogText } from "./backlog-wording.ts";
import { suspensionAdvice, suspensionLabel } from "./catalogue.ts";
import { cancelClearButton, clearSteps } from "./clear-steps.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, button, confirmDialog, context, header, linkButton, section } from "./parts.ts";
import { crmText, date, duration, person } from "./text.ts";
import { evidenceText, statementText, steps } from "./wording.ts";

/** The message about one suspension, as it stands now: open with what to do, or closed with how it ended. */
export function suspensionAlert(suspension: SuspensionReport): Message {
  return suspension.state === "closed" ? closedSuspension(suspension) : openSuspension(suspension);
}

function openSuspension(suspension: SuspensionReport): Message {
  const { connection, kind, causes } = suspension;
  const label = suspensionLabel(kind);
  const leading = causes[0];
  const suspected = suspension.state === "suspected";
  const state = suspected ? "may be suspended" : "is suspended";
  const gone =
    suspension.causeGoneAt === null
      ? ""
      : ` The cause is gone since ${date(ENGLISH, suspension.causeGoneAt)}, but the sync has not been seen to move yet.`;
  const text =
    `${crmText(connection, 100)}: the sync ${state} since ${date(ENGLISH, suspension.openedAt)} (${label}). ` +
    `${backlogText(suspension.waiting, suspension.backlog)}.${flappingText(suspension)}${leading === undefined ? "" : ` ${statementText(leading.evidence, 400)}.`}${gone}`;
  return composeMessage({
    text,
    head: [
      header(`:red_circle: ${connection}: the sync ${state}: ${label}`),
      section(
        `*Since* ${date(ENGLISH, suspension.openedAt)}, last seen ${date(ENGLISH, suspension.lastSeenAt)}\n*Waiting* ${backlogText(suspension.waiting, suspension.backlog)}`,
      ),
      ...flapping(suspension),
      ...(gone === "" ? [] : [section(gone.trim())]),
    ],
    items: causes.map((cause) => causeBlocks(suspension, cause)),
    more: (hidden) => [context(`… and ${hidden} more causes: \`/sync suspension\` shows each.`)],
    tail: [...acknowledgement(suspension), ...clearSteps(suspension), ...openActions(suspension)],
  });
}

function causeBlocks({ causes, links }: SuspensionReport, cause: SuspensionCause): MessageBlock[] {
  const { meaning, advice, who } = suspensionAdvice(cause, links);
  const name = causes.length > 1 ? `*${suspensionLabel(cause.kind)}*\n` : "";
  return [
    section(`${name}${crmText(meaning, 600)}\n${evidenceText(cause.evidence)}`),
    section(`*What to do* (${who})\n${steps(advice)}`),
  ];
}

function acknowledgement(suspension: SuspensionReport): MessageBlock[] {
  if (suspension.acknowledgedBy === null) return [];
  const when = suspension.acknowledgedAt === null ? "" : ` ${date(ENGLISH, suspension.acknowledgedAt)}`;
  return [context(`Acknowledged by ${person(suspension.acknowledgedBy)}${when}`)];
}

function openActions(suspension: SuspensionReport): MessageBlock[] {
  const clearing = suspension.clearing?.state === "running" ? suspension.clearing : null;
  const leading = suspension.causes[0];
  const setupUrl = leading === undefined ? null : suspensionAdvice(leading, suspension.links).setupUrl;
  return actions(
    clearing === null ? clearButton(suspension) : cancelClearButton(suspension, clearing),
    linkButton("hubspot", "Open in HubSpot", suspension.links.syncHealth),
    linkButton("setup", "Open in Salesforce", setupUrl),
    suspension.acknowledgedBy === null ? button("acknowledge", "Acknowledge", { suspensionId: suspension.id }) : null,
  );
}

/** The button that starts a clear, with the dialog that says what it will do. */
export function clearButton(suspension: SuspensionReport) {
  return button(
    "clear",
    "Clear suspension",
    { suspensionId: suspension.id, kind: suspension.kind },
    {
      style: "primary",
      confirm: confirmDialog(
        ENGLISH,
        "Clear the suspension?",
        `I test whether the cause is gone, then touch one waiting record of ${crmText(suspension.connection, 60)} and watch the sync ` +
          "move again and its backlog shrink. Each step appears in the message about the suspension.",
        "Clear suspension",
      ),
    },
  );
}

function closedSuspension(suspension: SuspensionReport): Message {
  const label = suspensionLabel(suspension.kind);
  const closedAt = suspension.closedAt ?? suspension.lastSeenAt;
  const lasted = duration(closedAt.getTime() - suspension.openedAt.getTime());
  const how = howItEnded(suspension);
  const acknowledged =
    suspension.acknowledgedBy === null ? [] : [context(`Acknowledged by ${person(suspension.acknowledgedBy)} while it lasted`)];
  return composeMessage({
    text: `${crmText(suspension.connection, 100)}: the sync runs again after ${lasted} (${label}). ${how}. ${backlogLeftBehind(suspension)}.${flappingText(suspension)}`,
    head: [
      header(`:large_green_circle: ${suspension.connection}: the sync runs again after ${lasted}`),
      section(
        `*It was* ${label}\n*From* ${date(ENGLISH, suspension.openedAt)} *to* ${date(ENGLISH, closedAt)}: ${lasted}\n${how}. ` +
          `${backlogLeftBehind(suspension)}.`,
      ),
      ...flapping(suspension),
      ...acknowledged,
    ],
    tail: [...clearSteps(suspension), ...closedActions(suspension)],
  });
}

/** A clear that still watches the backlog. */
function closedActions(suspension: SuspensionReport): MessageBlock[] {
  const { clearing } = suspension;
  return clearing?.state === "running" ? actions(cancelClearButton(suspension, clearing)) : [];
}

function flapping(suspension: SuspensionReport): MessageBlock[] {
  const text = flappingText(suspension).trim();
  return text === "" ? [] : [section(`:repeat: *It keeps coming back.* ${text}`)];
}

/** " Suspended 3 times since 09:12, for 4 min each time." */
function flappingText({ flapping }: SuspensionReport): string {
  if (flapping === null) return "";
  const shortest = duration(flapping.shortestMs);
  const longest = duration(flapping.longestMs);
  const each = shortest === longest ? `for ${shortest} each time` : `each time for ${shortest} to ${longest}`;
  return ` It flaps: suspended ${flapping.times} times since ${date(ENGLISH, flapping.since)}, ${each}.`;
}

function howItEnded(suspension: SuspensionReport): string {
  if (suspension.closeReason === "cleared") return `Cleared by ${person(suspension.clearedBy ?? "somebody")}`;
  if (suspension.closeReason === "blip") return "It was a blip and never counted as a suspension";
  return "It cleared by itself";
}
