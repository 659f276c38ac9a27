import type { JsonObject, SlackChannel, SlackFile, SlackMessage, SlackUser, SlackView } from "./model.ts";
import type { Workspace } from "./workspace.ts";

/** People, channels, messages, views and files in the shape that Slack's answers and payloads have. */

export function userAnswer({ team, slackApp }: Workspace, user: SlackUser, withLocale: boolean): JsonObject {
  return {
    id: user.id,
    team_id: team.id,
    name: user.name,
    deleted: user.deleted,
    color: "9f69e7",
    real_name: user.realName,
    tz: user.tz,
    tz_label: user.tzLabel,
    tz_offset: user.tzOffset,
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      title: "",
      status_text: "",
      status_emoji: "",
      status_expiration: 0,
      team: team.id,
      ...(user.isBot ? { bot_id: slackApp.botId, api_app_id: slackApp.id } : {}),
    },
    is_admin: user.isAdmin,
    is_owner: user.isOwner,
    is_primary_owner: user.isOwner,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.isBot,
    is_app_user: false,
    is_email_confirmed: true,
    who_can_share_contact_card: "EVERYONE",
    updated: 1_767_225_600,
    ...(withLocale ? { locale: user.locale } : {}),
  };
}

export function channelAnswer({ team, slackApp }: Workspace, channel: SlackChannel): JsonObject {
  if (channel.kind === "im") {
    return {
      id: channel.id,
      created: channel.created,
      is_archived: false,
      is_im: true,
      is_org_shared: false,
      context_team_id: team.id,
      user: channel.name,
      is_user_deleted: false,
      priority: 0,
    };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: channel.kind === "private",
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === "private",
    created: channel.created,
    is_archived: channel.isArchived,
    is_general: channel.id === "C0GENERAL",
    unlinked: 0,
    is_shared: false,
    is_org_shared: false,
    is_ext_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    context_team_id: team.id,
    updated: channel.created * 1000,
    creator: "U0ADMIN",
    is_member: channel.members.includes(slackApp.botUserId),
    topic: { value: "", creator: "", last_set: 0 },
    purpose: { value: "", creator: "", last_set: 0 },
    previous_names: [],
    num_members: channel.members.length,
  };
}

export function fileAnswer({ team }: Workspace, file: SlackFile, baseUrl: string): JsonObject {
  const extension = /\.(\w+)$/.exec(file.name)?.[1]?.toLowerCase() ?? "text";
  const location = `${baseUrl}/slack/files/${file.id}/${encodeURIComponent(file.name)}`;
  const shares = Object.fromEntries(
    file.shares.filter(({ channel }) => channel.startsWith("C")).map(({ channel, ts }) => [channel, [{ ts }]]),
  );
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: extension === "csv" ? "text/csv" : "text/plain",
    filetype: extension,
    pretty_type: extension.toUpperCase(),
    user: file.user,
    user_team: team.id,
    editable: false,
    size: file.content.byteLength,
    mode: "hosted",
    is_external: false,
    external_type: "",
    is_public: Object.keys(shares).length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: "",
    url_private: location,
    url_private_download: location,
    permalink: `${baseUrl}/files/${file.user}/${file.id}`,
    shares: { public: shares },
    channels: file.shares.map(({ channel }) => channel).filter((id) => id.startsWith("C")),
    groups: [],
    ims: file.shares.map(({ channel }) => channel).filter((id) => id.startsWith("D")),
    file_access: "visible",
  };
}

export function messageAnswer(workspace: Workspace, message: SlackMessage, baseUrl: string, withMetadata: boolean): JsonObject {
  const { slackApp, team, files } = workspace;
  if (message.tombstone) {
    return {
      type: "message",
      subtype: "tombstone",
      user: "USLACKBOT",
      hidden: true,
      text: "This message was deleted.",
      ts: message.ts,
      thread_ts: message.ts,
      ...threadAnswer(workspace, message),
    };
  }
  const shared = message.files.flatMap((id) => files.get(id) ?? []);
  const parent = message.threadTs === null ? undefined : workspace.message(message.channel, message.threadTs);
  return {
    type: "message",
    ...(message.broadcast ? { subtype: "thread_broadcast" } : {}),
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: team.id,
    ...(message.byBot ? { bot_id: slackApp.botId, app_id: slackApp.id, bot_profile: botAnswer(workspace, message) } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.threadTs === null
      ? {}
      : { thread_ts: message.threadTs, ...(parent === undefined ? {} : { parent_user_id: parent.user }) }),
    ...(message.edited === null ? {} : { edited: message.edited }),
    ...(shared.length > 0 ? { files: shared.map((file) => fileAnswer(workspace, file, baseUrl)), upload: true } : {}),
    ...(message.reactions.length > 0 ? { reactions: message.reactions.map((one) => ({ ...one, count: one.users.length })) } : {}),
    ...(withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
    ...threadAnswer(workspace, message),
  };
}

function botAnswer({ slackApp, team }: Workspace, message: SlackMessage): JsonObject {
  return {
    id: slackApp.botId,
    app_id: slackApp.id,
    user_id: message.user,
    name: slackApp.name,
    team_id: team.id,
    deleted: false,
    updated: 1_767_225_600,
  };
}

function threadAnswer(workspace: Workspace, message: SlackMessage): JsonObject {
  if (message.threadTs !== null) return {};
  const replies = repliesTo(workspace, message);
  const latest = replies.at(-1);
  if (latest === undefined) return {};
  const users = [...new Set(replies.map(({ user }) => user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: latest.ts,
    reply_users: users,
    is_locked: false,
    subscribed: false,
  };
}

/** The replies in a message's thread that everyone sees, oldest first. */
export function repliesTo(workspace: Workspace, { channel, ts }: SlackMessage): readonly SlackMessage[] {
  return workspace.messagesIn(channel).filter((one) => one.threadTs === ts && one.ephemeralTo === null);
}

export function viewAnswer({ slackApp, team }: Workspace, view: SlackView): JsonObject {
  const { content } = view;
  return {
    id: view.id,
    team_id: team.id,
    type: view.kind,
    blocks: content.blocks,
    private_metadata: content.private_metadata ?? "",
    callback_id: content.callback_id ?? "",
    external_id: content.external_id ?? "",
    state: { values: view.values },
    hash: view.hash,
    title: content.title ?? { type: "plain_text", text: "View Title", emoji: true },
    clear_on_close: content.clear_on_close ?? false,
    notify_on_close: content.notify_on_close ?? false,
    close: content.close ?? null,
    submit: content.submit ?? null,
    submit_disabled: content.submit_disabled ?? false,
    previous_view_id: view.previousViewId,
    root_view_id: view.rootViewId,
    app_id: slackApp.id,
    app_installed_team_id: team.id,
    bot_id: slackApp.botId,
  };
}
