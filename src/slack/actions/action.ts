import type { Language } from "../../language/language.ts";
import type { Said } from "../../language/sentence.ts";
import type { Actor } from "../../monitor/monitor.ts";
import type { Answer } from "../answer.ts";
import type { Message } from "../blocks/message.ts";
import type { SlackContext } from "../context.ts";
import type { Opener } from "../open-dialog.ts";
import type { Role } from "../rights.ts";
import type { ActionValues, ActionVerb } from "./values.ts";

/** A click on a button. */
export interface Click<Verb extends ActionVerb = ActionVerb> extends Opener {
  readonly value: ActionValues[Verb];
  readonly actor: Actor;
  /** The message with the button is seen by this person alone, so it may be replaced. */
  readonly isEphemeral: boolean;
}

/** What a button does. */
export interface Action<Verb extends ActionVerb = ActionVerb> {
  readonly verb: Verb;
  /** What the action log calls it. */
  readonly name: string;
  readonly role: Role;
  /** What the click is about, for the action log. */
  target(value: ActionValues[Verb]): Said | null;
  /** What to say where the answer takes more than a second. */
  readonly progress?: (value: ActionValues[Verb], t: Language) => Message;
  /** Null: nothing is to be said, a dialog or the message itself shows what comes of it. */
  run(click: Click<Verb>, context: SlackContext): Promise<Answer | null>;
}

/** Shows a page in the place of the page whose button was pressed, or by itself where that message is everybody's. */
export function inPlace(click: Pick<Click, "isEphemeral">, message: Message): Answer {
  return { to: click.isEphemeral ? "original" : "asker", message };
}
