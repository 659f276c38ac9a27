import { languageFor } from "../../src/language/language.ts";
import type { LanguageTag } from "../../src/language/tags.ts";
import { placesOf, pluralsOf } from "./places.ts";

/** What a translation has wrong: places lost or gained, plural forms that its language needs, markup that isn't the English one's. */
export function faultsOf(tag: LanguageTag, english: string, translation: string): readonly string[] {
  try {
    return [
      ...(placesOf(english).join() === placesOf(translation).join() ? [] : ["its places are others"]),
      ...(pluralsOf(translation).every((cases) => hasForms(tag, cases)) ? [] : ["a plural form is missing"]),
      ...(markupOf(english).join() === markupOf(translation).join() ? [] : ["its markup is another"]),
      ...(translation.trim() === "" ? ["it is empty"] : []),
    ];
  } catch (error) {
    return [`it can't be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** `many` is for millions and fractions in the languages that have it here: `other` reads well enough there. */
function hasForms(tag: LanguageTag, cases: readonly string[]): boolean {
  const { pluralCategories } = new Intl.PluralRules(languageFor(tag).locale).resolvedOptions();
  return pluralCategories.every(
    (category) => category === "many" || cases.includes(category) || (category === "one" && cases.includes("=1")),
  );
}

/** What Slack or a person's typing gives a meaning: commands, bold, links, emoji. */
function markupOf(text: string): readonly string[] {
  return [...text.matchAll(/`[^`]*`|\*|<[^<>{}]*>|:[a-z_]+:|_(?=\p{L})|(?<=\p{L})_/gu)].map(([match]) => match).toSorted();
}
