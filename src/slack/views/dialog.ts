import type { ModalView, PlainTextElement } from "@slack/types";
import type { Language } from "../../language/language.ts";
import { LIMITS } from "../blocks/limits.ts";
import { truncate } from "../blocks/text.ts";

/** What a dialog is made of, from text that isn't escaped. */
export interface DialogParts {
  /** The callback_id. */
  readonly id: string;
  readonly title: string;
  readonly blocks: ModalView["blocks"];
  /** The button that submits it; without one there is nothing to submit. */
  readonly submit?: string;
  /** The button that closes it; "Not now" beside one that submits, else "Close". */
  readonly close?: string;
  /** What comes back with it, at most `LIMITS.privateMetadata` characters as JSON. */
  readonly memory?: unknown;
}

/** A dialog in Slack's frame, its labels cut to what Slack takes. */
export function dialog(t: Language, { id, title, blocks, submit, close, memory }: DialogParts): ModalView {
  const closing = close ?? (submit === undefined ? t.say("Close") : t.say("Not now"));
  return {
    type: "modal",
    callback_id: id,
    ...(memory === undefined ? {} : { private_metadata: JSON.stringify(memory) }),
    title: plainText(title, LIMITS.modalTitle),
    ...(submit === undefined ? {} : { submit: plainText(submit, LIMITS.modalButton) }),
    close: plainText(closing, LIMITS.modalButton),
    blocks,
  };
}

/** Plain text of at most `max` characters. */
export function plainText(text: string, max: number): PlainTextElement {
  return { type: "plain_text", text: truncate(text, max) };
}
