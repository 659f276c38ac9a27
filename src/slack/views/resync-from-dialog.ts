import type { App, ViewSubmitAction } from "@slack/bolt";
import { targetOf, whyOver } from "../actions/resync.ts";
import { admit } from "../admission.ts";
import { requestedSentence } from "../answer.ts";
import type { SlackContext } from "../context.ts";
import type { Interactions } from "../interactions.ts";
import { answerDialog } from "./answer-dialog.ts";
import { RESYNC_DIALOG, resyncDialogSchema } from "./resync-dialog.ts";

/** Answers the dialog of a large resync. */
export function registerResyncDialog(app: App, interactions: Interactions): void {
  app.view<ViewSubmitAction>({ callback_id: RESYNC_DIALOG, type: "view_submission" }, (sent) =>
    answerDialog(interactions, sent, {
      name: "resync",
      title: (t) => t.say("Resync"),
      atWork: (t) => t.say("One moment: the resync is being requested."),
      work: (context) => request(sent.view.private_metadata, sent.body.user.id, context),
    }),
  );
}

async function request(memory: string, userId: string, context: SlackContext): Promise<string> {
  const { connection, selection, at, channel, messageTs } = resyncDialogSchema.parse(JSON.parse(memory));
  const by = { userId, channel, messageTs };
  const { actor, refusal } = await admit({ action: "resync", target: targetOf(selection), role: "operator", by }, context);
  if (refusal !== null) return refusal.message.text;
  const over = await whyOver(context.t, selection, context.monitor);
  if (over !== null) return over;
  const requested = await context.monitor.requestResync(connection, selection, new Date(at), actor);
  return requestedSentence(context.t, requested, context.t.say("The resync has begun: one message shows its progress."));
}
