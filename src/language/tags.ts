/** Languages that messages come in, by ISO 639-1 code, each with its name for itself. */
export const LANGUAGE_NAMES = {
  en: "English",
  de: "Deutsch",
  es: "Español",
  fr: "Français",
  it: "Italiano",
  ja: "日本語",
  no: "Norsk",
  pt: "Português",
  sv: "Svenska",
} as const;

export type LanguageTag = keyof typeof LANGUAGE_NAMES;

export const LANGUAGE_TAGS = Object.keys(LANGUAGE_NAMES) as readonly LanguageTag[];

export function isLanguageTag(tag: string): tag is LanguageTag {
  return Object.hasOwn(LANGUAGE_NAMES, tag);
}

/** Both of Norway's written languages read each other. */
const NORWEGIAN = ["nb", "nn"];

/** The language of a locale as Slack names them (`de-DE`, `pt-BR`, `en-GB`); null where messages don't come in it. */
export function languageOfLocale(locale: string): LanguageTag | null {
  const [language = ""] = locale.toLowerCase().split(/[-_]/);
  const tag = NORWEGIAN.includes(language) ? "no" : language;
  return isLanguageTag(tag) ? tag : null;
}
