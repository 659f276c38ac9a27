import type { App, BlockAction, StaticSelectAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { Language } from "../../language/language.ts";
import type { FixPreview, FixWish } from "../../monitor/monitor.ts";
import { admit } from "../admission.ts";
import { requestedSentence } from "../answer.ts";
import { crmText } from "../blocks/text.ts";
import type { SlackContext } from "../context.ts";
import { explainSlackFailure } from "../failure.ts";
import type { Interactions } from "../interactions.ts";
import {
  enteredIn,
  FIX_CONFIRMATION,
  FIX_DIALOG,
  FIX_RECORD,
  type FixPlace,
  fixConfirmation,
  fixConfirmationSchema,
  fixDialog,
  fixDialogOutcome,
  fixMemorySchema,
  valueBlockOf,
} from "./fix-dialog.ts";

/** Slack waits 3 seconds for the answer to a dialog: what takes longer is told in the dialog afterwards. */
const LOOK_MS = 2_000;

/** Answers the dialog of a fix: another record, a value that would fail again, the question before many, and what came of it. */
export function registerFixDialog(app: App, interactions: Interactions): void {
  async function show(viewId: string, view: ModalView, { slack, logger }: SlackContext): Promise<void> {
    try {
      await slack.views.update({ view_id: viewId, view });
    } catch (error) {
      // The dialog was closed meanwhile: the message of the fix says the rest.
      logger.info({ code: explainSlackFailure(error).code }, "The fix dialog is gone");
    }
  }
  async function showSentence(viewId: string, sentence: string, context: SlackContext): Promise<void> {
    await show(viewId, fixDialogOutcome(context.t, sentence), context);
  }

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
          await show(view.id, fixDialog(context.t, form, { channel, messageTs }), context);
        },
        apologise: (sorry, context) => showSentence(view.id, context.t.render(sorry), context),
      });
    },
  );

  app.view({ callback_id: FIX_DIALOG, type: "view_submission" }, async ({ body, view, ack }) => {
    const { channel, messageTs, ...about } = fixMemorySchema.parse(JSON.parse(view.private_metadata));
    const wish: FixWish = { ...about, ...enteredIn(view.state.values) };
    const place = { channel, messageTs };
    const { t, monitor } = await interactions.contextFor(body.user.id);
    const looked = await soonEnough(monitor.checkFix(wish));
    if (looked !== null && "problem" in looked) {
      await ack({
        response_action: "errors",
        errors: { [valueBlockOf(wish.recordKey)]: plainSentence(t.render(looked.problem)) },
      });
      return;
    }
    const asked = looked === null ? null : viewFor(t, looked, wish, place);
    await interactions.take({
      id: `${view.id}:${view.hash}`,
      name: "fix",
      userId: body.user.id,
      ack: () =>
        ack({
          response_action: "update",
          view: asked ?? fixDialogOutcome(t, t.say("One moment: I am looking at the record.")),
        }),
      work: async (context) => {
        if (asked !== null) return;
        const late = looked === null && wish.all ? viewFor(t, await monitor.checkFix(wish), wish, place) : null;
        const outcome = late ?? fixDialogOutcome(t, await request(wish, { userId: body.user.id, ...place }, context));
        await show(view.id, outcome, context);
      },
      apologise: (sorry, context) => showSentence(view.id, t.render(sorry), context),
    });
  });

  app.view({ callback_id: FIX_CONFIRMATION, type: "view_submission" }, async ({ body, view, ack }) => {
    const { channel, messageTs, ...wish } = fixConfirmationSchema.parse(JSON.parse(view.private_metadata));
    await interactions.take({
      id: `${view.id}:${view.hash}`,
      name: "fix",
      userId: body.user.id,
      ack: ({ t }) =>
        ack({ response_action: "update", view: fixDialogOutcome(t, t.say("One moment: the fix is being requested.")) }),
      work: async (context) => {
        const outcome = await request(wish, { userId: body.user.id, channel, messageTs }, context);
        await showSentence(view.id, outcome, context);
      },
      apologise: (sorry, context) => showSentence(view.id, context.t.render(sorry), context),
    });
  });
}

/** What the dialog becomes before anything is requested: a question before many records, a sentence where there is nothing to do. */
function viewFor(t: Language, preview: FixPreview, wish: FixWish, place: FixPlace): ModalView | null {
  if ("why" in preview) return fixDialogOutcome(t, crmText(t.render(preview.why), 1_500));
  if ("problem" in preview) return fixDialogOutcome(t, crmText(t.render(preview.problem), 1_500));
  return preview.records > 1 ? fixConfirmation(t, preview, wish, place) : null;
}

async function request(wish: FixWish, by: { readonly userId: string } & FixPlace, context: SlackContext): Promise<string> {
  const { actor, refusal } = await admit({ action: "fix", target: wish.errorId, role: "operator", by }, context);
  if (refusal !== null) return "message" in refusal ? refusal.message.text : context.t.say("You can't do this.");
  const requested = await context.monitor.requestFix(wish, actor);
  return requestedSentence(context.t, requested, context.t.say("The fix has begun: one message shows its progress."));
}

/** Under an input Slack shows plain text. */
function plainSentence(sentence: string): string {
  return sentence.slice(0, 1_000);
}

async function soonEnough<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), LOOK_MS);
  });
  try {
    // What fails is tried again where its failure can be told.
    return await Promise.race([work.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
