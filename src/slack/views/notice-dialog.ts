import type { ModalView } from "@slack/types";
import type { Language } from "../../language/language.ts";
import { section } from "../blocks/parts.ts";
import { dialog } from "./dialog.ts";

/** A dialog that says something and asks nothing: what is at work, or what came of it. The sentence is mrkdwn. */
export function noticeDialog(t: Language, title: string, sentence: string): ModalView {
  return dialog(t, { id: "syncwarden:notice", title, blocks: [section(sentence)] });
}
