import type { App, BlockAction, StaticSelectAction, ViewSubmitAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { Language } from "../../language/language.ts";
import type { FixPreview, FixWish } from "../../monitor/monitor.ts";
import { admit } from "../admission.ts";
import { requestedSentence } from "../answer.ts";
import { crmText } from "../blocks/text.ts";
import type { SlackContext } from "../context.ts";
import type { Interactions } from "../interactions.ts";
import { changeDialog } from "../open-dialog.ts";
import { within } from "../wait.ts";
import { answerDialog } from "./answer-dialog.ts";
import {
  enteredIn,
  FIX_CONFIRMATION,
  FIX_DIALOG,
  FIX_RECORD,
  type FixPlace,
  fixConfirmation,
  fixConfirmationSchema,
  fixDialog,
  fixMemorySchema,
  fixNotice,
  fixTitle,
  valueBlockOf,
} from "./fix-dialog.ts";

/** Slack waits 3 seconds for the answer to a dialog: what takes longer is told in the dialog afterwards. */
const LOOK_MS = 2_000;

/** Answers the dialog of a fix: another record, a value that would fail again, the question before many, and what came of it. */
export function registerFixDialog(app: App, interactions: Interactions): void {
  app.action<BlockAction<StaticSelectAction>>(
    { type: "block_actions", action_id: FIX_RECORD },
    async ({ body, payload, ack }) => {
      const { view } = body;
      if (view === undefined) return ack();
      const { errorId, channel, messageTs } = fixMemorySchema.parse(JSON.parse(view.private_metadata));
      await ack();
      await interactions.take({
        id: body.trigger_id === undefined ? undefined : `${body.trigger_id}:${FIX_RECORD}`,
        name: "fix",
        userId: body.user.id,
        work: async (context) => {
          const form = await context.monitor.fixForm(errorId, payload.selected_option.value);
          await changeDialog(context, view.id, fixDialog(context.t, form, { channel, messageTs }));
        },
        apologise: async (sorry, context) =>
          void (await changeDialog(context, view.id, fixNotice(context.t, context.t.render(sorry)))),
      });
    },
  );

  app.view<ViewSubmitAction>({ callback_id: FIX_DIALOG, type: "view_submission" }, async (sent) => {
    const { body, view, ack } = sent;
    const { channel, messageTs, ...about } = fixMemorySchema.parse(JSON.parse(view.private_metadata));
    const wish: FixWish = { ...about, ...enteredIn(view.state.values) };
    const place = { channel, messageTs };
    const { t, monitor } = await interactions.contextFor(body.user.id);
    const looked = await within(LOOK_MS, lookAt(wish, monitor));
    if (looked !== null && "problem" in looked) {
      await ack({
        response_action: "errors",
        errors: { [valueBlockOf(wish.recordKey)]: plainSentence(t.render(looked.problem)) },
      });
      return;
    }
    const asked = looked === null ? null : viewFor(t, looked, wish, place);
    if (asked !== null) {
      await ack({ response_action: "update", view: asked });
      return;
    }
    await answerDialog(interactions, sent, {
      name: "fix",
      title: fixTitle,
      atWork: () => t.say("One moment: I am looking at the record."),
      async work(context) {
        const late = looked === null && wish.all ? viewFor(t, await monitor.checkFix(wish), wish, place) : null;
        return late ?? request(wish, { userId: body.user.id, ...place }, context);
      },
    });
  });

  app.view<ViewSubmitAction>({ callback_id: FIX_CONFIRMATION, type: "view_submission" }, (sent) => {
    const { channel, messageTs, ...wish } = fixConfirmationSchema.parse(JSON.parse(sent.view.private_metadata));
    return answerDialog(interactions, sent, {
      name: "fix",
      title: fixTitle,
      atWork: (t) => t.say("One moment: the fix is being requested."),
      work: (context) => request(wish, { userId: sent.body.user.id, channel, messageTs }, context),
    });
  });
}

/** What the dialog becomes before anything is requested: a question before many records, a sentence where there is nothing to do. */
function viewFor(t: Language, preview: FixPreview, wish: FixWish, place: FixPlace): ModalView | null {
  if ("why" in preview) return fixNotice(t, crmText(t.render(preview.why), 1_500));
  if ("problem" in preview) return fixNotice(t, crmText(t.render(preview.problem), 1_500));
  return preview.records > 1 ? fixConfirmation(t, preview, wish, place) : null;
}

async function request(wish: FixWish, by: { readonly userId: string } & FixPlace, context: SlackContext): Promise<string> {
  const { actor, refusal } = await admit({ action: "fix", target: wish.errorId, role: "operator", by }, context);
  if (refusal !== null) return refusal.message.text;
  const requested = await context.monitor.requestFix(wish, actor);
  return requestedSentence(context.t, requested, context.t.say("The fix has begun: one message shows its progress."));
}

/** Under an input Slack shows plain text. */
function plainSentence(sentence: string): string {
  return sentence.slice(0, 1_000);
}

/** What fails is tried again where its failure can be told. */
async function lookAt(wish: FixWish, monitor: SlackContext["monitor"]): Promise<FixPreview | null> {
  try {
    return await monitor.checkFix(wish);
  } catch {
    return null;
  }
}
