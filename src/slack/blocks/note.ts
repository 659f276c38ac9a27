import type { Note } from "../../monitor/announcements/announcement.ts";
import { suspensionKindsText } from "./catalogue.ts";
import { composeMessage, type Message } from "./message.ts";
import { section } from "./parts.ts";
import { crmText, date, duration, person, plural } from "./text.ts";

/** One line in a thread: what became of the message above it. */
export function noteMessage(note: Note): Message {
  const text = noteText(note);
  return composeMessage({ text, head: [section(text)] });
}

function noteText(note: Note): string {
  const at = date(new Date(note.at));
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
    case "clear-failed":
      return `The clear that ${person(note.by)} asked for did not work, ${at}: ${crmText(note.why, 900)}`;
    case "error-resolved":
      return `Resolved ${at}: no record is held back by it any more.`;
    case "error-speaks-again":
      return `It has grown from ${plural(note.before, "record")} to ${plural(note.records, "record")} while muted${note.mutedBy === null ? "" : ` by ${person(note.mutedBy)}`}: it speaks again, ${at}.`;
    case "error-muted":
      return `${person(note.by)} muted it ${at}${note.until === null ? " until it is resolved" : `, until ${date(new Date(note.until))}`}.`;
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

function stillWaiting(waiting: number): string {
  return waiting === 0
    ? "no change is known to wait"
    : `${plural(waiting, "change")} ${waiting === 1 ? "waits" : "wait"} to be synced`;
}
