import type { Refusal } from "../../health/refusal.ts";
import { refusalAnswer } from "../../health/refusal-statement.ts";
import { type Sentence, sentence } from "../../language/sentence.ts";

/** What a system has answered to the writing of a record: the first of its refusals. */
export function refusedSentence([first]: readonly Refusal[]): Sentence {
  return first === undefined ? sentence("refused without a reason") : refusalAnswer(first);
}

/** Why work waits for a system that refuses to be written at all. */
export function waitsForSystem(refusal: Refusal): Sentence {
  return sentence("{answer}; it goes on by itself when that ends", { answer: refusalAnswer(refusal) });
}
