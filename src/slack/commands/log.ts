import { show } from "../answer.ts";
import { LOG_ENTRIES_PER_PAGE, logMessage } from "../blocks/log.ts";
import type { Command } from "./command.ts";

export const logCommand: Command = {
  name: "log",
  aliases: ["history"],
  usage: "log [connection]",
  examples: ["log"],
  summary: "who did what, when, with what outcome; refused actions too",
  role: "viewer",
  canBePublic: true,
  async run({ named }, { monitor }) {
    return show(logMessage(named, await monitor.actionLog(named, 0, LOG_ENTRIES_PER_PAGE)));
  },
};
