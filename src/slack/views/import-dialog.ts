import type { InputBlock, ModalView } from "@slack/types";
import { z } from "zod";
import type { Language } from "../../language/language.ts";
import { LIMITS } from "../blocks/limits.ts";
import type { SlackFile } from "../files.ts";
import { dialog, plainText } from "./dialog.ts";

export const IMPORT_DIALOG = "syncwarden:import-dialog";

/** What the dialog remembers between its question and its answer. */
export const importMemorySchema = z.strictObject({
  channel: z.string().max(100).nullable(),
  messageTs: z.string().max(100).nullable(),
});
export type ImportMemory = z.infer<typeof importMemorySchema>;

const chosen = z.object({ chosen: z.object({ selected_option: z.object({ value: z.string().min(1).max(200) }) }) });
/** What was chosen in it. */
export const importChoiceSchema = z.object({ file: chosen, connection: chosen });

/** Asks which of several files, and which connection it is of. */
export function importDialog(
  t: Language,
  files: readonly SlackFile[],
  connections: readonly string[],
  memory: ImportMemory,
): ModalView {
  const fileOptions = files.map(({ id, name }) => ({ value: id, label: name?.trim() || id }));
  const connectionOptions = connections.map((name) => ({ value: name, label: name }));
  return dialog(t, {
    id: IMPORT_DIALOG,
    memory,
    title: t.say("Import sync errors"),
    submit: t.say("Import"),
    blocks: [
      choice("file", t.say("File"), fileOptions),
      choice("connection", t.say("Connection that it is of"), connectionOptions),
    ],
  });
}

function choice(blockId: string, label: string, from: readonly { readonly value: string; readonly label: string }[]): InputBlock {
  const options = from.slice(0, LIMITS.selectOptions).map((one) => ({
    value: one.value,
    text: plainText(one.label, LIMITS.optionText),
  }));
  const [first] = options;
  return {
    type: "input",
    block_id: blockId,
    label: { type: "plain_text", text: label },
    element: {
      type: "static_select",
      action_id: "chosen",
      options,
      ...(options.length === 1 && first !== undefined ? { initial_option: first } : {}),
    },
  };
}
