import { ENGLISH } from "../../src/language/language.ts";
import type { Said } from "../../src/language/sentence.ts";
import { saidOf } from "../../src/language/stored.ts";

/** Within `toMatchObject` and its like: what is said to people, or stored of it, has these words in English. */
export function saying(words: string | RegExp) {
  return {
    asymmetricMatch(said: Said): boolean {
      const text = ENGLISH.render(typeof said === "string" ? saidOf(said) : said);
      return typeof words === "string" ? text.includes(words) : words.test(text);
    },
    toString: () => `saying ${words}`,
  };
}
