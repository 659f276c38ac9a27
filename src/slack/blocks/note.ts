import type { Language } from "../../language/language.ts";
import type { Note } from "../../monitor/announcements/announcement.ts";
import { suspensionKindsText } from "./catalogue.ts";
import { askText, remainingLines } from "./clear-steps.ts";
import { composeMessage, type Message } from "./message.ts";
import { section } from "./parts.ts";
import { summaryText } from "./suspension-summary.ts";
import { crmText, date, person } from "./text.ts";

/** One line in a thread: what became of the message above it. */
export function noteMessage(t: Language, note: Note): Message {
  const text = noteText(t, note);
  return composeMessage({ text, head: [section(text)] });
}

function noteText(t: Language, note: Note): string {
  const at = date(t, new Date(note.at));
  switch (note.about) {
    case "suspension-unacknowledged":
      return t.say("Nobody has acknowledged it yet, {at}: suspended since {since}.", {
        at,
        since: date(t, new Date(note.since)),
      });
    case "suspension-acknowledged":
      return t.say("{person} acknowledged it {at}.", { person: person(note.by), at });
    case "suspension-worsened":
      return t.say("More is wrong now, seen {at}: {causes}.", { at, causes: suspensionKindsText(t, note.kinds) });
    case "suspension-healed":
      return [
        t.say("It cleared by itself {at} after {duration}.", { at, duration: t.duration(note.durationMs) }),
        stillWaiting(t, note.waiting),
      ].join(" ");
    case "suspension-cleared":
      return [
        t.say("{person} cleared it {at} after {duration}.", {
          person: person(note.by),
          at,
          duration: t.duration(note.durationMs),
        }),
        stillWaiting(t, note.waiting),
      ].join(" ");
    case "clear-started":
      return t.say("{person} asked to clear it {at}.", { person: person(note.by), at });
    case "suspension-returned":
      return t.say(
        "Suspended again {at}, {times, plural, one {# time} other {# times}} by now since {since}: it keeps coming back.",
        { at, times: note.times, since: date(t, new Date(note.since)) },
      );
    case "suspension-over":
      return summaryText(t, note);
    case "clear-failed":
      return [
        t.say("The clear that {person} asked for did not work, {at}: {why}", {
          person: person(note.by),
          at,
          why: crmText(t.render(note.why), 900),
        }),
        ...remainingLines(t, note.remaining ?? []),
      ].join("\n");
    case "clear-asks-hubspot":
      return [
        t.say("The clear that {person} asked for needs HubSpot's own button, {at}.", { person: person(note.by), at }),
        askText(t, note.url, note.until === null ? null : new Date(note.until)),
      ].join(" ");
    case "clear-cancelled":
      return t.say("{person} cancelled the clear {at}.", { person: person(note.by), at });
    case "clear-expired":
      return t.say("The clear that {person} asked for ended {at}. {why}", {
        person: person(note.by),
        at,
        why: crmText(t.render(note.why), 900),
      });
    case "error-resolved":
      return t.say("Resolved {at}: no record is held back by it any more.", { at });
    case "error-speaks-again":
      return speaksAgainText(t, note, at);
    case "error-muted":
      return mutedText(t, note, at);
    case "error-unmuted":
      return t.say("{person} unmuted it {at}.", { person: person(note.by), at });
    case "audit-finished": {
      const outcome = crmText(t.render(note.outcome), 1_500);
      return note.by === "configuration"
        ? t.say("The audit ended {at}: {outcome}", { at, outcome })
        : t.say("The audit that {person} asked for ended {at}: {outcome}", { person: person(note.by), at, outcome });
    }
    case "fix-finished": {
      const values = { person: person(note.by), at, outcome: crmText(t.render(note.outcome), 900) };
      return note.isUndo
        ? t.say("The undo that {person} asked for ended {at}: {outcome}", values)
        : t.say("The fix that {person} asked for ended {at}: {outcome}", values);
    }
    case "warning-over":
      return t.say("The warning is over, seen {at}.", { at });
    case "resync-finished":
      return t.say("The resync that {person} asked for ended {at}: {outcome}", {
        person: person(note.by),
        at,
        outcome: crmText(t.render(note.outcome), 900),
      });
  }
}

function speaksAgainText(t: Language, note: Extract<Note, { about: "error-speaks-again" }>, at: string): string {
  const { before, records, mutedBy } = note;
  return mutedBy === null
    ? t.say(
        "It has grown from {before, plural, one {# record} other {# records}} to {records, plural, one {# record} other {# records}} while muted: it speaks again, {at}.",
        { before, records, at },
      )
    : t.say(
        "It has grown from {before, plural, one {# record} other {# records}} to {records, plural, one {# record} other {# records}} while muted by {person}: it speaks again, {at}.",
        { before, records, at, person: person(mutedBy) },
      );
}

function stillWaiting(t: Language, changes: number): string {
  return changes === 0
    ? t.say("No change is known to wait.")
    : t.say("{changes, plural, one {# change waits} other {# changes wait}} to be synced.", { changes });
}

function mutedText(t: Language, note: Extract<Note, { readonly about: "error-muted" }>, at: string): string {
  const by = { person: person(note.by), at };
  const muted =
    note.until === null
      ? t.say("{person} muted it {at} until it is resolved.", by)
      : t.say("{person} muted it {at}, until {until}.", { ...by, until: date(t, new Date(note.until)) });
  return note.reason ? `${muted} ${t.say("Reason: {reason}", { reason: crmText(note.reason, 300) })}` : muted;
}
