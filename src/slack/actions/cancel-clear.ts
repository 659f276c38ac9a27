import { requestedSentence, tell } from "../answer.ts";
import { suspensionAlert } from "../blocks/suspension-alert.ts";
import { person } from "../blocks/text.ts";
import type { Action } from "./action.ts";

export const cancelClearAction: Action<"cancel-clear"> = {
  verb: "cancel-clear",
  name: "cancel clear",
  role: "operator",
  target: ({ suspensionId }) => suspensionId,
  async run({ value, actor }, { monitor, t }) {
    const suspension = await monitor.suspension(value.suspensionId);
    if (suspension === null) return tell(t.say("This suspension is no longer stored, so there is nothing to cancel."));
    const { clearing } = suspension;
    if (clearing?.requestId !== value.requestId || clearing.state !== "running") {
      return tell(`${t.say("There is nothing left to cancel: this clear is over.")} ${suspensionAlert(t, suspension).text}`);
    }
    if (clearing.cancelledBy !== null) {
      return tell(t.say("{person} has already cancelled this clear.", { person: person(clearing.cancelledBy) }));
    }
    return tell(
      requestedSentence(
        t,
        await monitor.cancelClear(clearing.requestId, actor),
        t.say("The clear ends at its next look, in a moment."),
      ),
    );
  },
};
