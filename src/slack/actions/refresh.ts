import { ENGLISH } from "../../language/language.ts";
import { requestedSentence, tell } from "../answer.ts";
import { crmText } from "../blocks/text.ts";
import type { Action } from "./action.ts";

export const refreshAction: Action<"refresh"> = {
  verb: "refresh",
  name: "refresh",
  role: "operator",
  target: ({ connection }) => connection,
  async run({ value, actor }, { monitor }) {
    if (!monitor.connectionNames().includes(value.connection)) return tell("This connection is no longer set up.");
    const requested = await monitor.requestPoll(value.connection, actor);
    return tell(
      requestedSentence(
        ENGLISH,
        requested,
        `I'm looking at ${crmText(value.connection, 100)} now: \`/sync status\` shows what I see in a moment.`,
      ),
    );
  },
};
