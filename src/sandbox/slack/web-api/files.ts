import { isRecord } from "../block-kit/shape.ts";
import { fileAnswer } from "../workspace/answers.ts";
import type { JsonObject, SlackFile, SlackMessage } from "../workspace/model.ts";
import { type Call, isMember, knownChannel, type Methods } from "./call.ts";
import { longestText, messageContent } from "./message-content.ts";
import { refuse, refuseWith } from "./refusal.ts";
import type { PendingUpload } from "./uploads.ts";

export const filesMethods: Methods = {
  "files.getUploadURLExternal": { token: "bot", scopes: ["files:write"], tier: "tier4", run: getUploadUrl },
  "files.completeUploadExternal": { token: "bot", scopes: ["files:write"], tier: "tier4", run: completeUpload },
  "files.info": { token: "bot", scopes: ["files:read"], tier: "tier4", run: info },
  "files.delete": { token: "bot", scopes: ["files:write"], tier: "tier3", run: remove },
};

function getUploadUrl({ args, context }: Call): JsonObject {
  const name = args.needed("filename");
  const length = Number(args.needed("length"));
  if (!Number.isInteger(length) || length <= 0)
    refuseWith("invalid_arguments", ["must be a positive integer [json-pointer:/length]"]);
  const fileId = context.workspace.nextId("F");
  context.uploads.announce({ fileId, name, length, content: null });
  return { upload_url: `${context.baseUrl()}/slack/upload/${fileId}`, file_id: fileId };
}

function completeUpload(call: Call): JsonObject {
  const { args, context } = call;
  const { workspace } = context;
  const wanted = args.json("files", "invalid_arguments");
  if (!Array.isArray(wanted) || wanted.length === 0) return refuseWith("invalid_arguments", ["missing required field: files"]);
  const channelId = args.string("channel_id") ?? args.string("channels")?.split(",")[0];
  const channel = channelId === undefined ? null : knownChannel(call, channelId);
  if (channel !== null && !isMember(context, channel)) refuse("not_in_channel");
  const threadTs = args.string("thread_ts") ?? null;
  if (threadTs !== null && (channel === null || workspace.message(channel.id, threadTs) === undefined))
    refuse("thread_not_found");
  const content = messageContent(args, workspace, { text: longestText.post, sumBlocks: true });
  const uploads = wanted.map((entry): { readonly upload: PendingUpload; readonly title: string } => {
    const upload = context.uploads.take(isRecord(entry) ? String(entry.id) : "") ?? refuse("file_not_found");
    return { upload, title: isRecord(entry) && typeof entry.title === "string" ? entry.title : upload.name };
  });
  const ts = workspace.nextTs();
  const files = uploads.map(
    ({ upload, title }): SlackFile => ({
      id: upload.fileId,
      name: upload.name,
      title,
      user: workspace.slackApp.botUserId,
      content: upload.content ?? new Uint8Array(),
      created: Math.floor(workspace.now() / 1000),
      shares: channel === null ? [] : [{ channel: channel.id, ts }],
    }),
  );
  for (const file of files) workspace.addFile(file);
  if (channel !== null) {
    const message: SlackMessage = {
      ts,
      channel: channel.id,
      user: workspace.slackApp.botUserId,
      byBot: true,
      text: args.string("initial_comment") ?? "",
      blocks: content.blocks ?? [],
      attachments: [],
      threadTs,
      broadcast: false,
      metadata: null,
      ephemeralTo: null,
      edited: null,
      files: files.map(({ id }) => id),
      reactions: [],
      tombstone: false,
      via: "api",
    };
    workspace.addMessage(message);
  }
  return { files: files.map((file) => fileAnswer(workspace, file, context.baseUrl())) };
}

function info({ args, context }: Call): JsonObject {
  const file = context.workspace.files.get(args.needed("file"));
  if (file === undefined) return refuse("file_not_found");
  const answer = fileAnswer(context.workspace, file, context.baseUrl());
  return { file: answer, comments: [], response_metadata: { next_cursor: "" } };
}

function remove({ args, context }: Call): JsonObject {
  const { workspace } = context;
  const file = workspace.files.get(args.needed("file"));
  if (file === undefined) return refuse("file_not_found");
  if (file.user !== workspace.slackApp.botUserId) return refuse("cant_delete_file");
  workspace.files.delete(file.id);
  return {};
}
