import { requestedSentence, tell } from "../answer.ts";
import { subscriptionText } from "../blocks/subscriptions.ts";
import { admitToSubscription } from "../subscription-rights.ts";
import type { Action } from "./action.ts";

/** Ends one subscription. Who may depends on whose channel it is of. */
export const removeSubscriptionAction: Action<"remove-subscription"> = {
  verb: "remove-subscription",
  name: "unsubscribe",
  role: "viewer",
  target: ({ subscriptionId }) => subscriptionId,
  async run({ value, actor }, context) {
    const { monitor, t } = context;
    const subscription = await monitor.subscription(value.subscriptionId);
    if (subscription === null) {
      return tell(t.say("This subscription is no longer there. `/sync subscriptions` lists those that are."));
    }
    const admission = await admitToSubscription(subscription, "unsubscribe", actor, context);
    if (admission.refusal !== null) return admission.refusal;
    const said = { channel: `<#${subscription.channel}>`, subscription: subscriptionText(t, subscription) };
    const ended =
      subscription.createdBy === "configuration"
        ? t.say(
            "{channel} no longer hears of this: {subscription}. It stands in syncwarden.yaml and comes back at the next start: take it out there too.",
            said,
          )
        : t.say("{channel} no longer hears of this: {subscription}.", said);
    return tell(requestedSentence(t, await monitor.removeSubscription(subscription.id, admission.actor), ended));
  },
};
