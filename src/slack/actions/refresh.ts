import { requestedSentence, tell } from "../answer.ts";
import { crmText } from "../blocks/text.ts";
import type { Action } from "./action.ts";

export const refreshAction: Action<"refresh"> = {
  verb: "refresh",
  name: "refresh",
  role: "operator",
  target: ({ connection }) => connection,
  async run({ value, actor }, { monitor, t }) {
    if (!monitor.connectionNames().includes(value.connection)) return tell(t.say("This connection is no longer set up."));
    const requested = await monitor.requestPoll(value.connection, actor);
    return tell(
      requestedSentence(
        t,
        requested,
        t.say("I'm looking at {connection} now: `/sync status` shows what I see in a moment.", {
          connection: crmText(value.connection, 100),
        }),
      ),
    );
  },
};
