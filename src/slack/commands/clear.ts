import { show } from "../answer.ts";
import { clearPreview, suspensionOverview } from "../blocks/suspension-overview.ts";
import type { Command } from "./command.ts";
import { whichConnection } from "./which-connection.ts";

export const clearCommand: Command = {
  name: "clear",
  aliases: ["unsuspend"],
  usage: "clear [connection]",
  examples: ["clear"],
  summary: (t) => t.say("clears a suspension: tests the cause again, nudges one record, watches the sync move"),
  role: "operator",
  canBePublic: false,
  takesNoWords: true,
  async run({ named }, { monitor, t }) {
    const names = named === null ? monitor.connectionNames() : [named];
    if (names.length === 0) return whichConnection(t, names, "clear");
    const found = await Promise.all(
      names.map(async (connection) => ({
        report: await monitor.report(connection),
        suspension: await monitor.currentSuspension(connection),
      })),
    );
    const open = found.flatMap(({ suspension }) => (suspension !== null && suspension.state !== "closed" ? [suspension] : []));
    const only = open[0];
    if (only === undefined) return show(suspensionOverview(t, found));
    return open.length === 1
      ? show(clearPreview(t, only))
      : whichConnection(
          t,
          open.map(({ connection }) => connection),
          "clear",
        );
  },
};
