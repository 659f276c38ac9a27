import type { ClearReport, ClearStep, SuspensionReport } from "../../health/report.ts";
import type { SuspensionCause } from "../../health/suspensions.ts";
import { suspensionAdvice, suspensionLabel } from "./catalogue.ts";
import { composeMessage, type Message, type MessageBlock } from "./message.ts";
import { actions, button, confirmDialog, context, header, linkButton, section } from "./parts.ts";
import { crmText, date, duration, person } from "./text.ts";
import { evidenceText, statementText, steps, waitingText } from "./wording.ts";

const STEP_NAMES = {
  retest: "Look whether the cause is gone",
  nudge: "Nudge one waiting record",
  watch: "Watch for the sync to move",
  close: "Close the suspension",
} as const satisfies Record<ClearStep, string>;

const STEP_STATES = { waiting: "to come", running: "_at work_", done: "done", failed: "*failed*" } as const;

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
      : ` The cause is gone since ${date(suspension.causeGoneAt)}, but the sync has not been seen to move yet.`;
  const text =
    `${crmText(connection, 100)}: the sync ${state} since ${date(suspension.openedAt)} (${label}). ` +
    `${waitingText(suspension.waiting)}.${leading === undefined ? "" : ` ${statementText(leading.evidence, 400)}.`}${gone}`;
  return composeMessage({
    text,
    head: [
      header(`:red_circle: ${connection}: the sync ${state}: ${label}`),
      section(
        `*Since* ${date(suspension.openedAt)}, last seen ${date(suspension.lastSeenAt)}\n*Waiting* ${waitingText(suspension.waiting)}`,
      ),
      ...(gone === "" ? [] : [section(gone.trim())]),
    ],
    items: causes.map((cause) => causeBlocks(suspension, cause)),
    more: (hidden) => [context(`… and ${hidden} more causes: \`/sync suspension\` shows each.`)],
    tail: [...acknowledgement(suspension), ...clearingBlocks(suspension.clearing), ...openActions(suspension)],
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
  const when = suspension.acknowledgedAt === null ? "" : ` ${date(suspension.acknowledgedAt)}`;
  return [context(`Acknowledged by ${person(suspension.acknowledgedBy)}${when}`)];
}

function clearingBlocks(clearing: ClearReport | null): MessageBlock[] {
  if (clearing === null) return [];
  const lines = clearing.steps.map((step) => {
    const note = step.note === null ? "" : ` – ${crmText(step.note, 300)}`;
    return `• ${STEP_NAMES[step.step]}: ${STEP_STATES[step.state]}${note}`;
  });
  const outcome = clearing.outcome === null ? [] : [crmText(clearing.outcome, 600)];
  return [section([`*Clear* requested by ${person(clearing.requestedBy)}`, ...lines, ...outcome].join("\n"))];
}

function openActions(suspension: SuspensionReport): MessageBlock[] {
  const clearing = suspension.clearing?.state === "running";
  const leading = suspension.causes[0];
  const setupUrl = leading === undefined ? null : suspensionAdvice(leading, suspension.links).setupUrl;
  return actions(
    clearing ? null : clearButton(suspension),
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
    { suspensionId: suspension.id },
    {
      style: "primary",
      confirm: confirmDialog(
        "Clear the suspension?",
        `I test whether the cause is gone, then touch one waiting record of ${crmText(suspension.connection, 60)} and watch whether the sync ` +
          "moves again. The outcome appears in this channel.",
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
    text: `${crmText(suspension.connection, 100)}: the sync runs again after ${lasted} (${label}). ${how}. ${waitingText(suspension.waiting)}.`,
    head: [
      header(`:large_green_circle: ${suspension.connection}: the sync runs again after ${lasted}`),
      section(
        `*It was* ${label}\n*From* ${date(suspension.openedAt)} *to* ${date(closedAt)}: ${lasted}\n${how}. ` +
          `${waitingText(suspension.waiting)}.`,
      ),
      ...acknowledged,
    ],
  });
}

function howItEnded(suspension: SuspensionReport): string {
  if (suspension.closeReason === "cleared") return `Cleared by ${person(suspension.clearedBy ?? "somebody")}`;
  if (suspension.closeReason === "blip") return "It was a blip and never counted as a suspension";
  return "It cleared by itself";
}
