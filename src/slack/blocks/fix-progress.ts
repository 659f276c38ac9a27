import type { Button } from "@slack/types";
import type { FixReport } from "../../health/report.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, confirmDialog, header, section } from "./parts.ts";
import { REQUEST_STATES } from "./request-states.ts";
import { count, crmText, date, duration, person, plural } from "./text.ts";

/** The one message of a fix, or of the undoing of one: what is written, how far it is, and what came of it. */
export function fixProgress(fix: FixReport): Message {
  const what = fix.isUndo ? `undoing the ${crmText(fix.target, 200)}` : `the fix of ${crmText(fix.target, 200)}`;
  const title = fix.isUndo ? `undoing the ${fix.target}` : `fix of ${fix.target}`;
  const lasted = fix.finishedAt === null ? "" : ` after ${duration(fix.finishedAt.getTime() - fix.requestedAt.getTime())}`;
  const change = changeText({ ...fix, records: fix.total });
  return composeMessage({
    text: `${crmText(fix.connection, 100)}: ${what} ${REQUEST_STATES[fix.state]}${lasted}. ${change}: ${figures(fix)}. Requested by ${person(fix.requestedBy)}.`,
    head: [
      header(`${fix.connection}: ${title} ${REQUEST_STATES[fix.state]}`),
      section(
        [
          change,
          `Requested by ${person(fix.requestedBy)} ${date(fix.requestedAt)}.`,
          `*${figures(fix)}*${lasted}`,
          ...(fix.pause === null ? [] : [`*It waits:* ${crmText(fix.pause, 300)}`]),
          ...(fix.outcome === null ? [] : [crmText(fix.outcome, 600)]),
          ...(fix.undone === 0 ? [] : [undoneText(fix)]),
        ].join("\n"),
      ),
      ...reasons(fix),
    ],
    tail: actions(
      fix.finishedAt === null ? cancelButton(fix) : null,
      fix.finishedAt === null || fix.isUndo ? null : undoButton(fix),
    ),
  });
}

/** "*Customer Tier*: “Platinum” → “Gold” in HubSpot, 14 records". */
export function changeText(
  change: Pick<FixReport, "label" | "before" | "after" | "system"> & { readonly records: number },
): string {
  const where = change.system === "hubspot" ? "HubSpot" : "Salesforce";
  return `*${crmText(change.label, 100)}*: ${valueText(change.before)} → ${valueText(change.after)} in ${where}, ${plural(change.records, "record")}`;
}

/** A value in quotes. */
export function valueText(value: string | null, max = 300): string {
  return value === null || value === "" ? "no value" : `“${crmText(value, max)}”`;
}

/** How many values were put back, and by whom. */
export function undoneText({ undone, undoneBy }: Pick<FixReport, "undone" | "undoneBy">): string {
  return `Undone in ${plural(undone, "record")}${undoneBy === null ? "" : ` by ${person(undoneBy)}`}.`;
}

/** Puts back what a fix has written; nothing where none of it stands. */
export function undoButton({ requestId, standing }: Pick<FixReport, "requestId" | "standing">): Button | null {
  if (standing === 0) return null;
  return button(
    "undo",
    "Undo",
    { requestId },
    {
      accessibilityLabel: `Undo the fix in ${plural(standing, "record")}`,
      confirm: confirmDialog(
        "Undo the fix?",
        `The value from before is put back in ${plural(standing, "record")}, where the field still has the fix's. What somebody has changed since is left alone.`,
        "Undo it",
      ),
    },
  );
}

function cancelButton({ requestId }: FixReport): Button {
  const confirm = confirmDialog(
    "Cancel it?",
    "Records not written yet are left alone; what is written stays, and can be undone from /sync log.",
    "Cancel it",
  );
  return button("cancel-fix", "Cancel", { requestId }, { confirm });
}

function figures(fix: FixReport): string {
  const isOver = fix.finishedAt !== null;
  return [
    `${count(fix.written)} of ${count(fix.total)} written`,
    ...(!fix.isUndo && (fix.synced > 0 || isOver) ? [`${count(fix.synced)} verified as synced`] : []),
    ...(fix.failing > 0 ? [`${count(fix.failing)} ${fix.isUndo ? "refused" : "still failing"}`] : []),
    ...(fix.left > 0 ? [`${count(fix.left)} left alone`] : []),
    ...(fix.gone > 0 ? [`${count(fix.gone)} gone`] : []),
  ].join(", ");
}

function reasons(fix: FixReport) {
  if (fix.reasons.length === 0) return [];
  const lines = fix.reasons.map(({ reason, records }) => `• ${plural(records, "record")}: ${crmText(reason, 400)}`);
  return [section(["*What came of the others*", ...lines].join("\n"))];
}
