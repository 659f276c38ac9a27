import type { Cadence } from "../../config/config.ts";
import { sentenceMessage, tell } from "../answer.ts";
import { subscriptionText } from "../blocks/subscriptions.ts";
import { crmText } from "../blocks/text.ts";
import type { SlackContext } from "../context.ts";
import { explainSlackFailure } from "../failure.ts";
import type { Command, CommandRequest } from "./command.ts";
import { readSubscription, type SubscriptionWish } from "./subscription-words.ts";
import { whichConnection } from "./which-connection.ts";
import { channelWord } from "./words.ts";

export const subscribeCommand: Command = {
  name: "subscribe",
  aliases: ["sub"],
  usage: "subscribe [connection] [immediate, daily 09:00 or weekly mon 09:00] [category…] [quiet] [#channel]",
  examples: ["subscribe", "subscribe daily 09:00", "subscribe weekly mon 09:00 picklists quiet"],
  summary: (t) => t.say("this channel hears of suspensions and sync errors; `quiet` leaves out digests while all is well"),
  role: roleForChannel,
  canBePublic: false,
  async run(request, context) {
    const wish = readSubscription(request.words);
    if ("unknown" in wish) {
      return tell(
        `I don't understand \`${crmText(wish.unknown, 80)}\`. For example \`/sync subscribe weekly mon 09:00 picklists\`; \`/sync help subscribe\` tells more.`,
      );
    }
    if (request.connection === null) return whichConnection(context.t, context.monitor.connectionNames(), "subscribe");
    const channel = wish.channel ?? request.channel;
    const problem = await whyChannelCannotHear(channel, context);
    if (problem !== null) return tell(problem);
    const subscription = await context.monitor.subscribe(
      {
        connection: request.connection,
        channel,
        cadence: await cadence(wish, request, context),
        categories: wish.categories,
        quietWhenHealthy: wish.quietWhenHealthy,
      },
      request.actor,
    );
    return { to: "asker", message: sentenceMessage(`<#${channel}> is subscribed: ${subscriptionText(subscription)}.`) };
  },
};

/** The own channel is anybody's; another one takes an admin. */
export function roleForChannel(request: CommandRequest) {
  const named = request.words.map(channelWord).find((channel) => channel !== null);
  return named === undefined || named === request.channel ? "viewer" : "admin";
}

async function cadence(wish: SubscriptionWish, request: CommandRequest, context: SlackContext): Promise<Cadence> {
  if (wish.kind === "immediate") return { kind: "immediate" };
  const timeZone = wish.timeZone ?? (await timeZoneOf(request.actor.userId, context));
  if (wish.kind === "daily") return { kind: "daily", time: wish.time, timeZone };
  return { kind: "weekly", weekday: wish.weekday, time: wish.time, timeZone };
}

async function timeZoneOf(userId: string, { slack, logger }: SlackContext): Promise<string> {
  try {
    const { user } = await slack.users.info({ user: userId });
    return user?.tz ?? "UTC";
  } catch (error) {
    logger.warn({ code: explainSlackFailure(error).code }, "A person's time zone could not be read; UTC is used");
    return "UTC";
  }
}

/** A subscription to a channel that the bot can't post to would never be heard: say so while somebody is there to mend it. */
async function whyChannelCannotHear(channel: string, { slack, logger }: SlackContext): Promise<string | null> {
  try {
    await slack.conversations.history({ channel, limit: 1 });
    return null;
  } catch (error) {
    const failure = explainSlackFailure(error);
    if (failure.kind === "channel") return `I can't post in <#${channel}>. ${failure.statement}`;
    logger.warn({ channel, code: failure.code }, "A channel could not be checked before it was subscribed");
    return null;
  }
}
