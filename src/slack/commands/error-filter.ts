import { SYNC_ERROR_TYPES_BY_CATEGORY } from "../../health/sync-errors.ts";
import type { Language } from "../../language/language.ts";
import type { ErrorFilter } from "../../monitor/monitor.ts";
import { SYNCED_OBJECTS } from "../../records/record.ts";
import { crmText } from "../blocks/text.ts";
import { categoryAt, nearestWord, objectWord } from "./words.ts";

const CATEGORIES = Object.keys(SYNC_ERROR_TYPES_BY_CATEGORY);

/** The category and object that words name, and the words that name neither. */
export function readFilter(words: readonly string[]): { readonly filter: ErrorFilter; readonly unknown: readonly string[] } {
  let filter: ErrorFilter = {};
  const unknown: string[] = [];
  for (let index = 0; index < words.length; ) {
    const word = words[index] ?? "";
    const found = categoryAt(words, index);
    const object = objectWord(word);
    if (found !== null) filter = { ...filter, category: found.category };
    else if (object !== null) filter = { ...filter, object };
    else unknown.push(word);
    index += found?.taken ?? 1;
  }
  return { filter, unknown };
}

/** What to say to a word that is no category, object or error: the nearest one with what to type, else all there are. */
export function unknownFilter(t: Language, command: string, word: string): string {
  const typed = t.say("I know no category, object or error called `{word}`.", { word: crmText(word, 80).replaceAll("`", "'") });
  const nearest = nearestWord(word, [...CATEGORIES, ...SYNCED_OBJECTS]);
  if (nearest !== null) return `${typed} ${t.say("Did you mean `/sync {command} {nearest}`?", { command, nearest })}`;
  const known = t.list(
    [...CATEGORIES, ...SYNCED_OBJECTS].map((name) => `\`${name}\``),
    "figures",
  );
  const example = t.say("Type `/sync errors` for all with their ids, or one of these behind `/sync {command}`: {known}.", {
    command,
    known,
  });
  return `${typed} ${example}`;
}
