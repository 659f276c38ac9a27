import type { App, BlockAction, ButtonAction, RespondFn } from "@slack/bolt";
import { admit } from "../admission.ts";
import { type Answer, reply, say } from "../answer.ts";
import type { Message } from "../blocks/message.ts";
import type { SlackContext } from "../context.ts";
import type { Interactions } from "../interactions.ts";
import { withProgress } from "../progress.ts";
import { acknowledgeAction } from "./acknowledge.ts";
import { type Action, inPlace } from "./action.ts";
import { auditAction } from "./audit.ts";
import { backlogAction } from "./backlog.ts";
import { cancelAuditAction } from "./cancel-audit.ts";
import { cancelClearAction } from "./cancel-clear.ts";
import { cancelFixAction } from "./cancel-fix.ts";
import { cancelResyncAction } from "./cancel-resync.ts";
import { checkAction } from "./check.ts";
import { clearAction } from "./clear.ts";
import { confirmAuditAction } from "./confirm-audit.ts";
import { confirmResyncAction } from "./confirm-resync.ts";
import { detailsAction } from "./details.ts";
import { dismissAction } from "./dismiss.ts";
import { errorsAction } from "./errors.ts";
import { exportAction } from "./export.ts";
import { fixAction } from "./fix.ts";
import { logAction } from "./log.ts";
import { logCsvAction } from "./log-csv.ts";
import { refreshAction } from "./refresh.ts";
import { resyncAction } from "./resync.ts";
import { shareAction } from "./share.ts";
import { undoAction } from "./undo.ts";
import { ACTION_VALUES, type ActionValues, type ActionVerb } from "./values.ts";

/** Answers clicks on every button that the bot shows. */
export function registerActions(app: App, context: SlackContext, interactions: Interactions): void {
  register(app, context, interactions, acknowledgeAction);
  register(app, context, interactions, backlogAction);
  register(app, context, interactions, clearAction);
  register(app, context, interactions, cancelClearAction);
  register(app, context, interactions, errorsAction);
  register(app, context, interactions, detailsAction);
  register(app, context, interactions, resyncAction);
  register(app, context, interactions, confirmResyncAction);
  register(app, context, interactions, cancelResyncAction);
  register(app, context, interactions, auditAction);
  register(app, context, interactions, confirmAuditAction);
  register(app, context, interactions, cancelAuditAction);
  register(app, context, interactions, checkAction);
  register(app, context, interactions, dismissAction);
  register(app, context, interactions, refreshAction);
  register(app, context, interactions, shareAction);
  register(app, context, interactions, logAction);
  register(app, context, interactions, logCsvAction);
  register(app, context, interactions, exportAction);
  register(app, context, interactions, fixAction);
  register(app, context, interactions, cancelFixAction);
  register(app, context, interactions, undoAction);
  // Slack tells of clicks on links too, and shows a warning where nobody acknowledges them.
  app.action(/^syncwarden:open-/, async ({ ack }) => ack());
}

function register<Verb extends ActionVerb>(
  app: App,
  context: SlackContext,
  interactions: Interactions,
  action: Action<Verb>,
): void {
  const actionId = new RegExp(`^syncwarden:${action.verb}(?::[a-z]+)?$`);
  app.action<BlockAction<ButtonAction>>(
    { type: "block_actions", action_id: actionId },
    async ({ body, payload, ack, respond }) => {
      const answerWith = async (answer: Answer) => give(answer, body, respond, context);
      await interactions.take({
        id: body.trigger_id === undefined ? undefined : `${body.trigger_id}:${payload.action_id}`,
        name: action.name,
        ack: () => ack(),
        work: async () => {
          const isEphemeral = body.container?.is_ephemeral === true;
          const tell = (progress: Message) => answerWith(inPlace({ isEphemeral }, progress));
          const answer = await answerClick(action, body, payload.value, context, tell);
          if (answer !== null) await answerWith(answer);
        },
        apologise: async (sentence) => answerWith(say(sentence)),
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
  tell: (progress: Message) => Promise<void>,
): Promise<Answer | null> {
  const value = readValue(action.verb, sent);
  if (value === null) return say("This button is from an older version of me. `/sync status` shows what is current.");
  const isEphemeral = body.container?.is_ephemeral === true;
  const by = {
    userId: body.user.id,
    channel: body.channel?.id ?? null,
    messageTs: isEphemeral ? null : (body.message?.ts ?? null),
  };
  const { actor, refusal } = await admit({ action: action.name, target: action.target(value), role: action.role, by }, context);
  if (refusal !== null) return refusal;
  const click = { value, actor, isEphemeral, triggerId: body.trigger_id };
  return withProgress(action.run(click, context), action.progress?.(value) ?? null, tell);
}

function readValue<Verb extends ActionVerb>(verb: Verb, sent: string | undefined): ActionValues[Verb] | null {
  try {
    const checked = ACTION_VALUES[verb].safeParse(JSON.parse(sent ?? ""));
    return checked.success ? (checked.data as ActionValues[Verb]) : null;
  } catch {
    return null;
  }
}

/** By the response_url; App Home has none, so there the answer comes as a direct message from the app. */
async function give(
  answer: Answer,
  body: BlockAction,
  respond: RespondFn | undefined,
  { slack, logger }: SlackContext,
): Promise<void> {
  if (body.response_url !== undefined && respond !== undefined) return reply(respond, answer, logger);
  if (answer.to === "nobody") return;
  await slack.chat.postMessage({ channel: body.user.id, text: answer.message.text, blocks: [...answer.message.blocks] });
}
