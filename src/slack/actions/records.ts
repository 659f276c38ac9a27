import { tell } from "../answer.ts";
import { openDialog } from "../open-dialog.ts";
import { recordsPage } from "../views/records-from-dialog.ts";
import type { Action } from "./action.ts";

/** Opens the dialog in which records of an error are chosen. */
export const recordsAction: Action<"records"> = {
  verb: "records",
  name: "records",
  role: "viewer",
  target: ({ errorId }) => errorId,
  async run({ value: { errorId }, actor: { channel, messageTs }, ...opener }, context) {
    const { t } = context;
    const view = await recordsPage(context, null, { errorId, offset: 0, shown: 0, channel, messageTs });
    if ((await openDialog(context, opener, view)) !== null) return null;
    return tell(t.say("Slack didn't let me open the dialog in time. Please press *Select records* again."));
  },
};
