import type { App, BlockAction, ButtonAction, ViewSubmitAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { Language } from "../../language/language.ts";
import { selectedTarget } from "../../monitor/actions/targets.ts";
import { admit } from "../admission.ts";
import { HISTORY_SHOWN, RECORDS_PER_PAGE } from "../blocks/error-details.ts";
import { crmText } from "../blocks/text.ts";
import type { SlackContext } from "../context.ts";
import type { Interactions } from "../interactions.ts";
import { changeDialog } from "../open-dialog.ts";
import { answerDialog } from "./answer-dialog.ts";
import { noticeDialog } from "./notice-dialog.ts";
import {
  RECORD_TICK,
  RECORDS_DIALOG,
  RECORDS_TURN,
  type RecordsMemory,
  recordsDialog,
  recordsMemorySchema,
  recordsTurnSchema,
  tickedIn,
} from "./records-dialog.ts";
import { resyncDialog } from "./resync-dialog.ts";

/** Answers the dialog of an error's records: pages, what is ticked on them, and the preview of a resync of it. */
export function registerRecordsDialog(app: App, interactions: Interactions): void {
  // Read from the state of the dialog when the page is turned or all of it is sent: here there is nothing to do but to say so.
  app.action({ type: "block_actions", action_id: RECORD_TICK }, async ({ ack }) => ack());

  app.action<BlockAction<ButtonAction>>(
    { type: "block_actions", action_id: new RegExp(`^${RECORDS_TURN}:[a-z]+$`) },
    async ({ body, payload, ack }) => {
      const { view } = body;
      await ack();
      if (view === undefined) return;
      await interactions.take({
        id: body.trigger_id === undefined ? undefined : `${body.trigger_id}:${payload.action_id}`,
        name: "records",
        userId: body.user.id,
        work: async (context) => {
          const memory = recordsMemorySchema.parse(JSON.parse(view.private_metadata));
          const turn = recordsTurnSchema.parse(JSON.parse(payload.value ?? ""));
          const ticked = "tick" in turn ? turn.tick : tickedIn(view.state.values);
          await context.monitor.chooseRecords(view.id, memory.errorId, ticked);
          const offset = "to" in turn ? turn.to : memory.offset;
          const next = await recordsPage(context, view.id, { ...memory, offset, shown: memory.shown + 1 });
          await changeDialog(context, view.id, next);
        },
        apologise: async (sorry, context) =>
          void (await changeDialog(context, view.id, noticeDialog(context.t, resyncTitle(context.t), context.t.render(sorry)))),
      });
    },
  );

  app.view<ViewSubmitAction>({ callback_id: RECORDS_DIALOG, type: "view_submission" }, (sent) =>
    answerDialog(interactions, sent, {
      name: "resync",
      title: resyncTitle,
      atWork: (t) => t.say("One moment: I am counting what is selected."),
      async work(context) {
        const { body, view } = sent;
        const memory = recordsMemorySchema.parse(JSON.parse(view.private_metadata));
        await context.monitor.chooseRecords(view.id, memory.errorId, tickedIn(view.state.values));
        return previewOf(context, view.id, memory, body.user.id);
      },
    }),
  );
}

function resyncTitle(t: Language): string {
  return t.say("Resync selected");
}

/** The dialog with one page, as the error stands now. `choiceId` is the dialog's id; null where it isn't open yet. */
export async function recordsPage(
  { monitor, t }: Pick<SlackContext, "monitor" | "t">,
  choiceId: string | null,
  memory: RecordsMemory,
  sentence: string | null = null,
): Promise<ModalView> {
  const { errorId } = memory;
  const error = await monitor.error(errorId);
  if (error === null) {
    const gone = t.say("This error is no longer stored: it was resolved some time ago.");
    return noticeDialog(t, t.say("Error {id}", { id: errorId }), gone);
  }
  const page = await monitor.affectedRecords(errorId, memory.offset, RECORDS_PER_PAGE);
  const isBehind = page.items.length === 0 && memory.offset > 0;
  const records = isBehind ? await monitor.affectedRecords(errorId, 0, RECORDS_PER_PAGE) : page;
  const [history, choice] = await Promise.all([
    monitor.errorHistory(errorId, HISTORY_SHOWN),
    choiceId === null ? { records: 0, isTicked: () => false } : monitor.recordChoice(choiceId, errorId),
  ]);
  return recordsDialog(t, { error, history, records, choice }, { ...memory, offset: records.offset }, sentence);
}

/** What the dialog becomes once it is sent: the question before a resync, or what speaks against it. */
async function previewOf(
  context: SlackContext,
  choiceId: string,
  memory: RecordsMemory,
  userId: string,
): Promise<string | ModalView> {
  const { t, monitor } = context;
  const { errorId, channel, messageTs } = memory;
  const by = { userId, channel, messageTs };
  const { refusal } = await admit({ action: "resync", target: selectedTarget(errorId), role: "operator", by }, context);
  if (refusal !== null) return refusal.message.text;
  const { records } = await monitor.recordChoice(choiceId, errorId);
  const error = await monitor.error(errorId);
  if (error === null) return recordsPage(context, choiceId, memory);
  if (records === 0 && error.resolvedAt === null) {
    const hint = t.say("*Nothing is selected.* Tick the records to resync, or press *Select all*.");
    return recordsPage(context, choiceId, { ...memory, shown: memory.shown + 1 }, hint);
  }
  const selection = { kind: "chosen", errorId, choiceId } as const;
  const preview = await monitor.previewResync(error.connection, selection);
  if ("why" in preview) return crmText(t.render(preview.why), 1_500);
  const { connection } = error;
  return resyncDialog(t, preview, { connection, selection, at: preview.at.toISOString(), channel, messageTs });
}
