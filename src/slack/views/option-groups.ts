import type { PlainTextOption, StaticSelect } from "@slack/types";
import type { Language } from "../../language/language.ts";
import { LIMITS } from "../blocks/limits.ts";
import { plainText } from "./dialog.ts";

/** A select takes 100 groups of 100; a dialog of more than so many options would be too large to send. */
const MOST_OPTIONS = 2_000;

/**
 * The options of a select: as they are up to a hundred, in groups from letter to letter beyond that. People find one by typing
 * in either. Null where there are too many.
 */
export function optionsOrGroups(
  t: Language,
  options: readonly PlainTextOption[],
): Pick<StaticSelect, "options"> | Pick<StaticSelect, "option_groups"> | null {
  if (options.length === 0 || options.length > MOST_OPTIONS) return null;
  if (options.length <= LIMITS.selectOptions) return { options: [...options] };
  const sorted = options.toSorted((one, other) => one.text.text.localeCompare(other.text.text, t.locale));
  const groups = [];
  for (let from = 0; from < sorted.length; from += LIMITS.selectOptions) {
    const some = sorted.slice(from, from + LIMITS.selectOptions);
    const [first, last] = [beginning(some[0]), beginning(some.at(-1))];
    groups.push({
      label: plainText(t.say("{first} to {last}", { first, last }), LIMITS.optionText),
      options: some,
    });
  }
  return { option_groups: groups };
}

function beginning(option: PlainTextOption | undefined): string {
  return [...(option?.text.text ?? "")].slice(0, 3).join("");
}
