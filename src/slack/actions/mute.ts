import { tell } from "../answer.ts";
import { errorAlert } from "../blocks/error-alert.ts";
import { openDialog } from "../open-dialog.ts";
import { muteDialog } from "../views/mute-dialog.ts";
import type { Action } from "./action.ts";

/** Opens the dialog that asks for how long an error is to be muted, and why. */
export const muteAction: Action<"mute"> = {
  verb: "mute",
  name: "mute",
  role: "operator",
  target: ({ errorId }) => errorId,
  async run({ value, actor: { channel, messageTs }, ...opener }, context) {
    const { t, monitor } = context;
    const error = await monitor.error(value.errorId);
    if (error === null) return tell(t.say("This error is no longer stored: it was resolved some time ago."));
    if (error.resolvedAt !== null)
      return tell(t.say("There is nothing left to mute. {state}", { state: errorAlert(t, error).text }));
    const opened = await openDialog(context, opener, muteDialog(t, error, { errorId: error.id, channel, messageTs }));
    if (opened !== null) return null;
    return tell(
      t.say("Slack didn't let me open the dialog in time. Press *Mute* again, or type `/sync mute {id} for 7d`.", {
        id: error.id,
      }),
    );
  },
};
