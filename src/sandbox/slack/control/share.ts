import type { SlackContext } from "../context.ts";
import type { Acknowledgement } from "../delivery/acknowledgement.ts";
import { sendEvent } from "../interactions/events.ts";
import { globalShortcutPayload, messageActionPayload, messageEvent } from "../interactions/payloads.ts";
import { fileAnswer } from "../workspace/answers.ts";
import type { JsonObject, SlackFile, SlackMessage, SlackUser } from "../workspace/model.ts";
import { channelOf, person, visibleMessage } from "./people.ts";
import { ControlRefusal } from "./refusal.ts";
import { collectResponses } from "./responses.ts";
import { type SeenMessage, seenMessage } from "./seen.ts";
import { openView } from "./views.ts";

function written(
  context: SlackContext,
  user: SlackUser,
  channel: string,
  text: string,
  more: Partial<SlackMessage>,
): SlackMessage {
  const message: SlackMessage = {
    ts: context.workspace.nextTs(),
    channel,
    user: user.id,
    byBot: false,
    text,
    blocks: [],
    attachments: [],
    threadTs: null,
    broadcast: false,
    metadata: null,
    ephemeralTo: null,
    edited: null,
    files: [],
    reactions: [],
    tombstone: false,
    via: "user",
    ...more,
  };
  context.workspace.addMessage(message);
  return message;
}

/** A person writes a message. The app hears of it where it is subscribed to messages. */
export function say(
  context: SlackContext,
  request: { readonly user: string; readonly channel: string; readonly text: string; readonly thread_ts?: string | undefined },
): { readonly message: SeenMessage } {
  const user = person(context, request.user);
  const channel = channelOf(context, user, request.channel);
  const parent = request.thread_ts === undefined ? null : visibleMessage(context, user, channel, request.thread_ts);
  const message = written(context, user, channel.id, request.text, {
    threadTs: parent === null ? null : (parent.threadTs ?? parent.ts),
  });
  void sendEvent(context, messageEvent(context, channel, message), channel);
  return { message: seenMessage(context, message) };
}

/** `base64`: how `content` says bytes that are no text in UTF-8. */
export interface UploadRequest {
  readonly user: string;
  readonly name: string;
  readonly content: string;
  readonly base64?: boolean | undefined;
}

function uploaded(
  { workspace }: SlackContext,
  user: SlackUser,
  { name, content, base64 }: UploadRequest,
  id: string,
  shares: SlackFile["shares"],
): SlackFile {
  const file: SlackFile = {
    id,
    name,
    title: name,
    user: user.id,
    content: Uint8Array.from(Buffer.from(content, base64 === true ? "base64" : "utf8")),
    created: Math.floor(workspace.now() / 1000),
    shares,
  };
  workspace.addFile(file);
  return file;
}

/** A person uploads a file into a form, where nobody but the app gets to see it. */
export function uploadFile(context: SlackContext, request: UploadRequest): { readonly file: JsonObject } {
  const user = person(context, request.user);
  const file = uploaded(context, user, request, context.workspace.nextId("F"), []);
  return { file: fileAnswer(context.workspace, file, context.baseUrl()) };
}

/** A person shares a file in a channel. */
export function shareFile(
  context: SlackContext,
  request: UploadRequest & { readonly channel: string },
): { readonly file: JsonObject; readonly message: SeenMessage } {
  const { workspace } = context;
  const user = person(context, request.user);
  const channel = channelOf(context, user, request.channel);
  const id = workspace.nextId("F");
  const message = written(context, user, channel.id, "", { files: [id] });
  const file = uploaded(context, user, request, id, [{ channel: channel.id, ts: message.ts }]);
  const event = {
    type: "file_shared",
    channel_id: channel.id,
    file_id: id,
    user_id: user.id,
    file: { id },
    event_ts: workspace.nextTs(),
  };
  void sendEvent(context, event, channel);
  void sendEvent(context, messageEvent(context, channel, message), channel);
  return { file: fileAnswer(workspace, file, context.baseUrl()), message: seenMessage(context, message) };
}

export interface ShortcutRequest {
  readonly user: string;
  readonly callback_id: string;
  /** The message it is used on; without, it is a global shortcut. */
  readonly channel?: string | undefined;
  readonly ts?: string | undefined;
  readonly waitMs?: number | undefined;
  /** How long it must be quiet for an answer to be all of it, in milliseconds. */
  readonly quietMs?: number | undefined;
}

/** A person uses one of the app's shortcuts. */
export async function useShortcut(
  context: SlackContext,
  request: ShortcutRequest,
): Promise<{ readonly ack: Acknowledgement; readonly responses: readonly SeenMessage[]; readonly view: JsonObject | null }> {
  const { installation, responseUrls } = context;
  const user = person(context, request.user);
  if (!installation.shortcuts.includes(request.callback_id)) {
    throw new ControlRefusal(404, `The app has no shortcut ${request.callback_id}.`, { shortcuts: installation.shortcuts });
  }
  const { payload, path } = shortcutPayload();
  const collector = collectResponses(context, user.id, path);
  const ack = await context.delivery.deliver("interactive", payload, false);
  if (!ack.acknowledged) collector.stop();
  const responses = ack.acknowledged
    ? await collector.settle({ firstMs: request.waitMs ?? 1_000, quietMs: request.quietMs })
    : [];
  return { ack, responses, view: openView(context, user.id) };

  function shortcutPayload(): { readonly payload: JsonObject; readonly path: string | null } {
    if (request.channel === undefined || request.ts === undefined) {
      return { payload: globalShortcutPayload(context, user, request.callback_id), path: null };
    }
    const channel = channelOf(context, user, request.channel);
    const message = visibleMessage(context, user, channel, request.ts);
    if (message.ephemeralTo !== null) throw new ControlRefusal(400, "Shortcuts are not offered on messages that only you see.");
    const issued = responseUrls.issue({ channel: channel.id, user: user.id, messageTs: message.ts });
    const responseUrl = `${context.baseUrl()}${issued}`;
    return {
      payload: messageActionPayload(context, { user, channel, message, callbackId: request.callback_id, responseUrl }),
      path: issued,
    };
  }
}
