import type { App } from "@slack/bolt";
import type { SubscriptionSettings } from "../../config/config.ts";
import type { Language } from "../../language/language.ts";
import { requestedSentence } from "../answer.ts";
import { subscriptionText } from "../blocks/subscriptions.ts";
import { whyChannelCannotHear } from "../commands/subscribe.ts";
import type { SlackContext } from "../context.ts";
import { explainSlackFailure } from "../failure.ts";
import type { Interactions } from "../interactions.ts";
import { admitToSubscription } from "../subscription-rights.ts";
import { FIELDS, SUBSCRIPTION_DIALOG, subscriptionDialogOutcome, subscriptionMemorySchema } from "./subscription-dialog.ts";
import { enteredSettings, type FormMistakes } from "./subscription-form.ts";

/** Takes the settings of a subscription: mistakes stand under their inputs, what came of it in the dialog. */
export function registerSubscriptionDialog(app: App, interactions: Interactions): void {
  app.view({ callback_id: SUBSCRIPTION_DIALOG, type: "view_submission" }, async ({ body, view, ack }) => {
    const { subscriptionId, channel, messageTs } = subscriptionMemorySchema.parse(JSON.parse(view.private_metadata));
    const settings = enteredSettings(view.state.values);
    if ("mistakes" in settings) {
      const { t } = await interactions.contextFor(body.user.id);
      await ack({ response_action: "errors", errors: shown(t, settings.mistakes) });
      return;
    }
    const showOutcome = async (outcome: string, { slack, logger, t }: SlackContext) => {
      try {
        await slack.views.update({ view_id: view.id, view: subscriptionDialogOutcome(t, outcome) });
      } catch (error) {
        // The dialog was closed meanwhile: `/sync subscriptions` says the rest.
        logger.info({ code: explainSlackFailure(error).code }, "The subscription dialog is gone");
      }
    };
    await interactions.take({
      id: `${view.id}:${view.hash}`,
      name: "change subscription",
      userId: body.user.id,
      ack: ({ t }) =>
        ack({
          response_action: "update",
          view: subscriptionDialogOutcome(t, t.say("One moment: the settings are being saved.")),
        }),
      work: async (context) =>
        showOutcome(await change(subscriptionId, settings, { userId: body.user.id, channel, messageTs }, context), context),
      apologise: (sorry, context) => showOutcome(context.t.render(sorry), context),
    });
  });
}

/** Under an input Slack shows plain text. */
function shown(t: Language, mistakes: FormMistakes): Record<string, string> {
  const fields = Object.values(FIELDS);
  return Object.fromEntries(
    fields.flatMap((field) => {
      const mistake = mistakes[field];
      return mistake === undefined ? [] : [[field, t.render(mistake)]];
    }),
  );
}

async function change(
  subscriptionId: string,
  settings: SubscriptionSettings,
  by: { readonly userId: string; readonly channel: string | null; readonly messageTs: string | null },
  context: SlackContext,
): Promise<string> {
  const { monitor, t } = context;
  const subscription = await monitor.subscription(subscriptionId);
  if (subscription === null) return t.say("This subscription is no longer there. `/sync subscriptions` lists those that are.");
  const { actor, refusal } = await admitToSubscription(subscription, "change subscription", by, context);
  if (refusal !== null) return "message" in refusal ? refusal.message.text : t.say("You can't do this.");
  const unheard = settings.reminder === null ? null : await whyChannelCannotHear(settings.reminder.channel, context);
  if (unheard !== null) return t.say("Nothing was changed. {why}", { why: unheard });
  const requested = await monitor.changeSubscription(subscriptionId, settings, actor);
  const changed = { ...subscription, ...settings };
  const said = { channel: `<#${subscription.channel}>`, subscription: subscriptionText(t, changed) };
  return requestedSentence(t, requested, t.say("Saved. {channel} hears: {subscription}.", said));
}
