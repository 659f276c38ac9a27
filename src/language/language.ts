import { IntlMessageFormat } from "intl-messageformat";
import { type Instant, isDay, type Said, type Sentence, type SentenceValues } from "./sentence.ts";
import type { LanguageTag } from "./tags.ts";
import { TRANSLATIONS } from "./translations.ts";

/** One language: its sentences, and its way of writing numbers, lists and spans of time. */
export interface Language {
  readonly tag: LanguageTag;
  /** What `Intl` calls it. */
  readonly locale: string;
  /**
   * A sentence. The English one, in ICU MessageFormat, is its key: `t.say("{records, plural, one {# record} other {# records}}",
   * { records })`. It stands in the code as it is, so that a test finds it and looks for its translations. Values are put in
   * as they are: escape them before.
   */
  say(english: string, values?: SentenceValues): string;
  /** A sentence that was made elsewhere, with those within it; other text as it is. */
  render(said: Said): string;
  /** 1204 -> "1,204". */
  count(value: number): string;
  /** 0.123 -> "12 %", with as many decimals as asked for. */
  percent(share: number, decimals?: number): string;
  /** "2026-11-23" -> "Mon 23 Nov", among the days of about a week. */
  weekday(day: string): string;
  /** "a, b and c", "a, b or c", or "a, b, c" for figures beside each other. */
  list(words: readonly string[], kind?: "and" | "or" | "figures"): string;
  /** "3 days, 4 hrs", "2 hrs, 10 mins", "4 mins", "20 secs": the two largest units of a span in milliseconds. */
  duration(milliseconds: number): string;
}

const LOCALES = {
  en: "en-GB",
  de: "de",
  es: "es",
  fr: "fr",
  it: "it",
  ja: "ja",
  no: "nb",
  pt: "pt",
  sv: "sv",
} as const satisfies Record<LanguageTag, string>;

const DAY = { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" } as const;

const DATE_STYLES = {
  day: DAY,
  moment: { ...DAY, hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
  weekday: { weekday: "short", month: "short", day: "numeric", timeZone: "UTC" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
type DateStyle = keyof typeof DATE_STYLES;

const LANGUAGES = new Map<LanguageTag, Language>();

export function languageFor(tag: LanguageTag): Language {
  const known = LANGUAGES.get(tag);
  if (known !== undefined) return known;
  const language = createLanguage(tag);
  LANGUAGES.set(tag, language);
  return language;
}

export const ENGLISH: Language = languageFor("en");

function createLanguage(tag: LanguageTag): Language {
  const locale = LOCALES[tag];
  const translations = TRANSLATIONS[tag];
  const formats = new Map<string, IntlMessageFormat>();
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const durations = new Intl.DurationFormat(locale, { style: "short" });
  const seconds = new Intl.DurationFormat(locale, { style: "short", secondsDisplay: "always" });
  const dates = new Map<DateStyle, Intl.DateTimeFormat>();
  const lists = {
    and: new Intl.ListFormat(locale, { type: "conjunction" }),
    or: new Intl.ListFormat(locale, { type: "disjunction" }),
    figures: new Intl.ListFormat(locale, { type: "unit" }),
  };

  function formatOf(english: string): IntlMessageFormat {
    const known = formats.get(english);
    if (known !== undefined) return known;
    const translation = translations[english];
    const format =
      translation === undefined
        ? new IntlMessageFormat(english, LOCALES.en, undefined, { ignoreTag: true })
        : new IntlMessageFormat(translation, locale, undefined, { ignoreTag: true });
    formats.set(english, format);
    return format;
  }

  function say(english: string, values: SentenceValues = {}): string {
    const said = Object.entries(values).map(([name, value]) => [name, typeof value === "object" ? inner(value) : value]);
    return String(formatOf(english).format(Object.fromEntries(said)));
  }

  function inner(value: Instant | Sentence | readonly Said[]): string {
    if ("english" in value) return render(value);
    if ("utc" in value) return date(value.utc, isDay(value) ? "day" : "moment");
    return lists.figures.format(value.map(render));
  }

  /** A formatter is made when it is first needed: a process's first takes some twenty milliseconds. */
  function date(iso: string, style: DateStyle): string {
    const format = dates.get(style) ?? new Intl.DateTimeFormat(locale, DATE_STYLES[style]);
    dates.set(style, format);
    return format.format(new Date(iso));
  }

  function render(said: Said): string {
    return typeof said === "string" ? said : say(said.english, said.values);
  }

  return {
    tag,
    locale,
    say,
    render,
    count: (value) => numbers.format(value),
    percent: (share, decimals = 0) =>
      new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: decimals }).format(share),
    weekday: (day) => date(day, "weekday"),
    list: (words, kind = "and") => lists[kind].format(words),
    duration(milliseconds) {
      const units = largestUnits(milliseconds);
      return "seconds" in units ? seconds.format(units) : durations.format(units);
    },
  };
}

type Units = { readonly seconds: number } | Readonly<Partial<Record<"days" | "hours" | "minutes", number>>>;

/** A span in its two largest units; under a minute in seconds. */
function largestUnits(milliseconds: number): Units {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return { seconds };
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return { minutes };
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return { hours, minutes: minutes % 60 };
  return { days: Math.floor(hours / 24), hours: hours % 24 };
}
