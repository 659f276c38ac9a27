import type { ModalView } from "@slack/types";
import { z } from "zod";
import type { Language } from "../../language/language.ts";
import type { ResyncPreview } from "../../monitor/monitor.ts";
import { resyncSelectionSchema } from "../actions/values.ts";
import { section } from "../blocks/parts.ts";
import { previewSentence } from "../blocks/resync-preview.ts";
import { dialog } from "./dialog.ts";

export const RESYNC_DIALOG = "syncwarden:resync-dialog";

/** What the dialog remembers between its question and its answer. */
export const resyncDialogSchema = z.strictObject({
  connection: z.string().min(1).max(200),
  selection: resyncSelectionSchema,
  /** When the preview was made, ISO 8601. */
  at: z.iso.datetime(),
  channel: z.string().max(100).nullable(),
  messageTs: z.string().max(100).nullable(),
});

export type ResyncDialogMemory = z.infer<typeof resyncDialogSchema>;

/** Says what a large resync will do and asks whether to begin. */
export function resyncDialog(t: Language, preview: ResyncPreview, memory: ResyncDialogMemory): ModalView {
  return dialog(t, {
    id: RESYNC_DIALOG,
    memory,
    title: t.say("Resync"),
    submit: t.say("Resync"),
    blocks: [
      section(previewSentence(t, preview)),
      section(t.say("Its progress appears in one message, with a button to cancel it.")),
    ],
  });
}
