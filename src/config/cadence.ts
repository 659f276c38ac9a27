import type { Cadence } from "./config.ts";

export const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** How a cadence is written, for messages about mistakes. */
export const CADENCE_FORMS = "immediate, daily HH:MM, or weekly mon HH:MM";

/**
 * Reads `immediate`, `daily 09:00` or `weekly mon 09:00`.
 * @returns null where the text is none of these.
 */
export function parseCadence(text: string, timeZone: string): Cadence | null {
  const words = text.trim().toLowerCase().split(/\s+/);
  const [kind, second = "", third = ""] = words;
  if (kind === "immediate" && words.length === 1) return { kind: "immediate" };
  if (kind === "daily" && words.length === 2) {
    const time = parseTime(second);
    return time === null ? null : { kind: "daily", time, timeZone };
  }
  if (kind === "weekly" && words.length === 3) {
    const weekday = parseWeekday(second);
    const time = parseTime(third);
    return weekday !== null && time !== null ? { kind: "weekly", weekday, time, timeZone } : null;
  }
  return null;
}

/** `9:00`, `09:00`, `9am` or `9:30pm` as `HH:MM`; null for anything else. */
export function parseTime(word: string): string | null {
  const parts = /^(\d{1,2})(?::(\d{2}))?(am|pm)?$/.exec(word);
  if (parts === null) return null;
  const [, hourText, minuteText, half] = parts;
  if (minuteText === undefined && half === undefined) return null;
  let hour = Number(hourText);
  const minute = Number(minuteText ?? "0");
  if (half !== undefined && (hour < 1 || hour > 12)) return null;
  if (half === "am" && hour === 12) hour = 0;
  if (half === "pm" && hour !== 12) hour += 12;
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** A weekday by at least three of its first letters, in lower case, as 0 (Sunday) to 6; null for anything else. */
export function parseWeekday(word: string): number | null {
  if (word.length < 3) return null;
  const index = WEEKDAYS.findIndex((day) => day.startsWith(word) || `${day}s` === word);
  return index === -1 ? null : index;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
