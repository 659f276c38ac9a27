import { ENGLISH } from "../../src/language/language.ts";
import type { Said } from "../../src/language/sentence.ts";

/** Within `toMatchObject` and its like: what is said to people has these words in English. */
export function saying(words: string | RegExp) {
  return {
    asymmetricMatch(said: Said): boolean {
      const text = ENGLISH.render(said);
      return typeof words === "string" ? text.includes(words) : words.test(text);
    },
    toString: () => `saying ${words}`,
  };
}
