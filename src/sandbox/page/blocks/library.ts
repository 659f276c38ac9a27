import { createElement, type FunctionComponent, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { type Block, Message, type MessageProps } from "slack-blocks-to-jsx";
import { isObject, type JsonObject, textOf } from "./block-kit.ts";
import { formatDate } from "./date.ts";
import { emoji } from "./emoji.ts";
import { guarded, guardedPlain, restored } from "./mrkdwn.ts";
import type { Reader } from "./reader.ts";

const BlockKit: FunctionComponent<MessageProps> = Message;

/** The HTML of one block that nobody can click, rendered by slack-blocks-to-jsx; empty where the library doesn't know it. */
export function libraryHtml(block: JsonObject, reader: Reader): string {
  const html = renderToStaticMarkup(
    createElement(BlockKit, {
      // Without ids: the library makes HTML ids of them, and two messages may share them.
      blocks: [{ ...(prepared(block) as JsonObject), block_id: undefined } as unknown as Block],
      logo: "",
      name: "",
      withoutWrapper: true,
      data: { users: [...reader.users], channels: [...reader.channels], user_groups: [...reader.userGroups] },
      hooks: hooks(reader),
    }),
  );
  const inner = /block_wrapper[^>]*>([\s\S]*)<\/div><\/div><\/div><\/div>$/.exec(html)?.[1];
  return inner === undefined ? "" : restored(inner);
}

/** All text guarded: mrkdwn from Markdown, plain text from mrkdwn as well. */
function prepared(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prepared);
  if (!isObject(value)) return value;
  if (value.type === "mrkdwn") return { type: "mrkdwn", text: guarded(textOf(value), value.verbatim === true) };
  if (value.type === "raw_text") return { ...value, text: guardedPlain(textOf(value), true) };
  if (value.type === "plain_text") return { type: "mrkdwn", text: guardedPlain(textOf(value), value.emoji !== false) };
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, prepared(entry)]));
}

function hooks({ clock }: Reader): NonNullable<MessageProps["hooks"]> {
  return {
    emoji: (data, parse) => emoji(data.name, parse(data)),
    date({ timestamp, format, link, fallback }) {
      const at = new Date(Number(timestamp) * 1000);
      if (Number.isNaN(at.getTime())) return fallback;
      const time = createElement("time", { dateTime: at.toISOString(), title: fallback }, formatDate(at, format, clock));
      return link === null ? time : anchor(link, time);
    },
    link: ({ href, children }) => anchor(href, children),
  };
}

function anchor(href: string, children: ReactNode): ReactNode {
  if (!/^(?:https?|mailto):/i.test(href)) return createElement("span", null, children);
  return createElement("a", { href, target: "_blank", rel: "noopener noreferrer" }, children);
}
