import { createElement, type ReactElement } from "react";
import type { SeenMessage } from "../slack/control/seen.ts";
import { avatar } from "./avatar.ts";
import { renderBlocks } from "./blocks/block.ts";
import { type JsonObject, objectsIn, stringOf } from "./blocks/block-kit.ts";
import { dayOf, formatDate, timeOf } from "./blocks/date.ts";
import type { Place } from "./blocks/place.ts";
import { plainText } from "./blocks/plain-text.ts";
import type { Reader } from "./blocks/reader.ts";
import { type FileContents, renderFile } from "./file.ts";

export interface MessageContext {
  readonly reader: Reader;
  /** In the channel a message shows how many replies it has; in its thread it doesn't. */
  readonly inThread: boolean;
  /** When the last reply came; null where there is none. */
  readonly lastReply: Date | null;
  readonly contentOf: FileContents;
}

/** One message as Slack shows it: who, when, its blocks (or its text where it has none), files, and its thread. */
export function renderMessage(message: SeenMessage, context: MessageContext): ReactElement {
  const { reader } = context;
  const author = authorOf(message, reader);
  const at = momentOf(message.ts);
  return createElement(
    "article",
    {
      className: `message ${message.ephemeral ? "message-ephemeral" : ""}`.trim(),
      "data-message": message.ts,
      "aria-label": `${author}, ${timeOf(at, reader.clock)}`,
    },
    avatar(author, message.bot || message.user === "USLACKBOT"),
    createElement(
      "div",
      { className: "message-body" },
      createElement(
        "header",
        { className: "message-head" },
        createElement("span", { className: "author" }, author),
        message.bot ? createElement("span", { className: "app-badge" }, "App") : null,
        createElement(
          "time",
          { dateTime: at.toISOString(), title: formatDate(at, "{date_long} at {time_secs}", reader.clock) },
          timeOf(at, reader.clock),
        ),
        message.edited === null ? null : createElement("span", { className: "edited" }, "(edited)"),
        message.ephemeral ? createElement("span", { className: "only-you" }, "Only visible to you") : null,
      ),
      message.deleted ? createElement("p", { className: "deleted" }, "This message was deleted.") : content(message, context),
      reactions(message),
      context.inThread || message.reply_count === 0 ? null : threadButton(message, context),
    ),
  );
}

/** When a message was written, by its ts. */
export function momentOf(ts: string): Date {
  return new Date(Math.floor(Number(ts) * 1000));
}

export function authorOf(message: SeenMessage, reader: Reader): string {
  if (message.user === "USLACKBOT") return "Slackbot";
  return reader.users.find(({ id }) => id === message.user)?.name ?? message.user;
}

function content(message: SeenMessage, { reader, contentOf }: MessageContext): ReactElement {
  const place: Place = { kind: "message", channel: message.channel, ts: message.ts };
  const attachments = message.attachments.filter((one): one is JsonObject => typeof one === "object" && one !== null);
  return createElement(
    "div",
    { className: "message-content" },
    renderBlocks(message.blocks.length > 0 ? message.blocks : textBlocks(message.text), { reader, place }),
    ...attachments.map((attachment, index) =>
      createElement(
        "div",
        { key: index, className: "attachment" },
        renderBlocks(attachmentBlocks(attachment), { reader, place }),
      ),
    ),
    ...message.files.map((file) => renderFile(file, contentOf)),
    message.files.length === 0 || message.bot ? null : shortcutButton(message),
  );
}

function textBlocks(text: string): readonly JsonObject[] {
  return text === "" ? [] : [{ type: "section", block_id: "text", text: { type: "mrkdwn", text } }];
}

function attachmentBlocks(attachment: JsonObject): readonly JsonObject[] {
  const blocks = objectsIn(attachment.blocks);
  return blocks.length > 0 ? blocks : textBlocks(stringOf(attachment.text) || stringOf(attachment.fallback));
}

function reactions({ reactions: given }: SeenMessage): ReactElement | null {
  if (given.length === 0) return null;
  return createElement(
    "p",
    { className: "reactions" },
    ...given.map(({ name, users }) =>
      createElement(
        "span",
        { key: name, className: "reaction" },
        plainText({ type: "plain_text", text: `:${name}:`, emoji: true }),
        ` ${users.length}`,
      ),
    ),
  );
}

/** What Slack has in the menu of a message: the app's shortcut for files. */
function shortcutButton({ channel, ts }: SeenMessage): ReactElement {
  return createElement(
    "p",
    null,
    createElement(
      "button",
      {
        type: "button",
        className: "button",
        "data-shortcut": "syncwarden:import-sync-errors",
        "data-channel": channel,
        "data-ts": ts,
      },
      "Import sync errors",
    ),
  );
}

function threadButton(message: SeenMessage, { reader, lastReply }: MessageContext): ReactElement {
  const replies = `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`;
  return createElement(
    "button",
    { type: "button", className: "thread-link", "data-open-thread": message.ts },
    createElement("span", { className: "thread-count" }, replies),
    lastReply === null
      ? null
      : createElement("span", { className: "thread-last" }, ` Last reply ${lastReplyText(lastReply, reader)}`),
  );
}

function lastReplyText(at: Date, { clock }: Reader): string {
  const format = dayOf(at, clock) === dayOf(clock.now, clock) ? "at {time}" : "{date_short_pretty} at {time}";
  return formatDate(at, format, clock);
}
