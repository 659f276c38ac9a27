import { createHash } from "node:crypto";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { SeenMessage } from "../slack/control/seen.ts";
import { dayOf, dayTitle } from "./blocks/date.ts";
import type { Reader } from "./blocks/reader.ts";
import type { FileContents } from "./file.ts";
import { authorOf, momentOf, renderMessage } from "./message.ts";

/** One row of a channel or thread: the browser replaces those whose `version` changed and leaves the others alone. */
export interface FeedItem {
  readonly id: string;
  readonly version: string;
  readonly html: string;
  /** What a screen reader says when it arrives; empty for a day's title. */
  readonly spoken: string;
}

export interface Feed {
  /** The top level of the channel. */
  readonly items: readonly FeedItem[];
  /** The thread that was asked for, its parent first; null where none was or it is gone. */
  readonly thread: readonly FeedItem[] | null;
}

/** A channel of this many messages shows the newest alone. */
const mostShown = 300;

/** Renders channels, each message once as long as it stays as it is. */
export function createFeedRenderer(
  contentOf: FileContents,
): (messages: readonly SeenMessage[], threadTs: string | null, reader: Reader) => Feed {
  const rendered = new Map<string, FeedItem>();

  function item(message: SeenMessage, all: readonly SeenMessage[], inThread: boolean, reader: Reader): FeedItem {
    const replies = inThread ? [] : all.filter(({ thread_ts, ephemeral }) => thread_ts === message.ts && !ephemeral);
    const last = replies.at(-1);
    const lastReply = last === undefined ? null : momentOf(last.ts);
    const { timeZone, locale } = reader.clock;
    const today = dayOf(reader.clock.now, reader.clock);
    const version = createHash("sha256")
      .update(JSON.stringify([message, inThread, lastReply, timeZone, locale, today]))
      .digest("base64url")
      .slice(0, 16);
    const known = rendered.get(version);
    if (known !== undefined) return known;
    const fresh = {
      id: message.ts,
      version,
      html: renderToStaticMarkup(renderMessage(message, { reader, inThread, lastReply, contentOf })),
      spoken: `${authorOf(message, reader)}: ${spokenText(message.text)}`,
    };
    if (rendered.size > 2_000) rendered.clear();
    rendered.set(version, fresh);
    return fresh;
  }

  return (messages, threadTs, reader) => {
    const top = messages.filter(({ thread_ts, ts }) => thread_ts === null || thread_ts === ts).slice(-mostShown);
    const parent = messages.find(({ ts }) => ts === threadTs);
    const thread = parent && [parent, ...messages.filter(({ thread_ts, ts }) => thread_ts === parent.ts && ts !== parent.ts)];
    return {
      items: withDays(top, reader, (message) => item(message, messages, false, reader)),
      thread: thread?.map((message) => item(message, messages, true, reader)) ?? null,
    };
  };
}

/** Puts a day's title before its first message. */
function withDays(messages: readonly SeenMessage[], reader: Reader, render: (message: SeenMessage) => FeedItem): FeedItem[] {
  let day = "";
  return messages.flatMap((message) => {
    const at = momentOf(message.ts);
    const own = dayOf(at, reader.clock);
    if (own === day) return [render(message)];
    day = own;
    const title = dayTitle(at, reader.clock);
    const html = renderToStaticMarkup(createElement("h2", { className: "day" }, createElement("span", null, title)));
    return [{ id: own, version: title, html, spoken: "" }, render(message)];
  });
}

/** A message's text without Slack's markup. */
function spokenText(text: string): string {
  return text
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, "$1")
    .replace(/<[^|>]*\|([^>]*)>/g, "$1")
    .replace(/<[@#!]?([^>]*)>/g, "$1")
    .replace(/&(amp|lt|gt);/g, (entity, name: string) => ({ amp: "&", lt: "<", gt: ">" })[name] ?? entity);
}
