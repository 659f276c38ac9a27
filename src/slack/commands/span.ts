import { parseWeekday, plainWord, timeAt } from "../../config/time-words.ts";
import { type CalendarDay, daysLater, momentOf, wallTimeAt } from "../../health/wall-time.ts";

const UNITS: Readonly<Record<string, number>> = {
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  w: 604_800_000,
  week: 604_800_000,
};

/** A span of time in words ("7d", "2 weeks", "36h"), in milliseconds; null where the text is none. */
export function readSpan(text: string): number | null {
  const match = /^(\d{1,4})\s*([a-z]+?)s?$/i.exec(text.trim());
  const unit = UNITS[match?.[2]?.toLowerCase() ?? ""];
  const number = Number(match?.[1]);
  return unit === undefined || number === 0 ? null : number * unit;
}

/**
 * The moment that words name, from now on, by the clocks of a time zone: "friday", "tomorrow 9am", "17:00", "2026-12-01". A day
 * without a time is its beginning; a weekday is the next one, a time the next one too. Null where the words name none, or one
 * that is over.
 */
export function readMoment(words: readonly string[], now: Date, timeZone: string): Date | null {
  const plain = words.map(plainWord).filter((word) => !["on", "at", "the", "next"].includes(word));
  const today = wallTimeAt(now, timeZone);
  const day = dayNamed(plain[0], today);
  const rest = day === null ? plain : plain.slice(1);
  const time = rest.length === 0 ? null : timeAt(rest, 0);
  if ((rest.length > 0 && time?.taken !== rest.length) || (day === null && time === null)) return null;
  const clock = time?.value ?? "00:00";
  const moment = momentOf(day ?? today, clock, timeZone);
  if (moment > now) return moment;
  return day === null ? momentOf(daysLater(today, 1), clock, timeZone) : null;
}

function dayNamed(word: string | undefined, today: ReturnType<typeof wallTimeAt>): CalendarDay | null {
  if (word === undefined) return null;
  if (word === "today") return today;
  if (word === "tomorrow") return daysLater(today, 1);
  const weekday = parseWeekday(word);
  if (weekday !== null) return daysLater(today, ((weekday - today.weekday + 6) % 7) + 1);
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(word) ?? [];
  if (year === undefined) return null;
  const named = { year: Number(year), month: Number(month), day: Number(day) };
  // 30 February is no day.
  const real = daysLater(named, 0);
  return real.month === named.month && real.day === named.day ? named : null;
}
