import { show } from "../answer.ts";
import { statusMessage } from "../blocks/status.ts";
import type { Command } from "./command.ts";
import { whichConnection } from "./which-connection.ts";

export const statusCommand: Command = {
  name: "status",
  aliases: ["state", "health"],
  usage: "status [connection]",
  examples: ["status", "status public"],
  summary: (t) => t.say("each connection on one screen: state, sync errors, API calls, last sync each way"),
  role: "viewer",
  canBePublic: true,
  takesNoWords: true,
  async run({ named }, { monitor, t }) {
    const names = named === null ? monitor.connectionNames() : [named];
    if (names.length === 0) return whichConnection(t, names, "status");
    return show(statusMessage(t, await Promise.all(names.map((name) => monitor.report(name)))));
  },
};
