import { show } from "../answer.ts";
import { backlogMessage, WAITING_PER_PAGE } from "../blocks/backlog.ts";
import type { Command } from "./command.ts";
import { whichConnection } from "./which-connection.ts";

export const backlogCommand: Command = {
  name: "backlog",
  aliases: ["waiting", "queue"],
  usage: "backlog [connection]",
  examples: ["backlog"],
  summary: (t) => t.say("what waits for the sync: how many changes on each side, the oldest first, and until when"),
  role: "viewer",
  canBePublic: true,
  takesNoWords: true,
  async run({ connection }, { monitor, t }) {
    if (connection === null) return whichConnection(t, monitor.connectionNames(), "backlog");
    return show(backlogMessage(t, await monitor.backlog(connection, 0, WAITING_PER_PAGE)));
  },
};
