import { tell } from "../answer.ts";
import { subscriptionText } from "../blocks/subscriptions.ts";
import { plural } from "../blocks/text.ts";
import type { Command } from "./command.ts";
import { roleForChannel } from "./subscribe.ts";
import { channelWord } from "./words.ts";

export const unsubscribeCommand: Command = {
  name: "unsubscribe",
  aliases: ["unsub"],
  usage: "unsubscribe [connection] [#channel]",
  examples: ["unsubscribe"],
  summary: (t) => t.say("ends this channel's subscriptions, of one connection or of all"),
  role: roleForChannel,
  canBePublic: false,
  async run({ words, named, channel, actor }, { monitor }) {
    const from = words.map(channelWord).find((word) => word !== null) ?? channel;
    const removed = await monitor.unsubscribe(from, named, actor);
    if (removed.length === 0) return tell(`<#${from}> had no subscriptions${named === null ? "" : " to that connection"}.`);
    return tell(`Ended ${plural(removed.length, "subscription")} of <#${from}>: ${removed.map(subscriptionText).join("; ")}.`);
  },
};
