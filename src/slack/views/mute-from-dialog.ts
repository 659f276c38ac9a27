import type { App, ViewSubmitAction } from "@slack/bolt";
import { admit } from "../admission.ts";
import { requestedSentence } from "../answer.ts";
import { mutedSentence } from "../blocks/mute.ts";
import type { SlackContext } from "../context.ts";
import type { Interactions } from "../interactions.ts";
import { answerDialog } from "./answer-dialog.ts";
import { type EnteredMute, enteredMute, MUTE_DATE, MUTE_DIALOG, type MuteMemory, muteMemorySchema } from "./mute-dialog.ts";

/** Answers the dialog of a mute: a date that can't be, or what came of it, in the same dialog. */
export function registerMuteDialog(app: App, interactions: Interactions): void {
  app.view<ViewSubmitAction>({ callback_id: MUTE_DIALOG, type: "view_submission" }, async (sent) => {
    const { body, view, ack } = sent;
    const context = await interactions.contextFor(body.user.id);
    const { t, clock } = context;
    const memory = muteMemorySchema.parse(JSON.parse(view.private_metadata));
    const entered = enteredMute(t, view.state.values, clock.now(), await context.people.timeZone(body.user.id));
    if ("problem" in entered) return ack({ response_action: "errors", errors: { [MUTE_DATE]: entered.problem } });
    await answerDialog(interactions, sent, {
      name: "mute",
      title: () => t.say("Mute {id}", { id: memory.errorId }),
      atWork: () => t.say("One moment: the error is being muted."),
      work: () => mute(context, memory, entered, body.user.id),
    });
  });
}

async function mute(
  context: SlackContext,
  { errorId, channel, messageTs }: MuteMemory,
  wish: Exclude<EnteredMute, { readonly problem: string }>,
  userId: string,
): Promise<string> {
  const { t, monitor } = context;
  const by = { userId, channel, messageTs };
  const { actor, refusal } = await admit({ action: "mute", target: errorId, role: "operator", by }, context);
  if (refusal !== null) return refusal.message.text;
  return requestedSentence(t, await monitor.mute(errorId, wish, actor), mutedSentence(t, errorId, wish.until));
}
