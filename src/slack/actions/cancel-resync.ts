import { requestedSentence, tell } from "../answer.ts";
import { resyncProgress } from "../blocks/resync-progress.ts";
import type { Action } from "./action.ts";

export const cancelResyncAction: Action<"cancel-resync"> = {
  verb: "cancel-resync",
  name: "cancel resync",
  role: "operator",
  target: ({ requestId }) => requestId,
  async run({ value, actor }, { monitor, t }) {
    const resync = await monitor.resync(value.requestId);
    if (resync === null) return tell(t.say("This resync is no longer stored."));
    if (resync.finishedAt !== null) return tell(`${t.say("There is nothing left to cancel.")} ${resyncProgress(t, resync).text}`);
    return tell(
      requestedSentence(
        t,
        await monitor.cancelResync(resync.requestId, actor),
        t.say("The resync stops after the batch that is being sent."),
      ),
    );
  },
};
