import type { App, ViewSubmitAction } from "@slack/bolt";
import { admit } from "../admission.ts";
import { allocationSet } from "../blocks/allocation.ts";
import { crmText } from "../blocks/text.ts";
import { readCalls } from "../commands/allocation.ts";
import type { SlackContext } from "../context.ts";
import type { Interactions } from "../interactions.ts";
import { ALLOCATION_CALLS, ALLOCATION_DIALOG, allocationAnswerSchema, allocationMemorySchema } from "./allocation-dialog.ts";
import { answerDialog } from "./answer-dialog.ts";

/** Answers the dialog of HubSpot's allocation: a number that can't be, or what came of it, in the same dialog. */
export function registerAllocationDialog(app: App, interactions: Interactions): void {
  app.view<ViewSubmitAction>({ callback_id: ALLOCATION_DIALOG, type: "view_submission" }, async (sent) => {
    const { body, view, ack } = sent;
    const { t } = await interactions.contextFor(body.user.id);
    const memory = allocationMemorySchema.parse(JSON.parse(view.private_metadata));
    const answer = allocationAnswerSchema.parse(view.state.values);
    const calls = readCalls(answer[ALLOCATION_CALLS].entered.value);
    if (calls === null) {
      const problem = t.say("Enter a whole number of calls a day, for example 50000.");
      return ack({ response_action: "errors", errors: { [ALLOCATION_CALLS]: problem } });
    }
    await answerDialog(interactions, sent, {
      name: "allocation",
      title: () => t.say("HubSpot's allocation"),
      atWork: () => t.say("One moment: the number is being noted."),
      work: (context) => set(context, memory, calls, body.user.id),
    });
  });
}

async function set(
  context: SlackContext,
  { connection, channel, messageTs }: ReturnType<typeof allocationMemorySchema.parse>,
  calls: number,
  userId: string,
): Promise<string> {
  const { t, monitor } = context;
  const by = { userId, channel, messageTs };
  const attempt = { action: "allocation", target: `${connection}: ${calls}`, role: "admin", by } as const;
  const { actor, refusal } = await admit(attempt, context);
  if (refusal !== null) return refusal.message.text;
  const answer = await monitor.setAllocation(connection, calls, actor);
  if (answer.result === "declined") return crmText(t.render(answer.why), 1_500);
  const report = await monitor.allocation(connection);
  return report === null ? t.say("This connection is no longer set up.") : allocationSet(t, report).text;
}
