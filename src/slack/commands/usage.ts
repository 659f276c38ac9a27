import { show } from "../answer.ts";
import { usageMessage } from "../blocks/usage.ts";
import type { Command } from "./command.ts";
import { whichConnection } from "./which-connection.ts";

export const usageCommand: Command = {
  name: "usage",
  aliases: ["calls", "api"],
  usage: "usage [connection]",
  examples: ["usage"],
  summary: "Salesforce API calls: now, HubSpot's share, when they run out, the last seven days",
  role: "viewer",
  canBePublic: true,
  async run({ connection }, { monitor }) {
    if (connection === null) return whichConnection(monitor.connectionNames(), "usage");
    return show(usageMessage(connection, await monitor.usage(connection)));
  },
};
