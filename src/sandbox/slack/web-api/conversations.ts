import { channelAnswer, messageAnswer, repliesTo } from "../workspace/answers.ts";
import type { JsonObject, SlackChannel, SlackMessage } from "../workspace/model.ts";
import { type Call, isMember, knownChannel, type Methods, page } from "./call.ts";
import { refuse } from "./refusal.ts";

const read = ["channels:read", "groups:read", "im:read", "mpim:read"];
const history = ["channels:history", "groups:history", "im:history", "mpim:history"];
const openDirect = ["im:write", "mpim:write", "groups:write", "channels:manage"];

export const conversationsMethods: Methods = {
  "conversations.list": { token: "bot", scopes: read, tier: "tier2", run: (call) => listed(call, () => true) },
  "conversations.info": { token: "bot", scopes: read, tier: "tier3", run: info },
  "conversations.history": { token: "bot", scopes: history, tier: "tier3", run: readHistory },
  "conversations.replies": { token: "bot", scopes: history, tier: "tier3", run: readReplies },
  "conversations.open": { token: "bot", scopes: openDirect, tier: "tier3", run: open },
  "conversations.join": { token: "bot", scopes: ["channels:join"], tier: "tier3", run: join },
  "users.conversations": { token: "bot", scopes: read, tier: "tier3", run: ofUser },
};

const kindsByType: Readonly<Record<string, SlackChannel["kind"] | null>> = {
  public_channel: "public",
  private_channel: "private",
  im: "im",
  mpim: null,
};

function listed(call: Call, wanted: (channel: SlackChannel) => boolean): JsonObject {
  const { args, context } = call;
  const kinds = (args.string("types") ?? "public_channel").split(",").map((type) => {
    const kind = kindsByType[type.trim()];
    if (kind === undefined) return refuse("invalid_types");
    if (kind !== null) needScope(call, kind, "read");
    return kind;
  });
  const channels = [...context.workspace.channels.values()].filter(
    (channel) =>
      kinds.includes(channel.kind) &&
      (channel.kind !== "private" || isMember(context, channel)) &&
      !(channel.isArchived && args.flag("exclude_archived")) &&
      wanted(channel),
  );
  const { items, next } = page(channels, args, 100, 1000);
  return {
    channels: items.map((channel) => channelAnswer(context.workspace, channel)),
    response_metadata: { next_cursor: next },
  };
}

function ofUser(call: Call): JsonObject {
  const { workspace } = call.context;
  const user = call.args.string("user") ?? workspace.slackApp.botUserId;
  if (!workspace.users.has(user)) refuse("user_not_found");
  return listed(call, (channel) => channel.members.includes(user));
}

function info(call: Call): JsonObject {
  const known = knownChannel(call, call.args.string("channel"));
  needScope(call, known.kind, "read");
  const channel = channelAnswer(call.context.workspace, known);
  return { channel: call.args.flag("include_locale") ? { ...channel, locale: "en-US" } : channel };
}

const scopePrefix = { public: "channels", private: "groups", im: "im" } as const;

/** Each kind of conversation has its own scope: channels:history does not read direct messages. */
function needScope({ context }: Call, kind: SlackChannel["kind"], right: "read" | "history"): void {
  const needed = `${scopePrefix[kind]}:${right}`;
  const { scopes } = context.installation;
  if (!scopes.includes(needed)) refuse("missing_scope", { needed, provided: scopes.join(",") });
}

/** What the app may read: channels that it is a member of. */
function readable(call: Call): SlackChannel {
  const channel = knownChannel(call, call.args.string("channel"));
  needScope(call, channel.kind, "history");
  return isMember(call.context, channel) ? channel : refuse("not_in_channel");
}

/** Whether a message lies between `oldest` and `latest`; both are exclusive unless `inclusive`. */
function inRange({ args }: Call, { ts }: SlackMessage): boolean {
  const inclusive = args.flag("inclusive");
  const oldest = timestamp(args.string("oldest"), "invalid_ts_oldest");
  const latest = timestamp(args.string("latest"), "invalid_ts_latest");
  const at = Number(ts);
  if (oldest !== null && oldest > 0 && (inclusive ? at < oldest : at <= oldest)) return false;
  return latest === null || (inclusive ? at <= latest : at < latest);
}

function timestamp(text: string | undefined, refusal: string): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : refuse(refusal);
}

function readHistory(call: Call): JsonObject {
  const { workspace } = call.context;
  const channel = readable(call);
  const visible = workspace
    .messagesIn(channel.id)
    .filter(
      (message) => message.ephemeralTo === null && (message.threadTs === null || message.broadcast) && inRange(call, message),
    )
    .toReversed();
  return answerMessages(call, visible, 999);
}

function readReplies(call: Call): JsonObject {
  const { workspace } = call.context;
  const channel = readable(call);
  const named = workspace.message(channel.id, call.args.needed("ts"));
  if (named === undefined || named.ephemeralTo !== null) return refuse("thread_not_found");
  const parent = named.threadTs === null ? named : (workspace.message(channel.id, named.threadTs) ?? named);
  return answerMessages(call, [parent, ...repliesTo(workspace, parent).filter((message) => inRange(call, message))], 1000);
}

function answerMessages(call: Call, messages: readonly SlackMessage[], most: number): JsonObject {
  const { args, context } = call;
  const { items, next } = page(messages, args, 100, most);
  const withMetadata = args.flag("include_all_metadata");
  return {
    messages: items.map((message) => messageAnswer(context.workspace, message, context.baseUrl(), withMetadata)),
    has_more: next !== "",
    pin_count: 0,
    ...(next === "" ? {} : { response_metadata: { next_cursor: next } }),
  };
}

function open(call: Call): JsonObject {
  const { args, context } = call;
  const users = (args.string("users") ?? "").split(",").filter((id) => id !== "");
  const given = args.string("channel");
  if (given !== undefined) return { channel: { id: knownChannel(call, given).id } };
  const [user, ...others] = users;
  if (user === undefined) return refuse("users_list_not_supplied");
  if (others.length > 0) return refuse("method_not_supported_for_channel_type");
  if (!context.workspace.users.has(user)) return refuse("user_not_found");
  const already = context.workspace.channels.has(`D0${user.slice(2)}`);
  const channel = context.workspace.directChannel(user);
  const answer = args.flag("return_im") ? channelAnswer(context.workspace, channel) : { id: channel.id };
  return { channel: answer, ...(already ? { no_op: true, already_open: true } : {}) };
}

function join(call: Call): JsonObject {
  const { workspace } = call.context;
  const channel = knownChannel(call, call.args.string("channel"));
  if (channel.isArchived) refuse("is_archived");
  if (channel.kind !== "public") refuse("method_not_supported_for_channel_type");
  const already = isMember(call.context, channel);
  const joined = already ? channel : { ...channel, members: [...channel.members, workspace.slackApp.botUserId] };
  workspace.channels.set(channel.id, joined);
  return { channel: channelAnswer(workspace, joined), ...(already ? { warning: "already_in_channel" } : {}) };
}
