import { createElement, Fragment, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Message, type MessageProps } from "slack-blocks-to-jsx";
import { isObject, textOf } from "./block-kit.ts";
import { emoji } from "./emoji.ts";

/** A plain_text object: nothing in it is parsed but emoji names. Slack shows its three escapes as what they stand for. */
export function plainText(value: unknown): ReactElement {
  const text = textOf(value).replace(
    /&(amp|lt|gt);/g,
    (entity, name: string) => ({ amp: "&", lt: "<", gt: ">" })[name] ?? entity,
  );
  if (isObject(value) && value.emoji === false) return createElement(Fragment, null, text);
  const pieces = text.split(/:([a-z0-9_+-]*[a-z+][a-z0-9_+-]*):/);
  return createElement(
    Fragment,
    null,
    ...pieces.map((piece, index) => (index % 2 === 0 ? piece : emoji(piece, emojiCharacter(piece)))),
  );
}

const characters = new Map<string, string>();

/** The character of an emoji name, or the name: the library tells it to a hook alone. */
function emojiCharacter(name: string): string {
  const known = characters.get(name);
  if (known !== undefined) return known;
  let character = name;
  const hook: NonNullable<MessageProps["hooks"]> = {
    emoji(data, parse) {
      character = parse(data);
      return null;
    },
  };
  const section = { type: "rich_text_section", elements: [{ type: "emoji", name }] } as const;
  const blocks: MessageProps["blocks"] = [{ type: "rich_text", elements: [{ ...section, elements: [...section.elements] }] }];
  renderToStaticMarkup(createElement(Message, { blocks, logo: "", name: "", withoutWrapper: true, hooks: hook }));
  characters.set(name, character);
  return character;
}
