import { show } from "../answer.ts";
import { subscriptionList } from "../blocks/subscriptions.ts";
import type { Command } from "./command.ts";
import { whichConnection } from "./which-connection.ts";
import { channelWord } from "./words.ts";

export const subscriptionsCommand: Command = {
  name: "subscriptions",
  aliases: ["subscription", "subs"],
  usage: "subscriptions [connection] [#channel]",
  examples: ["subscriptions"],
  summary: (t) => t.say("what this channel hears of, and when, with buttons to change it"),
  role: "viewer",
  canBePublic: true,
  async run({ words, named, channel }, { monitor, clock, t }) {
    if (words.some((word) => channelWord(word) === null)) {
      return whichConnection(t, monitor.connectionNames(), "subscriptions");
    }
    const of = words.map(channelWord).find((word) => word !== null) ?? channel;
    const subscriptions = await monitor.subscriptions(of);
    const shown = named === null ? subscriptions : subscriptions.filter((subscription) => subscription.connection === named);
    return show(subscriptionList(t, of, shown, clock.now()));
  },
};
