import type { Language } from "../../language/language.ts";
import { crmText, date } from "./text.ts";

/** What came of muting an error. `until` null: until it is fixed. */
export function mutedSentence(t: Language, errorId: string, until: Date | null): string {
  const id = crmText(errorId.toUpperCase(), 20);
  const end =
    until === null
      ? t.say("`{id}` is muted until it is fixed: it is counted and listed, and not announced.", { id })
      : t.say("`{id}` is muted until {date}: it is counted and listed, and not announced.", { id, date: date(t, until) });
  return `${end} ${t.say("It speaks again if it grows tenfold, or after `/sync unmute {id}`.", { id })}`;
}

export function unmutedSentence(t: Language, errorId: string): string {
  return t.say("`{id}` speaks again.", { id: crmText(errorId.toUpperCase(), 20) });
}
