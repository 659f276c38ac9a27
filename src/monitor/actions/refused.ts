import type { Refusal } from "../../health/refusal.ts";
import { type Sentence, sentence } from "../../language/sentence.ts";
import { SYSTEM_NAMES } from "../../records/record.ts";

/** What a system has answered to the writing of a record: the first of its refusals. */
export function refusedSentence([first]: readonly Refusal[]): Sentence {
  return first === undefined ? sentence("refused without a reason") : answeredSentence(first);
}

/** Why work waits for a system that refuses to be written at all. */
export function waitsForSystem(refusal: Refusal): Sentence {
  return sentence("{answer}; it goes on by itself when that ends", { answer: answeredSentence(refusal) });
}

/** What a system has answered, without a full stop. */
export function answeredSentence({ system, code, message }: Refusal): Sentence {
  return sentence("{system} answered {code}: {message}", {
    system: SYSTEM_NAMES[system],
    code,
    message: message.replace(/\.\s*$/, ""),
  });
}
