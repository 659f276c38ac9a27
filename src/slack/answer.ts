import type { RespondFn } from "@slack/bolt";
import type { Logger } from "pino";
import type { Language } from "../language/language.ts";
import type { Requested } from "../monitor/monitor.ts";
import { composeMessage, type Message } from "./blocks/message.ts";
import { section } from "./blocks/parts.ts";
import { crmText, person } from "./blocks/text.ts";
import { withoutSecrets } from "./bolt-logger.ts";

/** Seen by the asker alone. */
export interface AnswerToAsker {
  readonly to: "asker";
  readonly message: Message;
}

/** What is said back to a command or a click. */
export type Answer =
  | AnswerToAsker
  /** Takes the place of the ephemeral message whose button was pressed. */
  | { readonly to: "original"; readonly message: Message }
  /** Seen by everybody in the channel. */
  | { readonly to: "channel"; readonly message: Message }
  /** The ephemeral message whose button was pressed goes away. */
  | { readonly to: "nobody"; readonly deleteOriginal: boolean };

/** One sentence, seen by the asker alone. The sentence is mrkdwn: escape what comes from elsewhere. */
export function tell(sentence: string): AnswerToAsker {
  return { to: "asker", message: sentenceMessage(sentence) };
}

export function sentenceMessage(sentence: string): Message {
  return composeMessage({ text: sentence, head: [section(sentence)] });
}

export function show(message: Message): Answer {
  return { to: "asker", message };
}

/** What came of asking: accepted as `accepted` says, joined to what is at work, or declined with the reason. */
export function requestedSentence(t: Language, requested: Requested, accepted: string): string {
  switch (requested.result) {
    case "accepted":
      return accepted;
    case "joined":
      return t.say("{person} has already asked for this and it is at work: your request joined it.", {
        person: person(requested.requestedBy),
      });
    case "declined":
      return crmText(t.render(requested.why), 1_500);
  }
}

/** Sends an answer to its response_url. A failure is logged: the address works 5 times in 30 minutes, and there is no other. */
export async function reply(respond: RespondFn, answer: Answer, logger: Logger): Promise<void> {
  try {
    if (answer.to === "nobody") {
      if (answer.deleteOriginal)
        await respond({ response_type: "ephemeral", replace_original: false, delete_original: true, text: "" });
      return;
    }
    await respond({
      response_type: answer.to === "channel" ? "in_channel" : "ephemeral",
      replace_original: answer.to === "original",
      text: answer.message.text,
      blocks: [...answer.message.blocks],
    });
  } catch (error) {
    logger.warn(
      { reason: withoutSecrets(error instanceof Error ? error.message : String(error)) },
      "An answer could not be given in Slack",
    );
  }
}
