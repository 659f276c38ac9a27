import { messageAnswer, repliesTo } from "../workspace/answers.ts";
import type { JsonObject, SlackChannel, SlackMessage } from "../workspace/model.ts";
import { type Call, isMember, knownChannel, type Methods } from "./call.ts";
import { longestText, messageContent, refuseEmpty } from "./message-content.ts";
import { refuse } from "./refusal.ts";

const write = ["chat:write"];

export const chatMethods: Methods = {
  "chat.postMessage": { token: "bot", scopes: write, tier: "message", run: postMessage },
  "chat.postEphemeral": { token: "bot", scopes: write, tier: "tier4", run: postEphemeral },
  "chat.update": { token: "bot", scopes: write, tier: "tier3", run: update },
  "chat.delete": { token: "bot", scopes: write, tier: "tier3", run: remove },
  "chat.getPermalink": { token: "bot", scopes: [], tier: "special", run: getPermalink },
};

/** The channel to post to: by id, by name, or the direct conversation with a user by the user's id. */
function target(call: Call): SlackChannel {
  const { workspace, installation } = call.context;
  const given = call.args.string("channel") ?? refuse("channel_not_found");
  if (workspace.users.has(given)) return workspace.directChannel(given);
  const byName = [...workspace.channels.values()].find(({ name, kind }) => kind !== "im" && `#${name}` === given);
  const channel = byName ?? knownChannel(call, given);
  if (channel.isArchived) refuse("is_archived");
  const mayPostAnywhere = channel.kind === "public" && installation.scopes.includes("chat:write.public");
  if (!isMember(call.context, channel) && !mayPostAnywhere) refuse("not_in_channel");
  return channel;
}

/** The thread to post in: that of the message named, or of its parent where it is itself a reply. */
function thread(call: Call, channel: SlackChannel): string | null {
  const ts = call.args.string("thread_ts");
  if (ts === undefined) return null;
  const message = call.context.workspace.message(channel.id, ts);
  if (message === undefined || message.ephemeralTo !== null) return refuse("thread_not_found");
  return message.threadTs ?? message.ts;
}

function newMessage(call: Call, channel: SlackChannel, ephemeralTo: string | null): SlackMessage {
  const { workspace } = call.context;
  const content = messageContent(call.args, workspace, { text: longestText.post, sumBlocks: true });
  refuseEmpty(content);
  const threadTs = thread(call, channel);
  return {
    ts: workspace.nextTs(),
    channel: channel.id,
    user: workspace.slackApp.botUserId,
    byBot: true,
    text: content.text ?? "",
    blocks: content.blocks ?? [],
    attachments: content.attachments ?? [],
    threadTs,
    broadcast: threadTs !== null && call.args.flag("reply_broadcast"),
    metadata: content.metadata ?? null,
    ephemeralTo,
    edited: null,
    files: [],
    reactions: [],
    tombstone: false,
    via: "api",
  };
}

function postMessage(call: Call): JsonObject {
  const { workspace, baseUrl } = call.context;
  const channel = target(call);
  const message = newMessage(call, channel, null);
  workspace.addMessage(message);
  return { channel: channel.id, ts: message.ts, message: messageAnswer(workspace, message, baseUrl(), true) };
}

function postEphemeral(call: Call): JsonObject {
  const { workspace } = call.context;
  const channel = target(call);
  const user = call.args.needed("user");
  if (!channel.members.includes(user)) refuse("user_not_in_channel");
  const message = newMessage(call, channel, user);
  workspace.addMessage(message);
  return { message_ts: message.ts };
}

function ownMessage(call: Call, otherwise: "cant_update_message" | "cant_delete_message"): SlackMessage {
  const channel = knownChannel(call, call.args.string("channel"));
  const message = call.context.workspace.message(channel.id, call.args.needed("ts"));
  if (message === undefined || message.ephemeralTo !== null || message.tombstone) return refuse("message_not_found");
  if (!message.byBot) refuse(otherwise);
  if (channel.isArchived) refuse("is_archived");
  return message;
}

/** Parts that the app leaves out stay as they are (https://docs.slack.dev/reference/methods/chat.update). */
function update(call: Call): JsonObject {
  const { workspace, baseUrl } = call.context;
  const message = ownMessage(call, "cant_update_message");
  const content = messageContent(call.args, workspace, { text: longestText.update, sumBlocks: true });
  refuseEmpty(content);
  const updated: SlackMessage = {
    ...message,
    text: content.text ?? message.text,
    blocks: content.blocks ?? message.blocks,
    attachments: content.attachments ?? message.attachments,
    metadata: content.metadata === undefined ? message.metadata : content.metadata,
    edited: { user: workspace.slackApp.botUserId, ts: workspace.nextTs() },
  };
  workspace.replaceMessage(updated);
  return {
    channel: message.channel,
    ts: message.ts,
    text: updated.text,
    message: messageAnswer(workspace, updated, baseUrl(), true),
  };
}

function remove(call: Call): JsonObject {
  const { workspace } = call.context;
  const message = ownMessage(call, "cant_delete_message");
  if (repliesTo(workspace, message).length > 0) workspace.replaceMessage({ ...message, tombstone: true, blocks: [], text: "" });
  else workspace.removeMessage(message.channel, message.ts);
  return { channel: message.channel, ts: message.ts };
}

function getPermalink(call: Call): JsonObject {
  const channel = knownChannel(call, call.args.string("channel"));
  const message = call.context.workspace.message(channel.id, call.args.needed("message_ts"));
  if (message === undefined || message.ephemeralTo !== null) return refuse("message_not_found");
  const thread = message.threadTs === null ? "" : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
  const permalink = `${call.context.baseUrl()}/archives/${channel.id}/p${message.ts.replace(".", "")}${thread}`;
  return { channel: channel.id, permalink };
}
