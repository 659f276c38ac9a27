import { type Said, type Sentence, sentence } from "../language/sentence.ts";
import type { Details } from "./catalogue-entry.ts";

/**
 * What a field or property takes instead of a value that it refuses: of a property's rule that is broken (`rule`, `bound`), else of
 * a type (`expected`). Undefined where neither is known.
 */
export function expectedBy({ rule, bound, expected }: Details): Said | undefined {
  // Rows from before there were languages have it in words.
  if (bound === undefined) return typeText(expected, "");
  switch (rule) {
    case "MIN_NUMBER":
      return sentence("at least {bound}", { bound });
    case "MAX_NUMBER":
      return sentence("at most {bound}", { bound });
    case "MIN_LENGTH":
      return sentence("at least {characters, plural, one {# character} other {# characters}}", { characters: Number(bound) });
    case "MAX_LENGTH":
      return sentence("at most {characters, plural, one {# character} other {# characters}}", { characters: Number(bound) });
    case "ALPHANUMERIC":
      return bound === "NUMERIC_ONLY" ? sentence("digits alone") : sentence("letters alone");
    case "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE":
      return sentence("a phone number with its country code, such as +47");
    case "START_DATE":
      return sentence("a date from {bound} on", { bound });
    case "END_DATE":
      return sentence("a date until {bound}", { bound });
    default:
      return typeText(expected, bound);
  }
}

function typeText(expected: string | undefined, bound: string): Said | undefined {
  switch (expected) {
    case "number":
      return sentence("number");
    case "whole number":
      return sentence("whole number");
    case "digits":
      return sentence("at most {digits, plural, one {# digit} other {# digits}} before the point", { digits: Number(bound) });
    case "date":
      return sentence("date");
    case "datetime":
      return sentence("date and time");
    case "checkbox":
      return sentence("checkbox");
    default:
      return expected || undefined;
  }
}

/** Names of objects as `details` hold them, for a sentence: "Account", "Account or User". Undefined where there are none. */
export function objectNames(names: string | undefined): Said | undefined {
  const all = names?.split(/, | or /).filter((name) => name !== "") ?? [];
  const last = all.at(-1);
  if (all.length < 2 || last === undefined) return last;
  return sentence("{names} or {last}", { names: all.slice(0, -1).join(", "), last });
}

/** "1 contact", "1,000 deals". */
export function recordsText(records: number, object: "contacts" | "companies" | "deals"): Sentence {
  switch (object) {
    case "contacts":
      return sentence("{records, plural, one {# contact} other {# contacts}}", { records });
    case "companies":
      return sentence("{records, plural, one {# company} other {# companies}}", { records });
    case "deals":
      return sentence("{records, plural, one {# deal} other {# deals}}", { records });
  }
}
