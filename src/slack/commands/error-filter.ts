import type { ErrorFilter } from "../../monitor/monitor.ts";
import { categoryAt, objectWord } from "./words.ts";

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
