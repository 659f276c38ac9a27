import { languageFor } from "../../src/language/language.ts";
import { LANGUAGE_TAGS } from "../../src/language/tags.ts";
import { actionName } from "../../src/slack/blocks/action-names.ts";

/** What a refusal for want of a right says of an action, as the action log names it: in any language. */
export function refusalOf(action: string): RegExp {
  const said = LANGUAGE_TAGS.map((tag) => {
    const t = languageFor(tag);
    return t.say("You can't do this ({action}). {why}", { action: actionName(t, action), why: "" }).trim();
  });
  return new RegExp(said.map((words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"));
}
