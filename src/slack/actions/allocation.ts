import { tell } from "../answer.ts";
import { openDialog } from "../open-dialog.ts";
import { allocationDialog } from "../views/allocation-dialog.ts";
import type { Action } from "./action.ts";

/** Opens the dialog in which HubSpot's allocation is told. */
export const allocationAction: Action<"allocation"> = {
  verb: "allocation",
  name: "allocation",
  role: "admin",
  target: ({ connection }) => connection,
  async run({ value, actor: { channel, messageTs }, ...opener }, context) {
    const { t, monitor } = context;
    const report = await monitor.allocation(value.connection);
    if (report === null) return tell(t.say("This connection is no longer set up."));
    const opened = await openDialog(context, opener, allocationDialog(t, report, { ...value, channel, messageTs }));
    if (opened !== null) return null;
    return tell(t.say("Slack didn't let me open the dialog in time. Press the button again, or type `/sync allocation 50000`."));
  },
};
