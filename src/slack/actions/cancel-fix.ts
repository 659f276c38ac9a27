import { requestedSentence, tell } from "../answer.ts";
import { fixProgress } from "../blocks/fix-progress.ts";
import type { Action } from "./action.ts";

export const cancelFixAction: Action<"cancel-fix"> = {
  verb: "cancel-fix",
  name: "cancel fix",
  role: "operator",
  target: ({ requestId }) => requestId,
  async run({ value, actor }, { monitor, t }) {
    const fix = await monitor.fix(value.requestId);
    if (fix === null) return tell(t.say("This fix is no longer stored."));
    if (fix.finishedAt !== null) return tell(`${t.say("There is nothing left to cancel.")} ${fixProgress(t, fix).text}`);
    const requested = await monitor.cancelFix(fix.requestId, actor);
    return tell(requestedSentence(t, requested, t.say("It stops after the records that are being written.")));
  },
};
