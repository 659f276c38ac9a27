import { requestedSentence, tell } from "../answer.ts";
import { unmutedSentence } from "../blocks/mute.ts";
import type { Action } from "./action.ts";

/** Lets a muted error speak again. */
export const unmuteAction: Action<"unmute"> = {
  verb: "unmute",
  name: "unmute",
  role: "operator",
  target: ({ errorId }) => errorId,
  async run({ value: { errorId }, actor }, { monitor, t }) {
    const answer = await monitor.unmute(errorId, actor);
    return tell(requestedSentence(t, answer, unmutedSentence(t, errorId)));
  },
};
