import { editDistance } from "../records/edit-distance.ts";

export const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** Something that several words say, and how many they are. */
export interface Taken<Value> {
  readonly value: Value;
  readonly taken: number;
}

const NAMED_TIMES: Readonly<Record<string, string>> = { noon: "12:00", midday: "12:00", midnight: "00:00" };

/**
 * The time of day that words begin with, as `HH:MM`: `9:00`, `9.30`, `09h30`, `9am`, `9 am`, `9:30pm`, `noon`, `9 o'clock`, and
 * a bare hour (`9`). Null for anything else, 25:00 too.
 */
export function timeAt(words: readonly string[], index: number): Taken<string> | null {
  const word = plainWord(words[index]);
  const named = NAMED_TIMES[word];
  if (named !== undefined) return { value: named, taken: 1 };
  const parts = /^(\d{1,2})(?:[:.h](\d{2}))?h?(am|pm|a\.m\.?|p\.m\.?)?$/.exec(word);
  if (parts === null) return null;
  const next = plainWord(words[index + 1]);
  const apart = parts[3] === undefined && /^(?:am|pm|a\.m\.?|p\.m\.?)$/.test(next) ? next : undefined;
  const half = (parts[3] ?? apart)?.charAt(0);
  const spoken = half === undefined && ["o'clock", "oclock", "o’clock", "uhr"].includes(next);
  const value = clockTime(Number(parts[1]), Number(parts[2] ?? "0"), half);
  return value === null ? null : { value, taken: apart !== undefined || spoken ? 2 : 1 };
}

/** The two different times of `22:00 to 07:00` or `22:00-07:00`; null for anything else. */
export function parseTimeRange(text: string): { readonly from: string; readonly to: string } | null {
  const range = rangeAt(text.trim().split(/\s+/), 0);
  return range === null || range.value.to === range.value.from ? null : range.value;
}

const BETWEEN = new Set(["to", "until", "till", "-", "–", "and"]);

/** The two times that words begin with, `22:00 to 07:00`, `10pm-7am`; null for anything else. */
export function rangeAt(words: readonly string[], index: number): Taken<{ readonly from: string; readonly to: string }> | null {
  const together = /^(\d[\d:.apmh]*)[-–](\d[\d:.apmh]*)$/i.exec(words[index] ?? "");
  if (together !== null) {
    const [from, to] = [timeAt([together[1] ?? ""], 0), timeAt([together[2] ?? ""], 0)];
    return from === null || to === null ? null : { value: { from: from.value, to: to.value }, taken: 1 };
  }
  const from = timeAt(words, index);
  if (from === null || !BETWEEN.has(plainWord(words[index + from.taken]))) return null;
  const to = timeAt(words, index + from.taken + 1);
  return to === null ? null : { value: { from: from.value, to: to.value }, taken: from.taken + 1 + to.taken };
}

function clockTime(spokenHour: number, minute: number, half: string | undefined): string | null {
  if (half !== undefined && (spokenHour < 1 || spokenHour > 12)) return null;
  const hour = half === undefined ? spokenHour : (spokenHour % 12) + (half === "p" ? 12 : 0);
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** Whether a word was meant as a time of day, such as `25:00` or `13pm`. */
export function looksLikeTime(word: string): boolean {
  return /^\d{1,4}(?:[:.h]\d{0,3})?(?:am|pm)?$/.test(plainWord(word));
}

/** A weekday by at least three of its first letters, in the singular or plural, as 0 (Sunday) to 6; null for anything else. */
export function parseWeekday(word: string): number | null {
  const plain = plainWord(word);
  if (plain.length < 3) return null;
  const index = WEEKDAYS.findIndex((day) => day.startsWith(plain) || `${day}s` === plain || `${day.slice(0, 3)}s` === plain);
  return index === -1 ? null : index;
}

/** In lower case, without the comma or full stop that ends a part of a sentence. */
export function plainWord(word: string | undefined): string {
  return (word ?? "").toLowerCase().replace(/[,;]+$|(?<=[a-z]{3})\.$/, "");
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** All time zones that people can choose, by name. */
export function timeZones(): readonly string[] {
  return [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])];
}

/**
 * The time zone that a word names, in any letter case: `europe/oslo`, `UTC`, or its city alone (`oslo`). Not any short name that
 * happens to be one: EST is a fixed offset that has no summer.
 */
export function zoneNamed(word: string): string | null {
  const plain = word.replace(/[,;.]+$/, "").toLowerCase();
  const known = timeZones();
  const named = known.find((zone) => zone.toLowerCase() === plain);
  if (named !== undefined) return named;
  if (plain.includes("/")) return isTimeZone(plain) ? canonical(plain) : null;
  return known.find((zone) => zone.includes("/") && cityOf(zone) === plain.replaceAll(" ", "_")) ?? null;
}

/** The time zone that a mistyped word is nearest to; null where none is near. */
export function nearestZone(word: string): string | null {
  const plain = word.toLowerCase();
  let best: { readonly zone: string; readonly distance: number } | null = null;
  for (const zone of timeZones()) {
    const distance = Math.min(editDistance(plain, zone.toLowerCase()), editDistance(plain, cityOf(zone)));
    if (best === null || distance < best.distance) best = { zone, distance };
  }
  return best !== null && best.distance <= Math.max(1, Math.floor(plain.length / 5)) ? best.zone : null;
}

function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? "").toLowerCase();
}

/** An older name of a zone in the letter case that it is written in, such as Asia/Calcutta for asia/calcutta. */
function canonical(name: string): string {
  return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
}
