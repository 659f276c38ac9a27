import type { SlackContext } from "../context.ts";
import { fileAnswer } from "../workspace/answers.ts";
import type { JsonObject } from "../workspace/model.ts";
import { channelOf, person, sees } from "./people.ts";
import { type SeenMessage, seenMessage } from "./seen.ts";

/** A channel as one person sees it, oldest first, replies and their own ephemeral messages too. */
export function messagesOf(context: SlackContext, userId: string, channelId: string): readonly SeenMessage[] {
  const user = person(context, userId);
  const channel = channelOf(context, user, channelId);
  return context.workspace
    .messagesIn(channel.id)
    .filter((message) => sees(user.id, message))
    .map((message) => seenMessage(context, message));
}

export type SeenFile = JsonObject & { readonly content: string };

/** The files that a person can open, with what is in them. */
export function filesOf(context: SlackContext, userId: string): readonly SeenFile[] {
  const { workspace, baseUrl } = context;
  const user = person(context, userId);
  return [...workspace.files.values()]
    .filter(
      (file) =>
        file.user === user.id || file.shares.some(({ channel }) => workspace.channels.get(channel)?.members.includes(user.id)),
    )
    .map((file) => ({ ...fileAnswer(workspace, file, baseUrl()), content: new TextDecoder().decode(file.content) }));
}

export interface SeenUser {
  readonly id: string;
  readonly name: string;
  readonly real_name: string;
  readonly is_admin: boolean;
  readonly is_bot: boolean;
  readonly tz: string;
  readonly locale: string;
}

export function usersOf({ workspace }: SlackContext): readonly SeenUser[] {
  return [...workspace.users.values()].map((user) => ({
    id: user.id,
    name: user.name,
    real_name: user.realName,
    is_admin: user.isAdmin,
    is_bot: user.isBot,
    tz: user.tz,
    locale: user.locale,
  }));
}

export interface SeenChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: "public" | "private" | "im";
  readonly is_archived: boolean;
  readonly members: readonly string[];
}

/** All channels, or those that one person is in. */
export function channelsOf({ workspace }: SlackContext, user: string | undefined): readonly SeenChannel[] {
  return [...workspace.channels.values()]
    .filter(({ members }) => user === undefined || members.includes(user))
    .map(({ id, name, kind, isArchived, members }) => ({ id, name, kind, is_archived: isArchived, members }));
}
