import type { SlackChange, SlackChannel, SlackFile, SlackMessage, SlackUser, SlackUserGroup } from "./model.ts";
import { seededChannels, seededUserGroups, seededUsers, slackApp, team } from "./seed.ts";
import { createViews, type Views } from "./views.ts";

/** The state of the Slack workspace. What people and the app do to it goes through here, so that every change is announced. */
export interface Workspace {
  readonly team: typeof team;
  readonly slackApp: typeof slackApp;
  readonly users: Map<string, SlackUser>;
  readonly channels: Map<string, SlackChannel>;
  readonly userGroups: Map<string, SlackUserGroup>;
  readonly files: Map<string, SlackFile>;
  readonly views: Views;
  /** Milliseconds since 1970. */
  now(): number;
  nextId(prefix: string): string;
  /** A message timestamp, "1767225600.000100", later than all before. */
  nextTs(): string;
  /** All messages of a channel, oldest first, ephemeral ones and replies too. */
  messagesIn(channel: string): readonly SlackMessage[];
  message(channel: string, ts: string): SlackMessage | undefined;
  addMessage(message: SlackMessage): void;
  replaceMessage(message: SlackMessage): void;
  removeMessage(channel: string, ts: string): void;
  addFile(file: SlackFile): void;
  /** The direct conversation of the app with a user, made on first use. */
  directChannel(user: string): SlackChannel;
  /** Tells of every change from now on; the answer stops it. */
  onChange(listener: (change: SlackChange) => void): () => void;
}

export function createWorkspace(now: () => number): Workspace {
  const messages = new Map<string, SlackMessage[]>();
  const listeners = new Set<(change: SlackChange) => void>();
  const channels = new Map(seededChannels(Math.floor(now() / 1000)).map((channel) => [channel.id, channel]));
  const files = new Map<string, SlackFile>();
  let idCount = 0;
  let lastMicros = 0;

  function announce(change: SlackChange): void {
    for (const listener of listeners) listener(change);
  }

  function announceMessage({ channel, ts, ephemeralTo, byBot }: SlackMessage): void {
    announce({ kind: "message", channel, ts, ephemeralTo, byBot });
  }

  function nextId(prefix: string): string {
    idCount += 1;
    return `${prefix}${idCount.toString(36).toUpperCase().padStart(8, "0")}`;
  }

  function listOf(channel: string): SlackMessage[] {
    const known = messages.get(channel);
    if (known !== undefined) return known;
    const fresh: SlackMessage[] = [];
    messages.set(channel, fresh);
    return fresh;
  }

  return {
    team,
    slackApp,
    users: new Map(seededUsers.map((user) => [user.id, user])),
    channels,
    userGroups: new Map(seededUserGroups.map((group) => [group.id, group])),
    files,
    views: createViews(nextId, announce),
    now,
    nextId,
    nextTs() {
      lastMicros = Math.max(lastMicros + 100, Math.floor(now()) * 1000);
      return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, "0")}`;
    },
    messagesIn: (channel) => listOf(channel),
    message: (channel, ts) => listOf(channel).find((message) => message.ts === ts),
    addMessage(message) {
      listOf(message.channel).push(message);
      announceMessage(message);
    },
    replaceMessage(message) {
      const all = listOf(message.channel);
      const index = all.findIndex(({ ts }) => ts === message.ts);
      if (index < 0) return;
      all[index] = message;
      announceMessage(message);
    },
    removeMessage(channel, ts) {
      const all = listOf(channel);
      if (!all.some((message) => message.ts === ts)) return;
      const [removed] = all.splice(
        all.findIndex((message) => message.ts === ts),
        1,
      );
      if (removed !== undefined) announceMessage(removed);
    },
    addFile(file) {
      files.set(file.id, file);
      announce({ kind: "file", fileId: file.id });
    },
    directChannel(user) {
      const id = `D0${user.slice(2)}`;
      const known = channels.get(id);
      if (known !== undefined) return known;
      const created = Math.floor(now() / 1000);
      const channel: SlackChannel = {
        id,
        name: user,
        kind: "im",
        isArchived: false,
        members: [user, slackApp.botUserId],
        created,
      };
      channels.set(id, channel);
      return channel;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
