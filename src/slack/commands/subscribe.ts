import { settleCadence } from "../../config/cadence.ts";
import type { Cadence } from "../../config/config.ts";
import type { QuietHours } from "../../health/quiet-hours.ts";
import type { SubscriptionWanted } from "../../monitor/monitor.ts";
import { show, tell } from "../answer.ts";
import { subscribedMessage } from "../blocks/subscriptions.ts";
import type { SlackContext } from "../context.ts";
import { explainSlackFailure } from "../failure.ts";
import type { Role } from "../rights.ts";
import type { Command, CommandRequest } from "./command.ts";
import { readSubscription, type SubscriptionWish } from "./subscription-words.ts";
import { whichConnection } from "./which-connection.ts";
import { channelWord } from "./words.ts";

export const subscribeCommand: Command = {
  name: "subscribe",
  aliases: ["sub"],
  usage:
    "subscribe [connection] [immediate, daily 9am, weekdays at 9 or weekly mon 09:00 Europe/Oslo] [category…] [object…] [quiet] [quiet 22:00 to 07:00] [at least 10] [#channel]",
  examples: [
    "subscribe",
    "subscribe daily 9am",
    "subscribe weekdays at 9 Europe/Oslo",
    "subscribe weekly mon 09:00 picklists quiet",
  ],
  summary: (t) => t.say("this channel hears of suspensions and sync errors; `quiet` leaves out digests while all is well"),
  role: roleForChannel,
  canBePublic: false,
  async run(request, context) {
    const { t } = context;
    const wish = readSubscription(request.words);
    if ("problem" in wish) return tell(t.render(wish.problem));
    if (request.connection === null) return whichConnection(t, context.monitor.connectionNames(), "subscribe");
    const channel = wish.channel ?? request.channel;
    const timeZone = wish.cadence.timeZone ?? (await context.people.timeZone(request.actor.userId));
    const cadence = settleCadence(wish.cadence, timeZone);
    if ("problem" in cadence) return tell(t.render(cadence.problem));
    const problem = await whyChannelCannotHear(channel, context);
    if (problem !== null) return tell(problem);
    const wanted = wantedSubscription(wish, { connection: request.connection, channel, cadence }, timeZone);
    const subscription = await context.monitor.subscribe(wanted, request.actor);
    return show(subscribedMessage(t, subscription, context.clock.now()));
  },
};

/** What was said of it; what wasn't stays as it is, but for what it is about, which is said anew each time. */
function wantedSubscription(
  wish: SubscriptionWish,
  about: { readonly connection: string; readonly channel: string; readonly cadence: Cadence },
  timeZone: string,
): SubscriptionWanted {
  const { categories, objects, quietWhenHealthy, quietHours, atLeast } = wish;
  const hours: QuietHours | null = quietHours && { ...quietHours, timeZone };
  return {
    ...about,
    categories,
    objects,
    quietWhenHealthy,
    ...(hours === null ? {} : { quietHours: hours }),
    ...(atLeast === null ? {} : { atLeast }),
  };
}

/** The own channel is anybody's; another one takes an admin. */
export function roleForChannel(request: CommandRequest): Role {
  const named = request.words.map(channelWord).find((channel) => channel !== null);
  return named === undefined || named === request.channel ? "viewer" : "admin";
}

/** A channel that the bot can't post to would never hear: why, in a sentence, while somebody is there to mend it. */
export async function whyChannelCannotHear(channel: string, { slack, logger, t }: SlackContext): Promise<string | null> {
  try {
    await slack.conversations.history({ channel, limit: 1 });
    return null;
  } catch (error) {
    const failure = explainSlackFailure(error);
    if (failure.kind === "channel") {
      return t.say("I can't post in {channel}. {why}", { channel: `<#${channel}>`, why: failure.statement });
    }
    logger.warn({ channel, code: failure.code }, "A channel could not be checked before it was subscribed");
    return null;
  }
}
