import type { App } from "@slack/bolt";
import { targetOf, whyOver } from "../actions/resync.ts";
import { admit } from "../admission.ts";
import { requestedSentence } from "../answer.ts";
import type { SlackContext } from "../context.ts";
import { explainSlackFailure } from "../failure.ts";
import type { Interactions } from "../interactions.ts";
import { registerAllocationDialog } from "./allocation-from-dialog.ts";
import { registerFixDialog } from "./fix-from-dialog.ts";
import { registerImportDialog } from "./import-from-dialog.ts";
import { registerMuteDialog } from "./mute-from-dialog.ts";
import { registerRecordsDialog } from "./records-from-dialog.ts";
import { RESYNC_DIALOG, resyncDialogOutcome, resyncDialogSchema } from "./resync-dialog.ts";
import { registerSubscriptionDialog } from "./subscription-from-dialog.ts";

/** Answers the dialogs; that of a large resync: first "at work", then what came of it, in the same dialog. */
export function registerViews(app: App, interactions: Interactions): void {
  registerImportDialog(app, interactions);
  registerFixDialog(app, interactions);
  registerRecordsDialog(app, interactions);
  registerMuteDialog(app, interactions);
  registerSubscriptionDialog(app, interactions);
  registerAllocationDialog(app, interactions);
  app.view({ callback_id: RESYNC_DIALOG, type: "view_submission" }, async ({ body, view, ack }) => {
    const showOutcome = async (sentence: string, { slack, logger, t }: SlackContext) => {
      try {
        await slack.views.update({ view_id: view.id, view: resyncDialogOutcome(t, sentence) });
      } catch (error) {
        // The dialog was closed meanwhile: the message of the resync says the rest.
        logger.info({ code: explainSlackFailure(error).code }, "The resync dialog is gone");
      }
    };
    await interactions.take({
      id: `${view.id}:${view.hash}`,
      name: "resync",
      userId: body.user.id,
      ack: ({ t }) =>
        ack({ response_action: "update", view: resyncDialogOutcome(t, t.say("One moment: the resync is being requested.")) }),
      work: async (context) => showOutcome(await requestFromDialog(view.private_metadata, body.user.id, context), context),
      apologise: (sorry, context) => showOutcome(context.t.render(sorry), context),
    });
  });
}

async function requestFromDialog(memory: string, userId: string, context: SlackContext): Promise<string> {
  const { connection, selection, at, channel, messageTs } = resyncDialogSchema.parse(JSON.parse(memory));
  const by = { userId, channel, messageTs };
  const { actor, refusal } = await admit({ action: "resync", target: targetOf(selection), role: "operator", by }, context);
  if (refusal !== null) return "message" in refusal ? refusal.message.text : context.t.say("You can't do this.");
  const over = await whyOver(context.t, selection, context.monitor);
  if (over !== null) return over;
  const requested = await context.monitor.requestResync(connection, selection, new Date(at), actor);
  return requestedSentence(context.t, requested, context.t.say("The resync has begun: one message shows its progress."));
}
