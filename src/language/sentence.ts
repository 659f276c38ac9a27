/** A sentence that isn't in any language yet, so that it can be stored and handed on: whoever shows it renders it. */
export interface Sentence {
  /** In ICU MessageFormat; the key of its translations. */
  readonly english: string;
  readonly values: SentenceValues;
}

/**
 * What stands in a sentence's places: text as it is to be shown, numbers for `plural` and `number`, words for `select`, other
 * sentences, and figures beside each other.
 */
export type SentenceValues = Readonly<Record<string, string | number | Sentence | readonly Said[]>>;

/** What is said to people: a sentence, or text that is the same in every language, such as a CRM's own words. */
export type Said = Sentence | string;

/** `sentence("{records, plural, one {# record} other {# records}}", { records })`, as `t.say` takes it. */
export function sentence(english: string, values: SentenceValues = {}): Sentence {
  return { english, values };
}
