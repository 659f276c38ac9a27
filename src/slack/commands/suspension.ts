import { show } from "../answer.ts";
import { suspensionOverview } from "../blocks/suspension-overview.ts";
import type { Command } from "./command.ts";
import { whichConnection } from "./which-connection.ts";

export const suspensionCommand: Command = {
  name: "suspension",
  aliases: ["suspensions", "suspended"],
  usage: "suspension [connection]",
  examples: ["suspension"],
  summary: (t) => t.say("whether the sync is suspended: the cause, the evidence and what to do"),
  role: "viewer",
  canBePublic: true,
  takesNoWords: true,
  async run({ named }, { monitor, t }) {
    const names = named === null ? monitor.connectionNames() : [named];
    if (names.length === 0) return whichConnection(t, names, "suspension");
    const found = await Promise.all(
      names.map(async (connection) => ({
        report: await monitor.report(connection),
        suspension: await monitor.currentSuspension(connection),
      })),
    );
    return show(suspensionOverview(t, found));
  },
};
