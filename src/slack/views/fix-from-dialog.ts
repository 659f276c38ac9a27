import type { App, BlockAction, StaticSelectAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
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
const AT_WORK = "One moment: I am looking at the record.";
const BEGUN = "The fix has begun: one message shows its progress.";

/** Answers the dialog of a fix: another record, a value that would fail again, the question before many, and what came of it. */
export function registerFixDialog(app: App, context: SlackContext, interactions: Interactions): void {
  async function show(viewId: string, view: ModalView): Promise<void> {
    try {
      await context.slack.views.update({ view_id: viewId, view });
    } catch (error) {
      // The dialog was closed meanwhile: the message of the fix says the rest.
      context.logger.info({ code: explainSlackFailure(error).code }, "The fix dialog is gone");
    }
  }
  const showSentence = (viewId: string) => (sentence: string) => show(viewId, fixDialogOutcome(sentence));

  app.action<BlockAction<StaticSelectAction>>(
    { type: "block_actions", action_id: FIX_RECORD },
    async ({ body, payload, ack }) => {
      const { view } = body;
      if (view === undefined) return ack();
      const { errorId, channel, messageTs } = fixMemorySchema.parse(JSON.parse(view.private_metadata));
      await interactions.take({
        id: body.trigger_id === undefined ? undefined : `${body.trigger_id}:${FIX_RECORD}`,
        name: "fix",
        ack: () => ack(),
        work: async () => {
          const form = await context.monitor.fixForm(errorId, payload.selected_option.value);
          await show(view.id, fixDialog(form, { channel, messageTs }));
        },
        apologise: showSentence(view.id),
      });
    },
  );

  app.view({ callback_id: FIX_DIALOG, type: "view_submission" }, async ({ body, view, ack }) => {
    const { channel, messageTs, ...about } = fixMemorySchema.parse(JSON.parse(view.private_metadata));
    const wish: FixWish = { ...about, ...enteredIn(view.state.values) };
    const place = { channel, messageTs };
    const looked = await soonEnough(context.monitor.checkFix(wish));
    if (looked !== null && "problem" in looked) {
      await ack({ response_action: "errors", errors: { [valueBlockOf(wish.recordKey)]: plainSentence(looked.problem) } });
      return;
    }
    const asked = looked === null ? null : viewFor(looked, wish, place);
    await interactions.take({
      id: `${view.id}:${view.hash}`,
      name: "fix",
      ack: () => ack({ response_action: "update", view: asked ?? fixDialogOutcome(AT_WORK) }),
      work: async () => {
        if (asked !== null) return;
        const late = looked === null && wish.all ? viewFor(await context.monitor.checkFix(wish), wish, place) : null;
        await show(view.id, late ?? fixDialogOutcome(await request(wish, { userId: body.user.id, ...place }, context)));
      },
      apologise: showSentence(view.id),
    });
  });

  app.view({ callback_id: FIX_CONFIRMATION, type: "view_submission" }, async ({ body, view, ack }) => {
    const { channel, messageTs, ...wish } = fixConfirmationSchema.parse(JSON.parse(view.private_metadata));
    await interactions.take({
      id: `${view.id}:${view.hash}`,
      name: "fix",
      ack: () => ack({ response_action: "update", view: fixDialogOutcome("One moment: the fix is being requested.") }),
      work: async () => showSentence(view.id)(await request(wish, { userId: body.user.id, channel, messageTs }, context)),
      apologise: showSentence(view.id),
    });
  });
}

/** What the dialog becomes before anything is requested: a question before many records, a sentence where there is nothing to do. */
function viewFor(preview: FixPreview, wish: FixWish, place: FixPlace): ModalView | null {
  if ("why" in preview) return fixDialogOutcome(crmText(preview.why, 1_500));
  if ("problem" in preview) return fixDialogOutcome(crmText(preview.problem, 1_500));
  return preview.records > 1 ? fixConfirmation(preview, wish, place) : null;
}

async function request(wish: FixWish, by: { readonly userId: string } & FixPlace, context: SlackContext): Promise<string> {
  const { actor, refusal } = await admit({ action: "fix", target: wish.errorId, role: "operator", by }, context);
  if (refusal !== null) return "message" in refusal ? refusal.message.text : "You can't do this.";
  return requestedSentence(await context.monitor.requestFix(wish, actor), BEGUN);
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
