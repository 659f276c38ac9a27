import { ENGLISH } from "../../language/language.ts";
import { requestedSentence, tell } from "../answer.ts";
import { resyncProgress } from "../blocks/resync-progress.ts";
import type { Action } from "./action.ts";

export const cancelResyncAction: Action<"cancel-resync"> = {
  verb: "cancel-resync",
  name: "cancel resync",
  role: "operator",
  target: ({ requestId }) => requestId,
  async run({ value, actor }, { monitor }) {
    const resync = await monitor.resync(value.requestId);
    if (resync === null) return tell("This resync is no longer stored.");
    if (resync.finishedAt !== null) return tell(`There is nothing left to cancel. ${resyncProgress(ENGLISH, resync).text}`);
    return tell(
      requestedSentence(
        ENGLISH,
        await monitor.cancelResync(resync.requestId, actor),
        "The resync stops after the batch that is being sent.",
      ),
    );
  },
};
