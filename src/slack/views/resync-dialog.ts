import type { ModalView } from "@slack/types";
import { z } from "zod";
import type { ResyncPreview } from "../../monitor/monitor.ts";
import { resyncSelectionSchema } from "../actions/values.ts";
import { LIMITS } from "../blocks/limits.ts";
import { section } from "../blocks/parts.ts";
import { previewSentence } from "../blocks/resync-preview.ts";
import { plural, truncate } from "../blocks/text.ts";

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
export function resyncDialog(preview: ResyncPreview, memory: ResyncDialogMemory): ModalView {
  return {
    type: "modal",
    callback_id: RESYNC_DIALOG,
    private_metadata: JSON.stringify(memory),
    title: { type: "plain_text", text: truncate(`Resync ${plural(preview.records, "record")}`, LIMITS.modalTitle) },
    submit: { type: "plain_text", text: "Resync" },
    close: { type: "plain_text", text: "Not now" },
    blocks: [section(previewSentence(preview)), section("Its progress appears in one message, with a button to cancel it.")],
  };
}

/** The dialog once it has been answered: what came of it. */
export function resyncDialogOutcome(sentence: string): ModalView {
  return {
    type: "modal",
    callback_id: `${RESYNC_DIALOG}-outcome`,
    title: { type: "plain_text", text: "Resync" },
    close: { type: "plain_text", text: "Close" },
    blocks: [section(sentence)],
  };
}
