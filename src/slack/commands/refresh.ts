import { requestedSentence, tell } from "../answer.ts";
import { crmText } from "../blocks/text.ts";
import type { Command } from "./command.ts";
import { whichConnection } from "./which-connection.ts";

export const refreshCommand: Command = {
  name: "refresh",
  aliases: ["poll"],
  usage: "refresh [connection]",
  examples: ["refresh"],
  summary: (t) => t.say("looks at both systems now instead of at the next poll"),
  role: "operator",
  canBePublic: false,
  takesNoWords: true,
  async run({ named, actor }, { monitor, t }) {
    const names = named === null ? monitor.connectionNames() : [named];
    if (names.length === 0) return whichConnection(t, names, "refresh");
    const sentences = await Promise.all(
      names.map(async (name) => {
        const requested = await monitor.requestPoll(name, actor);
        return requestedSentence(
          t,
          requested,
          t.say("I'm looking at {connection} now: `/sync status` shows what I see in a moment.", {
            connection: crmText(name, 100),
          }),
        );
      }),
    );
    return tell(sentences.join("\n"));
  },
};
