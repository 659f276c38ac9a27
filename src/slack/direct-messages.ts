import type { WebClient } from "@slack/web-api";
import { BY_EMAIL } from "../monitor/announcements/owner-messages.ts";
import type { Monitor } from "../monitor/monitor.ts";
import { explainSlackFailure } from "./failure.ts";

/** Where a message goes; or why it goes nowhere. */
export type Place = { readonly channel: string } | { readonly why: string };

/** Finds the direct messages of people who are known by their email alone. */
export interface DirectMessages {
  /** A channel is its own place; a person's is their direct messages with the app, unless they want none. Rejects as Slack refuses. */
  place(channel: string): Promise<Place>;
}

export function createDirectMessages(slack: WebClient, monitor: Pick<Monitor, "wantsOwnerMessages">): DirectMessages {
  const opened = new Map<string, string>();

  async function open(userId: string): Promise<string> {
    const known = opened.get(userId);
    if (known !== undefined) return known;
    const { channel } = await slack.conversations.open({ users: userId });
    if (channel?.id === undefined) throw new Error("conversations.open answered without a channel");
    opened.set(userId, channel.id);
    return channel.id;
  }

  return {
    async place(channel) {
      if (!channel.startsWith(BY_EMAIL)) return { channel };
      const user = await personWith(slack, channel.slice(BY_EMAIL.length));
      if (user === null) return { why: "Nobody in Slack has this email." };
      if (!(await monitor.wantsOwnerMessages(user))) return { why: "This person wants no messages about their own records." };
      return { channel: await open(user) };
    },
  };
}

/** The id of the active person with an email; null where Slack has none. */
async function personWith(slack: WebClient, email: string): Promise<string | null> {
  try {
    const { user } = await slack.users.lookupByEmail({ email });
    return user?.id === undefined || user.deleted === true || user.is_bot === true ? null : user.id;
  } catch (error) {
    if (explainSlackFailure(error).code === "users_not_found") return null;
    throw error;
  }
}
