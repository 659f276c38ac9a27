/** A day of the calendar; `month` 1 to 12. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DAY_MS = 86_400_000;

/** `2026-03-29T02:30` in a time zone is what its clocks show; `weekday` is 0 (Sunday) to 6. */
export interface WallTime extends CalendarDay {
  readonly hour: number;
  readonly minute: number;
  readonly weekday: number;
}

/** What the clocks of a time zone show at a moment. */
export function wallTimeAt(at: Date, timeZone: string): WallTime {
  const shown = new Date(at.getTime() + offsetAt(at.getTime(), timeZone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    weekday: shown.getUTCDay(),
  };
}

/**
 * The moment at which the clocks of a time zone show a time on a day. As RFC 5545 (3.3.5) has it: a time that the day has twice
 * is the first of the two; one that the clocks pass over is as much later as they go forward (02:30 becomes 03:30).
 * @param time `HH:MM`
 */
export function momentOf(day: CalendarDay, time: string, timeZone: string): Date {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const asIfUtc = Date.UTC(day.year, day.month - 1, day.day, hour, minute);
  const before = offsetAt(asIfUtc - DAY_MS, timeZone);
  const after = offsetAt(asIfUtc + DAY_MS, timeZone);
  const fitting = [before, after]
    .filter((offset) => offsetAt(asIfUtc - offset, timeZone) === offset)
    .map((offset) => asIfUtc - offset);
  return new Date(fitting.length === 0 ? asIfUtc - before : Math.min(...fitting));
}

/** The day so many days later. */
export function daysLater({ year, month, day }: CalendarDay, days: number): CalendarDay & { readonly weekday: number } {
  const later = new Date(Date.UTC(year, month - 1, day + days));
  return {
    year: later.getUTCFullYear(),
    month: later.getUTCMonth() + 1,
    day: later.getUTCDate(),
    weekday: later.getUTCDay(),
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, format);
  return format;
}

/** How far a time zone's clocks are ahead of UTC, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}
