import type { App, BlockAction, ButtonAction, RespondFn } from "@slack/bolt";
import { admit } from "../admission.ts";
import { type Answer, reply, tell } from "../answer.ts";
import type { Message } from "../blocks/message.ts";
import type { SlackContext } from "../context.ts";
import type { Interactions } from "../interactions.ts";
import { openDialog } from "../open-dialog.ts";
import { withProgress } from "../progress.ts";
import { noticeDialog } from "../views/notice-dialog.ts";
import { acknowledgeAction } from "./acknowledge.ts";
import { type Action, inPlace } from "./action.ts";
import { allocationAction } from "./allocation.ts";
import { auditAction } from "./audit.ts";
import { backlogAction } from "./backlog.ts";
import { cancelAuditAction } from "./cancel-audit.ts";
import { cancelClearAction } from "./cancel-clear.ts";
import { cancelFixAction } from "./cancel-fix.ts";
import { cancelResyncAction } from "./cancel-resync.ts";
import { changeSubscriptionAction } from "./change-subscription.ts";
import { checkAction } from "./check.ts";
import { clearAction } from "./clear.ts";
import { confirmAuditAction } from "./confirm-audit.ts";
import { confirmResyncAction } from "./confirm-resync.ts";
import { detailsAction } from "./details.ts";
import { dismissAction } from "./dismiss.ts";
import { errorsAction } from "./errors.ts";
import { exportAction } from "./export.ts";
import { fixAction } from "./fix.ts";
import { hubspotListAction } from "./hubspot-list.ts";
import { logAction } from "./log.ts";
import { logCsvAction } from "./log-csv.ts";
import { muteAction } from "./mute.ts";
import { ownerMessagesAction } from "./owner-messages.ts";
import { recordsAction } from "./records.ts";
import { refreshAction } from "./refresh.ts";
import { removeSubscriptionAction } from "./remove-subscription.ts";
import { resyncAction } from "./resync.ts";
import { setAllocationAction } from "./set-allocation.ts";
import { shareAction } from "./share.ts";
import { undoAction } from "./undo.ts";
import { unmuteAction } from "./unmute.ts";
import { ACTION_VALUES, type ActionValues, type ActionVerb } from "./values.ts";

/** Answers clicks on every button that the bot shows. */
export function registerActions(app: App, interactions: Interactions): void {
  register(app, interactions, acknowledgeAction);
  register(app, interactions, backlogAction);
  register(app, interactions, clearAction);
  register(app, interactions, cancelClearAction);
  register(app, interactions, errorsAction);
  register(app, interactions, detailsAction);
  register(app, interactions, recordsAction);
  register(app, interactions, resyncAction);
  register(app, interactions, confirmResyncAction);
  register(app, interactions, cancelResyncAction);
  register(app, interactions, auditAction);
  register(app, interactions, confirmAuditAction);
  register(app, interactions, cancelAuditAction);
  register(app, interactions, checkAction);
  register(app, interactions, dismissAction);
  register(app, interactions, allocationAction);
  register(app, interactions, setAllocationAction);
  register(app, interactions, refreshAction);
  register(app, interactions, shareAction);
  register(app, interactions, logAction);
  register(app, interactions, logCsvAction);
  register(app, interactions, hubspotListAction);
  register(app, interactions, muteAction);
  register(app, interactions, unmuteAction);
  register(app, interactions, exportAction);
  register(app, interactions, fixAction);
  register(app, interactions, cancelFixAction);
  register(app, interactions, undoAction);
  register(app, interactions, changeSubscriptionAction);
  register(app, interactions, ownerMessagesAction);
  register(app, interactions, removeSubscriptionAction);
  // Slack tells of clicks on links too, and shows a warning where nobody acknowledges them.
  app.action(/^syncwarden:open-/, async ({ ack }) => ack());
}

function register<Verb extends ActionVerb>(app: App, interactions: Interactions, action: Action<Verb>): void {
  const actionId = new RegExp(`^syncwarden:${action.verb}(?::[a-z]+)?$`);
  app.action<BlockAction<ButtonAction>>(
    { type: "block_actions", action_id: actionId },
    async ({ body, payload, ack, respond }) => {
      await ack();
      await interactions.take({
        id: body.trigger_id === undefined ? undefined : `${body.trigger_id}:${payload.action_id}`,
        name: action.name,
        userId: body.user.id,
        work: async (context) => {
          const isEphemeral = body.container?.is_ephemeral === true;
          const announce = (progress: Message) => give(inPlace({ isEphemeral }, progress), body, respond, context);
          const answer = await answerClick(action, body, payload.value, context, announce);
          if (answer !== null) await give(answer, body, respond, context);
        },
        apologise: (sorry, context) => give(tell(context.t.render(sorry)), body, respond, context),
      });
    },
  );
}

/** Checks the value, then the right, then does what the button says; the action itself checks whether its matter still stands. */
async function answerClick<Verb extends ActionVerb>(
  action: Action<Verb>,
  body: BlockAction<ButtonAction>,
  sent: string | undefined,
  context: SlackContext,
  announce: (progress: Message) => Promise<void>,
): Promise<Answer | null> {
  const value = readValue(action.verb, sent);
  if (value === null) {
    return tell(context.t.say("This button is from an older version of me. `/sync status` shows what is current."));
  }
  const isEphemeral = body.container?.is_ephemeral === true;
  const by = {
    userId: body.user.id,
    channel: body.channel?.id ?? null,
    messageTs: isEphemeral ? null : (body.message?.ts ?? null),
  };
  const { actor, refusal } = await admit({ action: action.name, target: action.target(value), role: action.role, by }, context);
  if (refusal !== null) return refusal;
  const click = { value, actor, isEphemeral, triggerId: body.trigger_id, isInDialog: isInDialog(body) };
  return withProgress(action.run(click, context), action.progress?.(value, context.t) ?? null, announce);
}

function readValue<Verb extends ActionVerb>(verb: Verb, sent: string | undefined): ActionValues[Verb] | null {
  try {
    const checked = ACTION_VALUES[verb].safeParse(JSON.parse(sent ?? ""));
    return checked.success ? (checked.data as ActionValues[Verb]) : null;
  } catch {
    return null;
  }
}

function isInDialog(body: BlockAction): boolean {
  return body.view?.type === "modal";
}

/**
 * By the response_url. A dialog has none: there the answer is another dialog on top of it. App Home has none either: the answer
 * comes as a direct message from the app, as it does where the dialog is closed by then.
 */
async function give(answer: Answer, body: BlockAction, respond: RespondFn | undefined, context: SlackContext): Promise<void> {
  const { slack, logger } = context;
  if (body.response_url !== undefined && respond !== undefined) return reply(respond, answer, logger);
  if (answer.to === "nobody") return;
  if (isInDialog(body)) {
    const notice = noticeDialog(context.t, "Syncwarden", answer.message.text);
    if ((await openDialog(context, { triggerId: body.trigger_id, isInDialog: true }, notice)) !== null) return;
  }
  await slack.chat.postMessage({ channel: body.user.id, text: answer.message.text, blocks: [...answer.message.blocks] });
}
