import { type Sentence, sentence } from "../language/sentence.ts";
import type { Cadence } from "./config.ts";
import { looksLikeTime, parseWeekday, plainWord, timeAt, WEEKDAYS, zoneNamed } from "./time-words.ts";

/** How a cadence is written, for messages about mistakes. */
export const CADENCE_FORMS = "immediate, daily 9am, weekdays at 9, or weekly mon 09:00 Europe/Oslo";

/** What is said of a cadence so far; what is left out is filled in at the end. */
export interface CadenceWish {
  readonly kind: Cadence["kind"] | null;
  readonly time: string | null;
  readonly weekday: number | null;
  readonly timeZone: string | null;
}

export const NO_WISH: CadenceWish = { kind: null, time: null, weekday: null, timeZone: null };

const DEFAULT_TIME = "09:00";
const MONDAY = 1;

const KINDS: Readonly<Record<string, Cadence["kind"]>> = {
  immediate: "immediate",
  immediately: "immediate",
  instantly: "immediate",
  now: "immediate",
  alerts: "immediate",
  live: "immediate",
  "at once": "immediate",
  daily: "daily",
  "every day": "daily",
  "each day": "daily",
  "every morning": "daily",
  weekdays: "weekdays",
  weekday: "weekdays",
  workdays: "weekdays",
  "working days": "weekdays",
  "business days": "weekdays",
  "mon-fri": "weekdays",
  "monday-friday": "weekdays",
  weekly: "weekly",
  "every week": "weekly",
  "each week": "weekly",
};

/** Said in between, without a meaning of their own. */
const FILLERS = new Set(["at", "on", "in", "every", "each", "time", "of"]);

const NOT_HOURLY = sentence(
  "I post at once, daily, on weekdays or weekly, not hourly: type `immediate` to hear of each change, or `daily 9am`.",
);
const NOT_SELDOMER = sentence("I post at once, daily, on weekdays or weekly, and not less often: type `weekly mon 9am`.");
const NO_WEEKENDS = sentence("I post daily, on weekdays or on one day of the week: type `weekly sat 9am`.");
const NO_BEGINNING = sentence(
  "A subscription begins at once and has no end: type `daily 9am`, and `/sync unsubscribe` to end it.",
);

/** What else people ask for, and what to type instead. */
const UNKNOWN_KINDS: Readonly<Record<string, Sentence>> = {
  hourly: NOT_HOURLY,
  monthly: NOT_SELDOMER,
  biweekly: NOT_SELDOMER,
  fortnightly: NOT_SELDOMER,
  weekends: NO_WEEKENDS,
  weekend: NO_WEEKENDS,
  today: NO_BEGINNING,
  tomorrow: NO_BEGINNING,
};

export type CadenceWords =
  | { readonly wish: CadenceWish; readonly taken: number }
  /** Says what to type instead. */
  | { readonly problem: Sentence };

/** Reads the words at `index` into a wish. Null where they say nothing of a cadence. */
export function readCadenceAt(words: readonly string[], index: number, wish: CadenceWish): CadenceWords | null {
  const word = plainWord(words[index]);
  for (const taken of [2, 1] as const) {
    const kind =
      KINDS[
        words
          .slice(index, index + taken)
          .map(plainWord)
          .join(" ")
      ];
    if (kind !== undefined) return withKind(wish, kind, taken);
  }
  const instead = UNKNOWN_KINDS[word];
  if (instead !== undefined) return { problem: instead };
  if (FILLERS.has(word)) return { wish, taken: 1 };
  const weekday = parseWeekday(word);
  if (weekday !== null) return withWeekday(wish, weekday);
  const time = timeAt(words, index);
  if (time !== null) return withTime(wish, time.value, time.taken);
  if (looksLikeTime(word)) {
    return { problem: sentence("{word} is no time of day: type one like `09:00`, `9am`, `17:30` or `noon`.", { word }) };
  }
  for (const taken of [2, 1] as const) {
    const named = words.slice(index, index + taken);
    const zone = named.length < taken ? null : zoneNamed(named.join(" "));
    if (zone !== null) return { wish: { ...wish, timeZone: zone }, taken };
  }
  return null;
}

function withKind(wish: CadenceWish, kind: Cadence["kind"], taken: number): CadenceWords {
  if (wish.kind === null || wish.kind === kind) return { wish: { ...wish, kind }, taken };
  const said = { one: wish.kind, other: kind };
  return { problem: sentence("A subscription is either `{one}` or `{other}`: type two commands where you want both.", said) };
}

function withWeekday(wish: CadenceWish, weekday: number): CadenceWords {
  if (wish.weekday === null || wish.weekday === weekday) return { wish: { ...wish, weekday }, taken: 1 };
  return {
    problem: sentence("A weekly digest comes on one day: type `weekly mon 9am`, or `weekdays at 9` for Monday to Friday."),
  };
}

function withTime(wish: CadenceWish, time: string, taken: number): CadenceWords {
  if (wish.time === null || wish.time === time) return { wish: { ...wish, time }, taken };
  const said = { one: wish.time, other: time };
  return { problem: sentence("A digest comes once a day, not at {one} and at {other}: type `daily {one}`.", said) };
}

/** The cadence that a wish amounts to: at once where nothing is said of it, 09:00 and Monday where that is left out. */
export function settleCadence(wish: CadenceWish, timeZone: string): Cadence | { readonly problem: Sentence } {
  const { weekday } = wish;
  const kind = wish.kind ?? (weekday !== null ? "weekly" : wish.time !== null ? "daily" : "immediate");
  const time = wish.time ?? DEFAULT_TIME;
  const zone = wish.timeZone ?? timeZone;
  switch (kind) {
    case "immediate":
      return weekday === null && wish.time === null
        ? { kind }
        : { problem: sentence("`immediate` has no time: type `immediate`, or `daily {time}` for a digest.", { time }) };
    case "daily":
    case "weekdays":
      return weekday === null
        ? { kind, time, timeZone: zone }
        : {
            problem: sentence("`{kind}` has no single day: type `weekly {day} {time}`.", { kind, day: shortDay(weekday), time }),
          };
    case "weekly":
      return { kind, weekday: weekday ?? MONDAY, time, timeZone: zone };
  }
}

function shortDay(weekday: number): string {
  return (WEEKDAYS[weekday] ?? "monday").slice(0, 3);
}

/**
 * Reads `immediate`, `daily 9am`, `weekdays at 9` or `weekly mon 09:00 Europe/Oslo`.
 * @returns null where the text is none of these.
 */
export function parseCadence(text: string, timeZone: string): Cadence | null {
  const words = text.trim().split(/\s+/);
  let wish = NO_WISH;
  for (let index = 0; index < words.length; ) {
    const read = readCadenceAt(words, index, wish);
    if (read === null || "problem" in read) return null;
    wish = read.wish;
    index += read.taken;
  }
  if (wish.kind === null && wish.time === null && wish.weekday === null) return null;
  const cadence = settleCadence(wish, timeZone);
  return "problem" in cadence ? null : cadence;
}
