import { ownerChoice } from "../blocks/owner-message.ts";
import { type Action, inPlace } from "./action.ts";

/** A person's own choice whether they hear of their own records. */
export const ownerMessagesAction: Action<"owner-messages"> = {
  verb: "owner-messages",
  name: "owner messages",
  role: "viewer",
  target: () => null,
  async run(click, { monitor, t }) {
    await monitor.chooseOwnerMessages(click.value.wants, click.actor);
    return inPlace(click, ownerChoice(t, click.value.wants));
  },
};
