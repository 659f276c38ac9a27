import type { Cadence } from "../../config/config.ts";
import type { SyncErrorCategory } from "../../health/sync-errors.ts";
import { WEEKDAYS } from "../blocks/subscriptions.ts";
import { categoryAt, channelWord } from "./words.ts";

/** What somebody wants to hear of, before the time zone of the asker fills in what they left out. */
export interface SubscriptionWish {
  readonly channel: string | null;
  readonly kind: Cadence["kind"];
  readonly time: string;
  readonly weekday: number;
  readonly timeZone: string | null;
  readonly categories: readonly SyncErrorCategory[] | null;
  readonly quietWhenHealthy: boolean;
}

const DEFAULT_TIME = "09:00";
const MONDAY = 1;

/** Reads `[immediate, daily 09:00, weekly mon 09:00] [time zone] [category…] [quiet] [#channel]`, in any order. */
export function readSubscription(words: readonly string[]): SubscriptionWish | { readonly unknown: string } {
  let kind: Cadence["kind"] | null = null;
  let time: string | null = null;
  let weekday: number | null = null;
  let timeZone: string | null = null;
  let channel: string | null = null;
  let quietWhenHealthy = false;
  const categories: SyncErrorCategory[] = [];

  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const lower = word.toLowerCase().replace(/,$/, "");
    const found = categoryAt(words, index);
    if (["immediate", "immediately", "now", "alerts"].includes(lower)) kind = "immediate";
    else if (lower === "daily" || lower === "weekly") kind = lower;
    else if (["at", "on", "in", "and", "for", "the", "every"].includes(lower)) continue;
    else if (lower === "quiet") quietWhenHealthy = true;
    else if (readTime(lower) !== null) time = readTime(lower);
    else if (weekdayNumber(lower) !== null) weekday = weekdayNumber(lower);
    else if (channelWord(word) !== null) channel = channelWord(word);
    else if (found !== null) {
      categories.push(found.category);
      index += found.taken - 1;
    } else if (isTimeZone(word)) timeZone = word;
    else return { unknown: word };
  }
  return {
    channel,
    kind: kind ?? (weekday !== null ? "weekly" : time !== null ? "daily" : "immediate"),
    time: time ?? DEFAULT_TIME,
    weekday: weekday ?? MONDAY,
    timeZone,
    categories: categories.length === 0 ? null : [...new Set(categories)],
    quietWhenHealthy,
  };
}

/** "9:00", "09:00", "9am", "9:30pm" as `HH:MM`; null for anything else. */
function readTime(word: string): string | null {
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

function weekdayNumber(word: string): number | null {
  if (word.length < 3) return null;
  const index = WEEKDAYS.findIndex((day) => day.startsWith(word) || `${day}s` === word);
  return index === -1 ? null : index;
}

function isTimeZone(word: string): boolean {
  if (!word.includes("/") && word.toUpperCase() !== "UTC") return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: word });
    return true;
  } catch {
    return false;
  }
}
