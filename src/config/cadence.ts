import type { Cadence } from "./config.ts";

const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** How a cadence is written, for messages about mistakes. */
export const CADENCE_FORMS = "immediate, daily HH:MM, or weekly mon HH:MM";

/**
 * Reads `immediate`, `daily 09:00` or `weekly mon 09:00` (a weekday by its first three letters or whole).
 * @returns null where the text is none of these.
 */
export function parseCadence(text: string, timeZone: string): Cadence | null {
  const words = text.trim().toLowerCase().split(/\s+/);
  const [kind, second, third] = words;
  if (kind === "immediate" && words.length === 1) return { kind: "immediate" };
  if (kind === "daily" && words.length === 2) {
    const time = parseTime(second);
    return time === null ? null : { kind: "daily", time, timeZone };
  }
  if (kind === "weekly" && words.length === 3) {
    const weekday = WEEKDAYS.findIndex((day) => second?.startsWith(day));
    const time = parseTime(third);
    return weekday >= 0 && time !== null ? { kind: "weekly", weekday, time, timeZone } : null;
  }
  return null;
}

/** `9:00` as `09:00`; null where it is no time of day. */
function parseTime(text: string | undefined): string | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text ?? "");
  if (!match || Number(match[1]) > 23 || Number(match[2]) > 59) return null;
  return `${match[1]?.padStart(2, "0")}:${match[2]}`;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
