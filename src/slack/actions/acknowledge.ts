import { requestedSentence, tell } from "../answer.ts";
import { suspensionAlert } from "../blocks/suspension-alert.ts";
import { date, person } from "../blocks/text.ts";
import type { Action } from "./action.ts";

export const acknowledgeAction: Action<"acknowledge"> = {
  verb: "acknowledge",
  name: "acknowledge",
  role: "operator",
  target: ({ suspensionId }) => suspensionId,
  async run({ value, actor }, { monitor, t }) {
    const suspension = await monitor.suspension(value.suspensionId);
    if (suspension === null) return tell(t.say("This suspension is no longer stored, so there is nothing to acknowledge."));
    if (suspension.state === "closed") return tell(`${t.say("This is over.")} ${suspensionAlert(t, suspension).text}`);
    if (suspension.acknowledgedBy !== null) {
      const by = person(suspension.acknowledgedBy);
      return tell(
        suspension.acknowledgedAt === null
          ? t.say("{person} has already acknowledged this.", { person: by })
          : t.say("{person} has already acknowledged this {date}.", { person: by, date: date(t, suspension.acknowledgedAt) }),
      );
    }
    return tell(
      requestedSentence(
        t,
        await monitor.acknowledge(suspension.id, actor),
        t.say("You acknowledged this suspension: the message says so to everybody."),
      ),
    );
  },
};
