import { tell } from "../answer.ts";
import { changeDialog, openDialog } from "../open-dialog.ts";
import { fixDialog, fixNotice } from "../views/fix-dialog.ts";
import type { Action } from "./action.ts";

/** Opens the dialog at once, since Slack gives three seconds, and fills it once the record has been read. */
export const fixAction: Action<"fix"> = {
  verb: "fix",
  name: "fix",
  role: "operator",
  target: ({ errorId }) => errorId,
  async run({ value, actor, ...opener }, context) {
    const { t, monitor } = context;
    const viewId = await openDialog(context, opener, fixNotice(t, t.say("One moment: I am reading the record.")));
    if (viewId === null) return tell(t.say("Slack didn't let me open the dialog in time. Please press *Fix value* again."));
    const form = await monitor.fixForm(value.errorId, null);
    await changeDialog(context, viewId, fixDialog(t, form, { channel: actor.channel, messageTs: actor.messageTs }));
    return null;
  },
};
