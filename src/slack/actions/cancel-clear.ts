import { ENGLISH } from "../../language/language.ts";
import { requestedSentence, tell } from "../answer.ts";
import { suspensionAlert } from "../blocks/suspension-alert.ts";
import { person } from "../blocks/text.ts";
import type { Action } from "./action.ts";

export const cancelClearAction: Action<"cancel-clear"> = {
  verb: "cancel-clear",
  name: "cancel clear",
  role: "operator",
  target: ({ suspensionId }) => suspensionId,
  async run({ value, actor }, { monitor }) {
    const suspension = await monitor.suspension(value.suspensionId);
    if (suspension === null) return tell("This suspension is no longer stored, so there is nothing to cancel.");
    const { clearing } = suspension;
    if (clearing?.requestId !== value.requestId || clearing.state !== "running") {
      return tell(`There is nothing left to cancel: this clear is over. ${suspensionAlert(suspension).text}`);
    }
    if (clearing.cancelledBy !== null) return tell(`${person(clearing.cancelledBy)} has already cancelled this clear.`);
    return tell(
      requestedSentence(
        ENGLISH,
        await monitor.cancelClear(clearing.requestId, actor),
        "The clear ends at its next look, in a moment.",
      ),
    );
  },
};
