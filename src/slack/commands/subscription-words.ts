import { CADENCE_FORMS, type CadenceWish, NO_WISH, readCadenceAt } from "../../config/cadence.ts";
import { nearestZone, plainWord, rangeAt } from "../../config/time-words.ts";
import { SYNC_ERROR_TYPES_BY_CATEGORY, type SyncErrorCategory } from "../../health/sync-errors.ts";
import { type Sentence, sentence } from "../../language/sentence.ts";
import type { SyncedObject } from "../../records/record.ts";
import { crmText } from "../blocks/text.ts";
import { categoryAt, channelWord, nearestWord, objectWord } from "./words.ts";

/** What somebody wants to hear of, before the time zone of the asker fills in what they left out. */
export interface SubscriptionWish {
  readonly channel: string | null;
  readonly cadence: CadenceWish;
  /** Null: all. */
  readonly categories: readonly SyncErrorCategory[] | null;
  readonly objects: readonly SyncedObject[] | null;
  readonly quietWhenHealthy: boolean;
  /** Null where nothing is said of them. */
  readonly quietHours: { readonly from: string; readonly to: string } | null;
  readonly atLeast: number | null;
}

const FILLERS = new Set(["and", "for", "the", "about", "errors", "records", "with", "please", "post", "digest", "all"]);

/** Words that mean more than one might: read in turn, the first that takes some wins. */
type Reader = (words: readonly string[], index: number, wish: SubscriptionWish) => Read | null;
type Read = { readonly wish: SubscriptionWish; readonly taken: number } | { readonly problem: Sentence };

const READERS: readonly Reader[] = [quietWords, thresholdWords, cadenceWords, channelWords, filterWords, fillerWords];

/**
 * Reads `[immediate, daily 9am, weekdays at 9, weekly mon 09:00] [time zone] [category…] [object…] [quiet] [quiet 22:00 to 07:00]
 * [at least 10] [#channel]`, in any order. `problem` says what to type instead.
 */
export function readSubscription(words: readonly string[]): SubscriptionWish | { readonly problem: Sentence } {
  let wish: SubscriptionWish = {
    channel: null,
    cadence: NO_WISH,
    categories: null,
    objects: null,
    quietWhenHealthy: false,
    quietHours: null,
    atLeast: null,
  };
  for (let index = 0; index < words.length; ) {
    const read = READERS.reduce<Read | null>((found, reader) => found ?? reader(words, index, wish), null);
    if (read === null) return { problem: whatInstead(words[index] ?? "") };
    if ("problem" in read) return read;
    wish = read.wish;
    index += read.taken;
  }
  return wish;
}

const QUIET_HOURS = sentence("Quiet hours have a beginning and an end: type `quiet 22:00 to 07:00`.");

/** `quiet` alone leaves out digests while all is well; with two times it is the hours in which nothing is posted. */
function quietWords(words: readonly string[], index: number, wish: SubscriptionWish): Read | null {
  if (plainWord(words[index]) !== "quiet") return null;
  let at = index + 1;
  while (["hours", "from", "between"].includes(plainWord(words[at]))) at += 1;
  const range = rangeAt(words, at);
  if (range === null && at === index + 1) return { wish: { ...wish, quietWhenHealthy: true }, taken: 1 };
  if (range === null || range.value.from === range.value.to) return { problem: QUIET_HOURS };
  return { wish: { ...wish, quietHours: range.value }, taken: at - index + range.taken };
}

/** `at least 10`, `min 10`. */
function thresholdWords(words: readonly string[], index: number, wish: SubscriptionWish): Read | null {
  const [first, second] = [plainWord(words[index]), plainWord(words[index + 1])];
  const skipped = first === "at" && second === "least" ? 2 : ["min", "minimum", ">="].includes(first) ? 1 : 0;
  if (skipped === 0) return null;
  const number = /^[1-9]\d{0,6}$/.test(plainWord(words[index + skipped])) ? Number(plainWord(words[index + skipped])) : null;
  if (number === null) return { problem: sentence("How many affected records? Type for example `at least 10`.") };
  return { wish: { ...wish, atLeast: number }, taken: skipped + 1 };
}

function cadenceWords(words: readonly string[], index: number, wish: SubscriptionWish): Read | null {
  const read = readCadenceAt(words, index, wish.cadence);
  if (read === null || "problem" in read) return read;
  return { wish: { ...wish, cadence: read.wish }, taken: read.taken };
}

function channelWords(words: readonly string[], index: number, wish: SubscriptionWish): Read | null {
  const channel = channelWord(words[index] ?? "");
  return channel === null ? null : { wish: { ...wish, channel }, taken: 1 };
}

function filterWords(words: readonly string[], index: number, wish: SubscriptionWish): Read | null {
  const found = categoryAt(words, index);
  if (found !== null) {
    return { wish: { ...wish, categories: [...new Set([...(wish.categories ?? []), found.category])] }, taken: found.taken };
  }
  const object = objectWord(plainWord(words[index]));
  return object === null ? null : { wish: { ...wish, objects: [...new Set([...(wish.objects ?? []), object])] }, taken: 1 };
}

function fillerWords(words: readonly string[], index: number, wish: SubscriptionWish): Read | null {
  return FILLERS.has(plainWord(words[index])) ? { wish, taken: 1 } : null;
}

const CATEGORIES = Object.keys(SYNC_ERROR_TYPES_BY_CATEGORY);

function whatInstead(given: string): Sentence {
  const word = crmText(given.replaceAll("`", "'"), 60);
  const zone = given.includes("/") || /^[A-Z]/.test(given) ? nearestZone(given) : null;
  if (zone !== null) return sentence("I don't understand `{word}`. Did you mean the time zone `{zone}`?", { word, zone });
  if (/^[A-Z]{3,4}$/.test(given) || given.includes("/")) {
    return sentence("I don't know the time zone `{word}`: type a place, such as `Europe/Oslo` or `America/New_York`.", { word });
  }
  const near = nearestWord(given, ["immediate", "daily", "weekly", "weekdays", "quiet", ...CATEGORIES]);
  if (near !== null) return sentence("I don't understand `{word}`. Did you mean `{near}`?", { word, near });
  return sentence(
    "I don't understand `{word}`. Say when ({forms}) and, if you like, what: categories (`picklists`) or objects (`contacts`).",
    { word, forms: CADENCE_FORMS },
  );
}
