import { tell } from "../answer.ts";
import { subscriptionText } from "../blocks/subscriptions.ts";
import type { Command } from "./command.ts";
import { roleForChannel } from "./subscribe.ts";
import { whichConnection } from "./which-connection.ts";
import { channelWord } from "./words.ts";

export const unsubscribeCommand: Command = {
  name: "unsubscribe",
  aliases: ["unsub"],
  usage: "unsubscribe [connection] [#channel]",
  examples: ["unsubscribe"],
  summary: (t) => t.say("ends this channel's subscriptions, of one connection or of all"),
  role: roleForChannel,
  canBePublic: false,
  async run({ words, named, channel, actor }, { monitor, t }) {
    // "unsubscribe daily" isn't taken for "unsubscribe": it would end all of them.
    if (words.some((word) => channelWord(word) === null)) {
      return whichConnection(t, monitor.connectionNames(), "unsubscribe");
    }
    const from = words.map(channelWord).find((word) => word !== null) ?? channel;
    const removed = await monitor.unsubscribe(from, named, actor);
    const place = `<#${from}>`;
    if (removed.length === 0 && named !== null) return tell(t.say("{place} had no subscriptions to that connection.", { place }));
    if (removed.length === 0) return tell(t.say("{place} had no subscriptions.", { place }));
    const ended = removed.map((subscription) => subscriptionText(t, subscription)).join("; ");
    const said = { subscriptions: removed.length, place, ended };
    const sentence = t.say(
      "Ended {subscriptions, plural, one {# subscription} other {# subscriptions}} of {place}: {ended}.",
      said,
    );
    if (!removed.some(({ createdBy }) => createdBy === "configuration")) return tell(sentence);
    return tell(
      `${sentence} ${t.say("Those that stand in syncwarden.yaml come back at the next start: take them out there too.")}`,
    );
  },
};
