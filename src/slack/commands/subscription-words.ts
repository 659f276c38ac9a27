import { isTimeZone, parseTime, parseWeekday } from "../../config/cadence.ts";
import type { Cadence } from "../../config/config.ts";
import type { SyncErrorCategory } from "../../health/sync-errors.ts";
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
    else if (parseTime(lower) !== null) time = parseTime(lower);
    else if (parseWeekday(lower) !== null) weekday = parseWeekday(lower);
    else if (channelWord(word) !== null) channel = channelWord(word);
    else if (found !== null) {
      categories.push(found.category);
      index += found.taken - 1;
    } else if (isZoneWord(word)) timeZone = word;
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

/** A word that means a time zone: `Europe/Oslo` or `UTC`, not any short name that happens to be one. */
function isZoneWord(word: string): boolean {
  return (word.includes("/") || word.toUpperCase() === "UTC") && isTimeZone(word);
}
