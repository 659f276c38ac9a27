import { requestedSentence, say } from "../answer.ts";
import { resyncProgress } from "../blocks/resync-progress.ts";
import type { Action } from "./action.ts";

export const cancelResyncAction: Action<"cancel-resync"> = {
  verb: "cancel-resync",
  name: "cancel resync",
  role: "operator",
  target: ({ requestId }) => requestId,
  async run({ value, actor }, { monitor }) {
    const resync = await monitor.resync(value.requestId);
    if (resync === null) return say("This resync is no longer stored.");
    if (resync.finishedAt !== null) return say(`There is nothing left to cancel. ${resyncProgress(resync).text}`);
    return say(
      requestedSentence(
        await monitor.cancelResync(resync.requestId, actor),
        "The resync stops after the batch that is being sent.",
      ),
    );
  },
};
