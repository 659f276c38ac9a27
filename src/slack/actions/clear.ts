import { requestedSentence, tell } from "../answer.ts";
import { suspensionAlert } from "../blocks/suspension-alert.ts";
import type { Action } from "./action.ts";

export const clearAction: Action<"clear"> = {
  verb: "clear",
  name: "clear",
  role: "operator",
  target: ({ suspensionId }) => suspensionId,
  async run({ value, actor }, { monitor, t }) {
    const suspension = await monitor.suspension(value.suspensionId);
    if (suspension === null) return tell(t.say("This suspension is no longer stored, so there is nothing to clear."));
    if (suspension.state === "closed")
      return tell(`${t.say("There is nothing left to clear.")} ${suspensionAlert(t, suspension).text}`);
    if (value.kind !== undefined && value.kind !== suspension.kind) {
      return tell(
        [
          t.say("Nothing was done: another cause leads by now."),
          suspensionAlert(t, suspension).text,
          t.say("Look at the message again before you clear."),
        ].join(" "),
      );
    }
    return tell(
      requestedSentence(
        t,
        await monitor.requestClear(suspension.id, actor),
        t.say("The clear has begun: the message about the suspension shows each step, and its thread the outcome."),
      ),
    );
  },
};
