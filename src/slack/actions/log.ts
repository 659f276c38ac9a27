import { LOG_ENTRIES_PER_PAGE, logMessage } from "../blocks/log.ts";
import { type Action, inPlace } from "./action.ts";

export const logAction: Action<"log"> = {
  verb: "log",
  name: "log",
  role: "viewer",
  target: ({ connection }) => connection,
  async run(click, { monitor, t }) {
    const { connection, offset } = click.value;
    return inPlace(click, logMessage(t, connection, await monitor.actionLog(connection, offset, LOG_ENTRIES_PER_PAGE)));
  },
};
