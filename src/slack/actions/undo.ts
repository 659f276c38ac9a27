import { requestedSentence, tell } from "../answer.ts";
import { undoneText } from "../blocks/fix-progress.ts";
import type { Action } from "./action.ts";

/** Puts back what a fix has written, where it still stands. */
export const undoAction: Action<"undo"> = {
  verb: "undo",
  name: "undo",
  role: "operator",
  target: ({ requestId }) => requestId,
  async run({ value, actor }, { monitor, t }) {
    const fix = await monitor.fix(value.requestId);
    if (fix === null) return tell(t.say("This fix is no longer stored."));
    if (fix.standing === 0 && fix.undone > 0) return tell(`${t.say("There is nothing left to undo.")} ${undoneText(t, fix)}`);
    const requested = await monitor.requestUndo(fix.requestId, actor);
    return tell(
      requestedSentence(t, requested, t.say("The values from before are being put back: one message shows what comes of it.")),
    );
  },
};
