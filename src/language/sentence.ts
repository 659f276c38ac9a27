/** A sentence that isn't in any language yet, so that it can be stored and handed on: whoever shows it renders it. */
export interface Sentence {
  /** In ICU MessageFormat; the key of its translations. */
  readonly english: string;
  readonly values: SentenceValues;
}

/** A moment ("2026-11-23T10:04:00.000Z") or a day ("2026-11-23"), both by UTC, which is shown as a language writes it. */
export interface Instant {
  readonly utc: string;
}

/**
 * What stands in a sentence's places: text as it is to be shown, numbers for `plural` and `number`, words for `select`, moments and
 * days, other sentences, and figures beside each other.
 */
export type SentenceValues = Readonly<Record<string, string | number | Instant | Sentence | readonly Said[]>>;

/** What is said to people: a sentence, or text that is the same in every language, such as a CRM's own words. */
export type Said = Sentence | string;

/** `sentence("{records, plural, one {# record} other {# records}}", { records })`, as `t.say` takes it. */
export function sentence(english: string, values: SentenceValues = {}): Sentence {
  return { english, values };
}

/** A moment within a sentence, to the minute. */
export function instant(at: Date): Instant {
  return { utc: at.toISOString() };
}

/** A day within a sentence, by UTC. */
export function day(at: Date): Instant {
  return { utc: at.toISOString().slice(0, DAY_LENGTH) };
}

/** Whether an instant is a day rather than a moment. */
export function isDay({ utc }: Instant): boolean {
  return utc.length === DAY_LENGTH;
}

const DAY_LENGTH = "2026-11-23".length;
