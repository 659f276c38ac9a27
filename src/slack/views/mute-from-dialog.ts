import type { App } from "@slack/bolt";
import { admit } from "../admission.ts";
import { mutedSentence } from "../blocks/mute.ts";
import { crmText } from "../blocks/text.ts";
import type { SlackContext } from "../context.ts";
import type { Interactions } from "../interactions.ts";
import { changeDialog } from "../open-dialog.ts";
import { type EnteredMute, enteredMute, MUTE_DATE, MUTE_DIALOG, type MuteMemory, muteMemorySchema } from "./mute-dialog.ts";
import { noticeDialog } from "./notice-dialog.ts";

/** Answers the dialog of a mute: a date that can't be, or what came of it, in the same dialog. */
export function registerMuteDialog(app: App, interactions: Interactions): void {
  app.view({ callback_id: MUTE_DIALOG, type: "view_submission" }, async ({ body, view, ack }) => {
    const context = await interactions.contextFor(body.user.id);
    const { t, clock } = context;
    const memory = muteMemorySchema.parse(JSON.parse(view.private_metadata));
    const entered = enteredMute(t, view.state.values, clock.now(), await context.people.timeZone(body.user.id));
    if ("problem" in entered) return ack({ response_action: "errors", errors: { [MUTE_DATE]: entered.problem } });
    const title = t.say("Mute {id}", { id: memory.errorId });
    const say = async (sentence: string) => void (await changeDialog(context, view.id, noticeDialog(t, title, sentence)));
    await interactions.take({
      id: `${view.id}:${view.hash}`,
      name: "mute",
      userId: body.user.id,
      ack: () => ack({ response_action: "update", view: noticeDialog(t, title, t.say("One moment: the error is being muted.")) }),
      work: async () => say(await mute(context, memory, entered, body.user.id)),
      apologise: (sorry) => say(t.render(sorry)),
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
  if (refusal !== null) return "message" in refusal ? refusal.message.text : t.say("You can't do this.");
  const answer = await monitor.mute(errorId, wish, actor);
  return answer.result === "declined" ? crmText(t.render(answer.why), 1_500) : mutedSentence(t, errorId, wish.until);
}
