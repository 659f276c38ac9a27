import type { App } from "@slack/bolt";
import { UnreadableExportError } from "../../health/import/unreadable.ts";
import type { Language } from "../../language/language.ts";
import { admit } from "../admission.ts";
import { sentenceMessage } from "../answer.ts";
import type { Message } from "../blocks/message.ts";
import { crmText } from "../blocks/text.ts";
import type { SlackContext } from "../context.ts";
import type { Interactions } from "../interactions.ts";
import { changeDialog } from "../open-dialog.ts";
import { IMPORT_ACTION } from "../shortcuts/import-action.ts";
import { runImport } from "../shortcuts/run-import.ts";
import { IMPORT_DIALOG, importChoiceSchema, importMemorySchema } from "./import-dialog.ts";
import { noticeDialog } from "./notice-dialog.ts";

/** Answers the dialog of an import: first "at work", then what came of it, in the same dialog or, once that is closed, in a message. */
export function registerImportDialog(app: App, interactions: Interactions): void {
  app.view({ callback_id: IMPORT_DIALOG, type: "view_submission" }, async ({ body, view, ack }) => {
    const notice = (t: Language, sentence: string) => noticeDialog(t, t.say("Import sync errors"), sentence);
    const showInDialog = (message: Message, context: SlackContext) =>
      changeDialog(context, view.id, notice(context.t, message.text));
    const showOutcome = async (message: Message, context: SlackContext) => {
      if (await showInDialog(message, context)) return;
      await context.slack.chat.postMessage({ channel: body.user.id, text: message.text, blocks: [...message.blocks] });
    };
    await interactions.take({
      id: `${view.id}:${view.hash}`,
      name: IMPORT_ACTION,
      userId: body.user.id,
      ack: ({ t }) => ack({ response_action: "update", view: notice(t, t.say("One moment: I am reading the file.")) }),
      work: async (context) => {
        const announce = (message: Message) => showInDialog(message, context);
        await showOutcome(await importChosen(view.private_metadata, view.state.values, body.user.id, context, announce), context);
      },
      apologise: (sorry, context) => showOutcome(sentenceMessage(context.t.render(sorry)), context),
    });
  });
}

async function importChosen(
  memory: string,
  values: unknown,
  userId: string,
  context: SlackContext,
  tell: (message: Message) => Promise<unknown>,
): Promise<Message> {
  const by = { userId, ...importMemorySchema.parse(JSON.parse(memory)) };
  const choice = importChoiceSchema.parse(values);
  const fileId = choice.file.chosen.selected_option.value;
  const connection = choice.connection.chosen.selected_option.value;
  const { actor, refusal } = await admit({ action: IMPORT_ACTION, target: fileId, role: "operator", by }, context);
  if (refusal !== null) return refusal.message;
  // Only its id comes back from the dialog: its name and size are Slack's to tell.
  try {
    const file = await context.files.find(fileId);
    return await runImport(context, file, connection, actor, async (message) => void (await tell(message)));
  } catch (error) {
    if (error instanceof UnreadableExportError) return sentenceMessage(crmText(context.t.render(error.why), 1_500));
    throw error;
  }
}
