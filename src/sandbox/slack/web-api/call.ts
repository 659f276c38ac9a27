import type { SlackContext } from "../context.ts";
import type { JsonObject, SlackChannel, SlackUser } from "../workspace/model.ts";
import type { Arguments } from "./arguments.ts";
import type { Tier } from "./rates.ts";
import { refuse } from "./refusal.ts";

/** One call of a Web API method that has passed token, scope and rate. */
export interface Call {
  readonly args: Arguments;
  readonly context: SlackContext;
}

/** A Web API method: who may call it, how often, and what it answers besides `ok`. */
export interface Method {
  readonly token: "bot" | "app" | "any";
  /** The bot needs one of these; none where any token will do. */
  readonly scopes: readonly string[];
  readonly tier: Tier;
  readonly run: (call: Call) => JsonObject | Promise<JsonObject>;
}

export type Methods = Readonly<Record<string, Method>>;

/** The channel that an id names, `channel_not_found` where there is none or the app can't see it. */
export function knownChannel({ context }: Call, id: string | undefined): SlackChannel {
  const channel = context.workspace.channels.get(id ?? "");
  if (channel === undefined) return refuse("channel_not_found");
  if (channel.kind === "private" && !isMember(context, channel)) return refuse("channel_not_found");
  return channel;
}

export function isMember({ workspace }: SlackContext, channel: SlackChannel): boolean {
  return channel.members.includes(workspace.slackApp.botUserId);
}

export function knownUser({ context }: Call, id: string | undefined): SlackUser {
  return context.workspace.users.get(id ?? "") ?? refuse("user_not_found");
}

/** One page of a list with the cursor of the next. `invalid_cursor` where the cursor is none of ours. */
export function page<T>(
  items: readonly T[],
  args: Arguments,
  usual: number,
  most: number,
): { readonly items: readonly T[]; readonly next: string } {
  const cursor = args.string("cursor");
  const offset =
    cursor === undefined
      ? 0
      : Number(
          Buffer.from(cursor, "base64")
            .toString("utf8")
            .replace(/^offset:/, ""),
        );
  if (!Number.isInteger(offset) || offset < 0) refuse("invalid_cursor");
  const end = offset + args.limit(usual, most);
  return { items: items.slice(offset, end), next: end < items.length ? Buffer.from(`offset:${end}`).toString("base64") : "" };
}
