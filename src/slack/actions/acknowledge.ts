import { ENGLISH } from "../../language/language.ts";
import { requestedSentence, tell } from "../answer.ts";
import { suspensionAlert } from "../blocks/suspension-alert.ts";
import { date, person } from "../blocks/text.ts";
import type { Action } from "./action.ts";

export const acknowledgeAction: Action<"acknowledge"> = {
  verb: "acknowledge",
  name: "acknowledge",
  role: "operator",
  target: ({ suspensionId }) => suspensionId,
  async run({ value, actor }, { monitor }) {
    const suspension = await monitor.suspension(value.suspensionId);
    if (suspension === null) return tell("This suspension is no longer stored, so there is nothing to acknowledge.");
    if (suspension.state === "closed") return tell(`This is over. ${suspensionAlert(suspension).text}`);
    if (suspension.acknowledgedBy !== null) {
      const when = suspension.acknowledgedAt === null ? "" : ` ${date(ENGLISH, suspension.acknowledgedAt)}`;
      return tell(`${person(suspension.acknowledgedBy)} has already acknowledged this${when}.`);
    }
    return tell(
      requestedSentence(
        ENGLISH,
        await monitor.acknowledge(suspension.id, actor),
        "You acknowledged this suspension: the message says so to everybody.",
      ),
    );
  },
};
