import type { App, ViewSubmitAction } from "@slack/bolt";
import type { SubscriptionSettings } from "../../config/config.ts";
import type { Language } from "../../language/language.ts";
import { requestedSentence } from "../answer.ts";
import { subscriptionText } from "../blocks/subscriptions.ts";
import { whyChannelCannotHear } from "../commands/subscribe.ts";
import type { SlackContext } from "../context.ts";
import type { Interactions } from "../interactions.ts";
import { admitToSubscription } from "../subscription-rights.ts";
import { answerDialog } from "./answer-dialog.ts";
import { FIELDS, SUBSCRIPTION_DIALOG, subscriptionMemorySchema } from "./subscription-dialog.ts";
import { enteredSettings, type FormMistakes } from "./subscription-form.ts";

/** Takes the settings of a subscription: mistakes stand under their inputs, what came of it in the dialog. */
export function registerSubscriptionDialog(app: App, interactions: Interactions): void {
  app.view<ViewSubmitAction>({ callback_id: SUBSCRIPTION_DIALOG, type: "view_submission" }, async (sent) => {
    const { body, view, ack } = sent;
    const { subscriptionId, channel, messageTs } = subscriptionMemorySchema.parse(JSON.parse(view.private_metadata));
    const settings = enteredSettings(view.state.values);
    if ("mistakes" in settings) {
      const { t } = await interactions.contextFor(body.user.id);
      await ack({ response_action: "errors", errors: shown(t, settings.mistakes) });
      return;
    }
    await answerDialog(interactions, sent, {
      name: "change subscription",
      title: (t) => t.say("Subscription"),
      atWork: (t) => t.say("One moment: the settings are being saved."),
      work: (context) => change(subscriptionId, settings, { userId: body.user.id, channel, messageTs }, context),
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
  if (refusal !== null) return refusal.message.text;
  const unheard = settings.reminder === null ? null : await whyChannelCannotHear(settings.reminder.channel, context);
  if (unheard !== null) return t.say("Nothing was changed. {why}", { why: unheard });
  const requested = await monitor.changeSubscription(subscriptionId, settings, actor);
  const changed = { ...subscription, ...settings };
  const said = { channel: `<#${subscription.channel}>`, subscription: subscriptionText(t, changed) };
  return requestedSentence(t, requested, t.say("Saved. {channel} hears: {subscription}.", said));
}
