import { show } from "../answer.ts";
import { usageMessage } from "../blocks/usage.ts";
import type { Command } from "./command.ts";
import { whichConnection } from "./which-connection.ts";

export const usageCommand: Command = {
  name: "usage",
  aliases: ["calls", "api"],
  usage: "usage [connection]",
  examples: ["usage"],
  summary: (t) => t.say("Salesforce API calls: now, HubSpot's share, when they run out, the last seven days"),
  role: "viewer",
  canBePublic: true,
  takesNoWords: true,
  async run({ connection }, { monitor, t }) {
    if (connection === null) return whichConnection(t, monitor.connectionNames(), "usage");
    return show(usageMessage(t, connection, await monitor.usage(connection)));
  },
};
