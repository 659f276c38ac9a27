import type { Language } from "../../language/language.ts";
import type { Note } from "../../monitor/announcements/announcement.ts";
import { suspensionKindsText } from "./catalogue.ts";
import { date, person } from "./text.ts";

type SuspensionOver = Extract<Note, { about: "suspension-over" }>;

/** A suspension that is over, in one paragraph: the cause, how long, who did what, and what became of the records. */
export function summaryText(t: Language, note: SuspensionOver): string {
  return [
    t.say("*Summed up* {date}: {cause}, suspended for {duration}.", {
      date: date(t, new Date(note.at)),
      cause: suspensionKindsText(t, [note.kind]),
      duration: t.duration(note.durationMs),
    }),
    ...(note.times < 2
      ? []
      : [t.say("It was suspended {times, plural, one {# time} other {# times}} in all.", { times: note.times })]),
    note.acknowledgedBy === null
      ? t.say("Nobody acknowledged it.")
      : t.say("Acknowledged by {person}.", { person: person(note.acknowledgedBy) }),
    note.clearedBy === null ? t.say("It ended by itself.") : t.say("Cleared by {person}.", { person: person(note.clearedBy) }),
    recordsText(t, note),
  ].join(" ");
}

function recordsText(t: Language, { mostWaiting: records, inError, resynced, left }: SuspensionOver): string {
  if (records === 0 && resynced === 0) return t.say("It held back no record that is known of.");
  const settled = Math.max(0, records - left - inError);
  const held = t.say("It held back at most {records, plural, one {# record} other {# records}}.", { records });
  const since = [
    ...(settled > 0 ? [t.say("{settled, number} settled as the sync worked off the backlog", { settled })] : []),
    ...(resynced > 0 ? [t.say("{resynced, number} synced by a resync", { resynced })] : []),
    ...(inError > 0 ? [t.say("{inError, number} held back by sync errors of their own", { inError })] : []),
    ...(left > 0 ? [t.say("{left, number} still waiting", { left })] : []),
  ];
  return since.length === 0 ? held : `${held} ${t.say("Since then: {figures}.", { figures: t.list(since) })}`;
}
