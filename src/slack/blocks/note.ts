import { ENGLISH } from "../../language/language.ts";
import type { Note } from "../../monitor/announcements/announcement.ts";
import { suspensionKindsText } from "./catalogue.ts";
import { askText, remainingLines } from "./clear-steps.ts";
import { composeMessage, type Message } from "./message.ts";
import { section } from "./parts.ts";
import { summaryText } from "./suspension-summary.ts";
import { count, crmText, date, duration, person, plural } from "./text.ts";

/** One line in a thread: what became of the message above it. */
export function noteMessage(note: Note): Message {
  const text = noteText(note);
  return composeMessage({ text, head: [section(text)] });
}

function noteText(note: Note): string {
  const at = date(ENGLISH, new Date(note.at));
  switch (note.about) {
    case "suspension-acknowledged":
      return `${person(note.by)} acknowledged it ${at}.`;
    case "suspension-worsened":
      return `More is wrong now, seen ${at}: ${suspensionKindsText(note.kinds)}.`;
    case "suspension-healed":
      return `It cleared by itself ${at} after ${duration(note.durationMs)}; ${stillWaiting(note.waiting)}.`;
    case "suspension-cleared":
      return `${person(note.by)} cleared it ${at} after ${duration(note.durationMs)}; ${stillWaiting(note.waiting)}.`;
    case "clear-started":
      return `${person(note.by)} asked to clear it ${at}.`;
    case "suspension-returned":
      return `Suspended again ${at}, for the ${ordinal(note.times)} time since ${date(ENGLISH, new Date(note.since))}: it keeps coming back.`;
    case "suspension-over":
      return summaryText(note);
    case "clear-failed": {
      const remaining = remainingLines(note.remaining ?? []);
      return [`The clear that ${person(note.by)} asked for did not work, ${at}: ${crmText(note.why, 900)}`, ...remaining].join(
        "\n",
      );
    }
    case "clear-asks-hubspot":
      return `The clear that ${person(note.by)} asked for needs HubSpot's own button, ${at}. ${askText(note.url, note.until === null ? null : new Date(note.until))}`;
    case "clear-cancelled":
      return `${person(note.by)} cancelled the clear ${at}.`;
    case "clear-expired":
      return `The clear that ${person(note.by)} asked for ended ${at}. ${crmText(note.why, 900)}`;
    case "error-resolved":
      return `Resolved ${at}: no record is held back by it any more.`;
    case "error-speaks-again":
      return `It has grown from ${plural(note.before, "record")} to ${plural(note.records, "record")} while muted${note.mutedBy === null ? "" : ` by ${person(note.mutedBy)}`}: it speaks again, ${at}.`;
    case "error-muted":
      return `${person(note.by)} muted it ${at}${note.until === null ? " until it is resolved" : `, until ${date(ENGLISH, new Date(note.until))}`}.`;
    case "error-unmuted":
      return `${person(note.by)} unmuted it ${at}.`;
    case "audit-finished":
      return `The audit${note.by === "configuration" ? "" : ` that ${person(note.by)} asked for`} ended ${at}: ${crmText(note.outcome, 1_500)}`;
    case "fix-finished":
      return `The ${note.isUndo ? "undo" : "fix"} that ${person(note.by)} asked for ended ${at}: ${crmText(note.outcome, 900)}`;
    case "warning-over":
      return `The warning is over, seen ${at}.`;
    case "resync-finished":
      return `The resync that ${person(note.by)} asked for ended ${at}: ${crmText(note.outcome, 900)}`;
  }
}

function ordinal(value: number): string {
  const rest = value % 100;
  const ending = rest > 10 && rest < 14 ? "th" : ({ 1: "st", 2: "nd", 3: "rd" }[value % 10] ?? "th");
  return `${count(value)}${ending}`;
}

function stillWaiting(waiting: number): string {
  return waiting === 0
    ? "no change is known to wait"
    : `${plural(waiting, "change")} ${waiting === 1 ? "waits" : "wait"} to be synced`;
}
