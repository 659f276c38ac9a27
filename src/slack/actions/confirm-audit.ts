import { requestedSentence, sentenceMessage } from "../answer.ts";
import { type Action, inPlace } from "./action.ts";

/** The button under an audit's preview: what it says is wanted. */
export const confirmAuditAction: Action<"confirm-audit"> = {
  verb: "confirm-audit",
  name: "audit",
  role: "operator",
  target: ({ connection }) => connection,
  async run(click, { monitor, t }) {
    const { connection, expected } = click.value;
    const requested = await monitor.requestAudit(connection, expected, click.actor);
    return inPlace(
      click,
      sentenceMessage(requestedSentence(t, requested, t.say("The audit has begun: one message shows its progress."))),
    );
  },
};
