import { tell } from "../answer.ts";
import { openDialog } from "../open-dialog.ts";
import { admitToSubscription } from "../subscription-rights.ts";
import { subscriptionDialog } from "../views/subscription-dialog.ts";
import type { Action } from "./action.ts";

/** Opens the dialog with a subscription's settings. Who may change it depends on whose channel it is of. */
export const changeSubscriptionAction: Action<"change-subscription"> = {
  verb: "change-subscription",
  name: "change subscription",
  role: "viewer",
  target: ({ subscriptionId }) => subscriptionId,
  async run({ value, actor, ...opener }, context) {
    const { monitor, t } = context;
    const tooLate = tell(t.say("Slack didn't let me open the dialog in time. Please press *Change* again."));
    const subscription = await monitor.subscription(value.subscriptionId);
    if (subscription === null) {
      return tell(t.say("This subscription is no longer there. `/sync subscriptions` lists those that are."));
    }
    const { refusal } = await admitToSubscription(subscription, "change subscription", actor, context);
    if (refusal !== null) return refusal;
    return (await openDialog(context, opener, subscriptionDialog(t, subscription, actor))) === null ? tooLate : null;
  },
};
