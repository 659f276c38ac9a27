import type { LanguageTag } from "./tags.ts";
import de from "./translations/de.json" with { type: "json" };
import es from "./translations/es.json" with { type: "json" };
import fr from "./translations/fr.json" with { type: "json" };
import it from "./translations/it.json" with { type: "json" };
import ja from "./translations/ja.json" with { type: "json" };
import no from "./translations/no.json" with { type: "json" };
import pt from "./translations/pt.json" with { type: "json" };
import sv from "./translations/sv.json" with { type: "json" };

/** Translations by the English sentence, both in ICU MessageFormat. What is missing is said in English. */
export const TRANSLATIONS: Readonly<Record<LanguageTag, Readonly<Record<string, string>>>> = {
  en: {},
  de,
  es,
  fr,
  it,
  ja,
  no,
  pt,
  sv,
};
