import type { ClearReport, ClearStep, RemainingCause, SuspensionReport } from "../../health/report.ts";
import { ENGLISH } from "../../language/language.ts";
import { backlogLeft } from "./backlog-wording.ts";
import { suspensionLabel } from "./catalogue.ts";
import type { MessageBlock } from "./message.ts";
import { button, confirmDialog, section } from "./parts.ts";
import { crmText, date, link, person } from "./text.ts";

const STEP_NAMES = {
  retest: "Look whether the cause is gone",
  nudge: "Nudge one waiting record",
  watch: "Watch for the sync to move",
  backlog: "See the backlog worked off",
} as const satisfies Record<ClearStep, string>;

const STEP_STATES = { waiting: "to come", running: "_at work_", done: "done", failed: "*failed*" } as const;
const STOPPED = { waiting: "not begun", running: "not done", done: "done", failed: "not done" } as const;

const STATES = {
  running: "requested",
  done: "done, requested",
  failed: "did not work, requested",
  cancelled: "was cancelled, requested",
  expired: "ran out of time, requested",
} as const satisfies Record<ClearReport["state"], string>;

/** Causes shown that remain. */
const REMAINING_SHOWN = 5;

/** The newest clear of a suspension: each step as it stands, and what people have to do where it can't go on without them. */
export function clearSteps(suspension: SuspensionReport): MessageBlock[] {
  const { clearing, links } = suspension;
  if (clearing === null) return [];
  const isOver = clearing.state === "cancelled" || clearing.state === "expired";
  const lines = clearing.steps.map(({ step, state, note }) => {
    const live = step === "backlog" && state === "running" ? backlogLeft(suspension) : null;
    const told = live ?? (note === null ? "" : crmText(note, 300));
    return `• ${STEP_NAMES[step]}: ${isOver ? STOPPED[state] : STEP_STATES[state]}${told === "" ? "" : ` – ${told}`}`;
  });
  const cancelled = clearing.cancelledBy === null ? [] : [cancelText(clearing)];
  const asks = clearing.asksHubSpot ? [askText(links.syncHealth, clearing.expiresAt)] : [];
  const saysMore = clearing.state === "expired" || (clearing.state === "failed" && clearing.remaining.length === 0);
  const outcome = saysMore && clearing.outcome !== null ? [crmText(clearing.outcome, 600)] : [];
  const head = `*Clear* ${STATES[clearing.state]} by ${person(clearing.requestedBy)}`;
  return [section([head, ...lines, ...cancelled, ...asks, ...remainingLines(clearing.remaining), ...outcome].join("\n"))];
}

function cancelText({ state, cancelledBy }: ClearReport): string {
  const by = person(cancelledBy ?? "somebody");
  return state === "running" ? `${by} cancels it: it ends at its next look.` : `Cancelled by ${by}.`;
}

/** What people are asked for where HubSpot has to be told by its own button. */
export function askText(url: string | null, until: Date | null): string {
  const long = until === null ? "" : ` until ${date(ENGLISH, until)}`;
  return (
    `*Press Clear Suspension on ${link(url, "HubSpot's Sync Health tab")}*: the cause is gone, but nothing has synced since. ` +
    `I go on watching${long} and close this by myself as soon as the sync moves.`
  );
}

/** What still holds, each with what was seen and where it is put right. */
export function remainingLines(remaining: readonly RemainingCause[]): readonly string[] {
  if (remaining.length === 0) return [];
  const lines = remaining.slice(0, REMAINING_SHOWN).map(({ kind, statement, url }) => {
    const where = url === null ? "" : ` – ${link(url, "put it right here")}`;
    return `• ${suspensionLabel(kind)}: ${crmText(statement.replace(/\.\s*$/, ""), 400)}${where}`;
  });
  const hidden = remaining.length - REMAINING_SHOWN;
  return ["*What remains*", ...lines, ...(hidden > 0 ? [`… and ${hidden} more: \`/sync suspension\` shows each`] : [])];
}

/** Ends a clear at its next look. */
export function cancelClearButton({ id }: SuspensionReport, { requestId }: ClearReport) {
  return button(
    "cancel-clear",
    "Cancel",
    { suspensionId: id, requestId },
    {
      confirm: confirmDialog(
        ENGLISH,
        "Cancel the clear?",
        "A record that was touched stays touched, and the suspension stands as it stands: I go on looking at it as before.",
        "Cancel the clear",
      ),
    },
  );
}
