import type { WorkspaceAnswer } from "../page.ts";
import { ask } from "./api.ts";
import { element, make } from "./dom.ts";
import { state } from "./state.ts";
import { announce, toast } from "./toast.ts";

/** Languages that people have Slack in; the app has no words for the last one. */
const LOCALES = ["en-GB", "en-US", "de-DE", "es-ES", "fr-FR", "it-IT", "ja-JP", "nb-NO", "pt-BR", "sv-SE", "ko-KR"] as const;

/** Lets the person have Slack in another language. */
export function startLocale(changed: () => void): void {
  const select = element("locale", HTMLSelectElement);
  select.replaceChildren(...LOCALES.map((locale) => make("option", { value: locale, lang: locale }, nameOf(locale))));
  select.addEventListener("change", async () => {
    const answer = await ask("POST", "/sandbox/slack/locale", { user: state().user, locale: select.value });
    if (!answer.ok) return toast(answer.error);
    announce(`Slack is in ${select.selectedOptions[0]?.text ?? select.value} now.`);
    changed();
  });
}

/** Shows which language the person has. */
export function showLocale({ users }: WorkspaceAnswer): void {
  const locale = users.find(({ id }) => id === state().user)?.locale;
  if (locale !== undefined) element("locale", HTMLSelectElement).value = locale;
}

/** In itself, with its country where there are two of it here: "Deutsch", "British English". */
function nameOf(locale: string): string {
  const { language } = new Intl.Locale(locale);
  const isAlone = LOCALES.filter((other) => other.startsWith(language)).length === 1;
  return new Intl.DisplayNames(locale, { type: "language" }).of(isAlone ? language : locale) ?? locale;
}
