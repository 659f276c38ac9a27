import type { SlackContext } from "../context.ts";
import type { SlackChannel, SlackMessage, SlackUser } from "../workspace/model.ts";
import { ControlRefusal } from "./refusal.ts";

/** The person a control call names. */
export function person({ workspace }: SlackContext, id: string): SlackUser {
  const user = workspace.users.get(id);
  if (user === undefined || user.isBot) {
    const known = [...workspace.users.values()].filter(({ isBot }) => !isBot).map((one) => one.id);
    throw new ControlRefusal(404, `There is no user ${id}.`, { users: known });
  }
  return user;
}

/** The channel a control call names, where that person is in it. */
export function channelOf({ workspace }: SlackContext, user: SlackUser, id: string): SlackChannel {
  const channel = workspace.channels.get(id);
  if (channel === undefined || !channel.members.includes(user.id)) {
    const known = [...workspace.channels.values()].filter(({ members }) => members.includes(user.id)).map((one) => one.id);
    throw new ControlRefusal(404, `${user.id} is in no channel ${id}.`, { channels: known });
  }
  return channel;
}

export function sees(user: string, message: SlackMessage): boolean {
  return message.ephemeralTo === null || message.ephemeralTo === user;
}

/** The message a control call names, where that person sees it. */
export function visibleMessage({ workspace }: SlackContext, user: SlackUser, channel: SlackChannel, ts: string): SlackMessage {
  const message = workspace.message(channel.id, ts);
  if (message === undefined || !sees(user.id, message) || message.tombstone) {
    const known = workspace
      .messagesIn(channel.id)
      .filter((one) => sees(user.id, one))
      .map(({ ts: at, text }) => ({ ts: at, text }));
    throw new ControlRefusal(404, `${user.id} sees no message ${ts} in ${channel.id}.`, { messages: known.slice(-20) });
  }
  return message;
}
