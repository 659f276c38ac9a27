import type { Button } from "@slack/types";
import type { FixReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import { SYSTEM_NAMES } from "../../records/record.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, confirmDialog, header, section } from "./parts.ts";
import { requestState, tookText } from "./request-states.ts";
import { reasonLine } from "./resync-progress.ts";
import { crmText, date, person } from "./text.ts";

/** The one message of a fix, or of the undoing of one: what is written, how far it is, and what came of it. */
export function fixProgress(t: Language, fix: FixReport): Message {
  const target = t.render(fix.target);
  const change = changeText(t, { ...fix, records: fix.total });
  const figures = t.list(figureTexts(t, fix), "figures");
  const requested = t.say("Requested by {person} {date}.", { person: person(fix.requestedBy), date: date(t, fix.requestedAt) });
  const headline = headlineText(t, fix, crmText(fix.connection, 100), crmText(target, 200));
  return composeMessage({
    text: [`${headline}.`, `${change}: ${figures}.`, ...tookText(t, fix), requested].join(" "),
    head: [
      header(headlineText(t, fix, fix.connection, target)),
      section(
        [
          change,
          requested,
          `*${figures}* ${tookText(t, fix).join("")}`.trim(),
          ...(fix.pause === null ? [] : [t.say("*It waits:* {reason}", { reason: crmText(t.render(fix.pause), 300) })]),
          ...(fix.outcome === null ? [] : [crmText(t.render(fix.outcome), 600)]),
          ...(fix.undone === 0 ? [] : [undoneText(t, fix)]),
        ].join("\n"),
      ),
      ...reasons(t, fix),
    ],
    tail: actions(
      fix.finishedAt === null ? cancelButton(t, fix) : null,
      fix.finishedAt === null || fix.isUndo ? null : undoButton(t, fix),
    ),
  });
}

function headlineText(t: Language, fix: FixReport, connection: string, target: string): string {
  const values = { connection, target, state: requestState(t, fix.state) };
  return fix.isUndo
    ? t.say("{connection}: undoing the {target} is {state}", values)
    : t.say("{connection}: the fix of {target} is {state}", values);
}

/** "*Customer Tier*: “Platinum” → “Gold” in HubSpot, 14 records". */
export function changeText(
  t: Language,
  change: Pick<FixReport, "label" | "before" | "after" | "system"> & { readonly records: number },
): string {
  return t.say("*{field}*: {before} → {after} in {system}, {records, plural, one {# record} other {# records}}", {
    field: crmText(change.label, 100),
    before: valueText(t, change.before),
    after: valueText(t, change.after),
    system: SYSTEM_NAMES[change.system],
    records: change.records,
  });
}

/** A value in quotes. */
export function valueText(t: Language, value: string | null, max = 300): string {
  return value === null || value === "" ? t.say("no value") : t.say("“{text}”", { text: crmText(value, max) });
}

/** How many values were put back, and by whom. */
export function undoneText(t: Language, { undone, undoneBy }: Pick<FixReport, "undone" | "undoneBy">): string {
  return undoneBy === null
    ? t.say("Undone in {records, plural, one {# record} other {# records}}.", { records: undone })
    : t.say("Undone in {records, plural, one {# record} other {# records}} by {person}.", {
        records: undone,
        person: person(undoneBy),
      });
}

/** Puts back what a fix has written; nothing where none of it stands. */
export function undoButton(t: Language, { requestId, standing }: Pick<FixReport, "requestId" | "standing">): Button | null {
  if (standing === 0) return null;
  const confirm = confirmDialog(
    t,
    t.say("Undo the fix?"),
    t.say(
      "The value from before is put back in {records, plural, one {# record} other {# records}}, where the field still has the fix's. What somebody has changed since is left alone.",
      { records: standing },
    ),
    t.say("Undo it"),
  );
  const accessibilityLabel = t.say("Undo the fix in {records, plural, one {# record} other {# records}}", { records: standing });
  return button("undo", t.say("Undo"), { requestId }, { accessibilityLabel, confirm });
}

function cancelButton(t: Language, { requestId }: FixReport): Button {
  const confirm = confirmDialog(
    t,
    t.say("Cancel it?"),
    t.say("Records not written yet are left alone; what is written stays, and can be undone from /sync log."),
    t.say("Cancel it"),
  );
  return button("cancel-fix", t.say("Cancel"), { requestId }, { confirm, accessibilityLabel: t.say("Cancel the fix") });
}

function figureTexts(t: Language, fix: FixReport): string[] {
  const { written, total, synced, failing, left, gone } = fix;
  return [
    t.say("{written, number} of {total, number} written", { written, total }),
    ...(!fix.isUndo && (synced > 0 || fix.finishedAt !== null) ? [t.say("{synced, number} verified as synced", { synced })] : []),
    ...(failing > 0 ? [failingText(t, fix)] : []),
    ...(left > 0 ? [t.say("{left, number} left alone", { left })] : []),
    ...(gone > 0 ? [t.say("{gone, number} gone", { gone })] : []),
  ];
}

function failingText(t: Language, { failing, isUndo }: FixReport): string {
  return isUndo ? t.say("{failing, number} refused", { failing }) : t.say("{failing, number} still failing", { failing });
}

function reasons(t: Language, fix: FixReport) {
  if (fix.reasons.length === 0) return [];
  const lines = fix.reasons.map((reason) => reasonLine(t, reason));
  return [section([t.say("*What came of the others*"), ...lines].join("\n"))];
}
