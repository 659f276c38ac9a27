import { tell } from "../answer.ts";
import { statusMessage } from "../blocks/status.ts";
import type { Action } from "./action.ts";

/** Shows a connection's status, as it is now, to everybody in the channel. */
export const shareAction: Action<"share"> = {
  verb: "share",
  name: "share status",
  role: "viewer",
  target: ({ connection }) => connection,
  async run({ value }, { monitor, t }) {
    if (!monitor.connectionNames().includes(value.connection)) return tell(t.say("This connection is no longer set up."));
    return { to: "channel", message: statusMessage(t, [await monitor.report(value.connection)]) };
  },
};
