import { tell } from "../answer.ts";
import { explainSlackFailure } from "../failure.ts";
import { admitToSubscription } from "../subscription-rights.ts";
import { subscriptionDialog } from "../views/subscription-dialog.ts";
import type { Action } from "./action.ts";

/** Opens the dialog with a subscription's settings. Who may change it depends on whose channel it is of. */
export const changeSubscriptionAction: Action<"change-subscription"> = {
  verb: "change-subscription",
  name: "change subscription",
  role: "viewer",
  target: ({ subscriptionId }) => subscriptionId,
  async run({ value, actor, triggerId }, context) {
    const { monitor, slack, logger, t } = context;
    const tooLate = tell(t.say("Slack didn't let me open the dialog in time. Please press *Change* again."));
    if (triggerId === undefined) return tooLate;
    const subscription = await monitor.subscription(value.subscriptionId);
    if (subscription === null) {
      return tell(t.say("This subscription is no longer there. `/sync subscriptions` lists those that are."));
    }
    const { refusal } = await admitToSubscription(subscription, "change subscription", actor, context);
    if (refusal !== null) return refusal;
    try {
      await slack.views.open({ trigger_id: triggerId, view: subscriptionDialog(t, subscription, actor) });
      return null;
    } catch (error) {
      logger.warn({ code: explainSlackFailure(error).code }, "The subscription dialog could not be opened");
      return tooLate;
    }
  },
};
