import type { Button } from "@slack/types";
import type { ClearReport, ClearStep, ClearStepState, RemainingCause, SuspensionReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { backlogLeft } from "./backlog-wording.ts";
import { suspensionLabel } from "./catalogue.ts";
import type { MessageBlock } from "./message.ts";
import { button, confirmDialog, section } from "./parts.ts";
import { crmText, date, link, person } from "./text.ts";
import { statementText } from "./wording.ts";

/** Causes shown that remain. */
const REMAINING_SHOWN = 5;

/** The newest clear of a suspension: each step as it stands, and what people have to do where it can't go on without them. */
export function clearSteps(t: Language, suspension: SuspensionReport): MessageBlock[] {
  const { clearing, links } = suspension;
  if (clearing === null) return [];
  const isOver = clearing.state === "cancelled" || clearing.state === "expired";
  const lines = clearing.steps.map(({ step, state, note }) => {
    const live = step === "backlog" && state === "running" ? backlogLeft(t, suspension) : null;
    const told = live ?? (note === null ? "" : crmText(t.render(note), 300));
    const values = { step: stepName(t, step), state: isOver ? stoppedState(t, state) : stepState(t, state) };
    return told === "" ? t.say("• {step}: {state}", values) : t.say("• {step}: {state} – {told}", { ...values, told });
  });
  const asks = clearing.asksHubSpot ? [askText(t, links.syncHealth, clearing.expiresAt)] : [];
  const saysMore = clearing.state === "expired" || (clearing.state === "failed" && clearing.remaining.length === 0);
  const outcome = saysMore && clearing.outcome !== null ? [crmText(t.render(clearing.outcome), 600)] : [];
  return [
    section(
      [
        headText(t, clearing),
        ...lines,
        ...cancelTexts(t, clearing),
        ...asks,
        ...remainingLines(t, clearing.remaining),
        ...outcome,
      ].join("\n"),
    ),
  ];
}

function headText(t: Language, { state, requestedBy }: ClearReport): string {
  const values = { person: person(requestedBy) };
  switch (state) {
    case "running":
      return t.say("*Clear* requested by {person}", values);
    case "done":
      return t.say("*Clear* done, requested by {person}", values);
    case "failed":
      return t.say("*Clear* did not work, requested by {person}", values);
    case "cancelled":
      return t.say("*Clear* was cancelled, requested by {person}", values);
    case "expired":
      return t.say("*Clear* ran out of time, requested by {person}", values);
  }
}

function stepName(t: Language, step: ClearStep): string {
  switch (step) {
    case "retest":
      return t.say("Look whether the cause is gone");
    case "nudge":
      return t.say("Nudge one waiting record");
    case "watch":
      return t.say("Watch for the sync to move");
    case "backlog":
      return t.say("See the backlog worked off");
  }
}

function stepState(t: Language, state: ClearStepState): string {
  switch (state) {
    case "waiting":
      return t.say("to come");
    case "running":
      return t.say("_at work_");
    case "done":
      return t.say("done");
    case "failed":
      return t.say("*failed*");
  }
}

/** The state of a step once nothing more is done. */
function stoppedState(t: Language, state: ClearStepState): string {
  switch (state) {
    case "waiting":
      return t.say("not begun");
    case "running":
    case "failed":
      return t.say("not done");
    case "done":
      return t.say("done");
  }
}

function cancelTexts(t: Language, { state, cancelledBy }: ClearReport): string[] {
  if (cancelledBy === null) return [];
  const values = { person: person(cancelledBy) };
  return [
    state === "running"
      ? t.say("{person} cancels it: it ends at its next look.", values)
      : t.say("Cancelled by {person}.", values),
  ];
}

/** What people are asked for where HubSpot has to be told by its own button. */
export function askText(t: Language, url: string | null, until: Date | null): string {
  return [
    t.say("*Press Clear Suspension on {syncHealth}*: the cause is gone, but nothing has synced since.", {
      syncHealth: link(url, t.say("HubSpot's Sync Health tab")),
    }),
    until === null
      ? t.say("I go on watching and close this by myself as soon as the sync moves.")
      : t.say("I go on watching until {date} and close this by myself as soon as the sync moves.", { date: date(t, until) }),
  ].join(" ");
}

/** What still holds, each with what was seen and where it is put right. */
export function remainingLines(t: Language, remaining: readonly RemainingCause[]): readonly string[] {
  if (remaining.length === 0) return [];
  const lines = remaining.slice(0, REMAINING_SHOWN).map(({ kind, statement, url }) => {
    const where = url === null ? "" : ` – ${link(url, t.say("put it right here"))}`;
    return `• ${suspensionLabel(t, kind)}: ${statementText(t, { statement }, 400)}${where}`;
  });
  const hidden = remaining.length - REMAINING_SHOWN;
  const more =
    hidden > 0
      ? [t.say("… and {hidden, plural, one {# more cause} other {# more causes}}: `/sync suspension` shows each.", { hidden })]
      : [];
  return [t.say("*What remains*"), ...lines, ...more];
}

/** Ends a clear at its next look. */
export function cancelClearButton(t: Language, { id }: SuspensionReport, { requestId }: ClearReport): Button {
  const confirm = confirmDialog(
    t,
    t.say("Cancel the clear?"),
    t.say("A record that was touched stays touched, and the suspension stands as it stands: I go on looking at it as before."),
    t.say("Cancel the clear"),
  );
  return button(
    "cancel-clear",
    t.say("Cancel"),
    { suspensionId: id, requestId },
    { confirm, accessibilityLabel: t.say("Cancel the clear") },
  );
}
