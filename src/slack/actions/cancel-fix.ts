import { requestedSentence, say } from "../answer.ts";
import { fixProgress } from "../blocks/fix-progress.ts";
import type { Action } from "./action.ts";

export const cancelFixAction: Action<"cancel-fix"> = {
  verb: "cancel-fix",
  name: "cancel fix",
  role: "operator",
  target: ({ requestId }) => requestId,
  async run({ value, actor }, { monitor }) {
    const fix = await monitor.fix(value.requestId);
    if (fix === null) return say("This fix is no longer stored.");
    if (fix.finishedAt !== null) return say(`There is nothing left to cancel. ${fixProgress(fix).text}`);
    const requested = await monitor.cancelFix(fix.requestId, actor);
    return say(requestedSentence(requested, "It stops after the records that are being written."));
  },
};
