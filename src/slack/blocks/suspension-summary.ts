import { ENGLISH } from "../../language/language.ts";
import type { Note } from "../../monitor/announcements/announcement.ts";
import { suspensionKindsText } from "./catalogue.ts";
import { count, date, duration, list, person, plural } from "./text.ts";

/** A suspension that is over, in one paragraph: the cause, how long, who did what, and what became of the records. */
export function summaryText(note: Extract<Note, { about: "suspension-over" }>): string {
  const acknowledged = note.acknowledgedBy === null ? "acknowledged by nobody" : `acknowledged by ${person(note.acknowledgedBy)}`;
  const cleared = note.clearedBy === null ? "ended by itself" : `cleared by ${person(note.clearedBy)}`;
  const times = note.times < 2 ? "" : `, ${count(note.times)} times in all`;
  return [
    `*Summed up* ${date(ENGLISH, new Date(note.at))}: ${suspensionKindsText([note.kind])}, suspended for ${duration(note.durationMs)}${times}; ${acknowledged}; ${cleared}.`,
    recordsText(note),
  ].join("\n");
}

function recordsText({ mostWaiting, inError, resynced, left }: Extract<Note, { about: "suspension-over" }>): string {
  if (mostWaiting === 0 && resynced === 0) return "It held back no record that is known of.";
  const settled = Math.max(0, mostWaiting - left - inError);
  const since = [
    ...(settled > 0 ? [`${count(settled)} settled as the sync worked off the backlog`] : []),
    ...(resynced > 0 ? [`${count(resynced)} synced by a resync`] : []),
    ...(inError > 0 ? [`${count(inError)} held back by sync errors of their own`] : []),
    ...(left > 0 ? [`${count(left)} still waiting`] : []),
  ];
  return `Held back at most: ${plural(mostWaiting, "record")}. Since then: ${list(since)}.`;
}
