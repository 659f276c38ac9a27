import type { ReaderClock } from "./reader.ts";

/**
 * Fills Slack's date tokens ({date_short_pretty}, {time} …) for one reader.
 * Tokens: https://docs.slack.dev/messaging/formatting-message-text#date-formatting. Unknown ones stay as they are.
 */
export function formatDate(at: Date, format: string, clock: ReaderClock): string {
  return format.replace(/\{(\w+)\}/g, (token, name: string) => tokenText(name, at, clock) ?? token);
}

/** "2026-01-31" in the reader's zone. */
export function dayOf(at: Date, { timeZone }: ReaderClock): string {
  return at.toLocaleDateString("sv-SE", { timeZone });
}

/** "2026-01-31T10:15" in the reader's zone. */
export function localMinute(at: Date, { timeZone }: ReaderClock): string {
  return at.toLocaleString("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).replace(" ", "T");
}

/** "10:15" or "10:15 AM". */
export function timeOf(at: Date, { locale, timeZone }: ReaderClock): string {
  return at.toLocaleTimeString(locale, { timeZone, timeStyle: "short" });
}

/** "Today", "Yesterday" or "Tuesday, January 6th": what the page says itself is English. */
export function dayTitle(at: Date, clock: ReaderClock): string {
  const near = nearDay(at, { ...clock, locale: "en" });
  if (near !== null) return near.charAt(0).toUpperCase() + near.slice(1);
  return `${part(at, clock, { weekday: "long" })}, ${part(at, clock, { month: "long" })} ${ordinal(at, clock)}`;
}

/** The forms in which other languages than English write Slack's tokens. */
const DATE_STYLES: ReadonlyMap<string, "long" | "medium" | "full"> = new Map([
  ["date", "long"],
  ["date_short", "medium"],
  ["date_long", "full"],
] as const);

function tokenText(name: string, at: Date, clock: ReaderClock): string | null {
  const pretty = /^(date(?:_short|_long)?)_pretty$/.exec(name);
  if (pretty?.[1] !== undefined) return nearDay(at, clock) ?? tokenText(pretty[1], at, clock);
  const dateStyle = DATE_STYLES.get(name);
  if (dateStyle !== undefined && !clock.locale.startsWith("en")) {
    return at.toLocaleDateString(clock.locale, { timeZone: clock.timeZone, dateStyle });
  }
  const year = part(at, clock, { year: "numeric" });
  const month = part(at, clock, { month: "long" });
  switch (name) {
    case "date_num":
      return dayOf(at, clock);
    case "date":
      return `${month} ${ordinal(at, clock)}, ${year}`;
    case "date_short":
      return `${part(at, clock, { month: "short" })} ${part(at, clock, { day: "numeric" })}, ${year}`;
    case "date_long":
      return `${part(at, clock, { weekday: "long" })}, ${month} ${ordinal(at, clock)}, ${year}`;
    case "time":
      return timeOf(at, clock);
    case "time_secs":
      return at.toLocaleTimeString(clock.locale, { timeZone: clock.timeZone, timeStyle: "medium" });
    case "ago":
      return ago(at, clock);
    default:
      return null;
  }
}

function part(at: Date, { timeZone }: ReaderClock, wanted: Intl.DateTimeFormatOptions): string {
  return at.toLocaleDateString("en-US", { timeZone, ...wanted });
}

function ordinal(at: Date, clock: ReaderClock): string {
  const day = Number(part(at, clock, { day: "numeric" }));
  const endings: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd" };
  return `${day}${endings[new Intl.PluralRules("en", { type: "ordinal" }).select(day)] ?? "th"}`;
}

const dayMs = 86_400_000;

function nearDay(at: Date, clock: ReaderClock): string | null {
  // Both are midnights in UTC of a calendar day, so their difference is whole days whatever summer time does.
  const days = Math.round((Date.parse(dayOf(at, clock)) - Date.parse(dayOf(clock.now, clock))) / dayMs);
  return Math.abs(days) > 1 ? null : new Intl.RelativeTimeFormat(clock.locale, { numeric: "auto" }).format(days, "day");
}

function ago(at: Date, { now, locale }: ReaderClock): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const steps = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ] as const;
  const step = steps.find(([, size]) => Math.abs(seconds) >= size);
  return step === undefined ? words.format(seconds, "second") : words.format(Math.round(seconds / step[1]), step[0]);
}
