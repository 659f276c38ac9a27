import { ENGLISH } from "../../language/language.ts";
import { requestedSentence, tell } from "../answer.ts";
import { suspensionAlert } from "../blocks/suspension-alert.ts";
import type { Action } from "./action.ts";

export const clearAction: Action<"clear"> = {
  verb: "clear",
  name: "clear",
  role: "operator",
  target: ({ suspensionId }) => suspensionId,
  async run({ value, actor }, { monitor }) {
    const suspension = await monitor.suspension(value.suspensionId);
    if (suspension === null) return tell("This suspension is no longer stored, so there is nothing to clear.");
    if (suspension.state === "closed") return tell(`There is nothing left to clear. ${suspensionAlert(suspension).text}`);
    if (value.kind !== undefined && value.kind !== suspension.kind) {
      return tell(
        `Nothing was done: another cause leads by now. ${suspensionAlert(suspension).text} Look at the message again before you clear.`,
      );
    }
    return tell(
      requestedSentence(
        ENGLISH,
        await monitor.requestClear(suspension.id, actor),
        "The clear has begun: the message about the suspension shows each step, and its thread the outcome.",
      ),
    );
  },
};
