import { also, byType, choice, exactlyOneOf, flag, list, object, type Shape, text, url } from "./shape.ts";

/** Limits of composition objects: https://docs.slack.dev/reference/block-kit/composition-objects */
export const identifier = text({ max: 255 });

export function plainText(max = 3000): Shape {
  return byType({ plain_text: object({ type: choice("plain_text"), text: text({ max }), "emoji?": flag() }) });
}

export function anyText(max = 3000): Shape {
  return byType({
    plain_text: object({ type: choice("plain_text"), text: text({ max }), "emoji?": flag() }),
    mrkdwn: object({ type: choice("mrkdwn"), text: text({ max }), "verbatim?": flag() }),
  });
}

export const confirmDialog = object({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  "style?": choice("primary", "danger"),
});

export const selectOption = object({ text: plainText(75), value: text({ max: 150 }), "description?": plainText(75) });

export const overflowOption = object({
  text: plainText(75),
  value: text({ max: 150 }),
  "description?": plainText(75),
  "url?": url(),
});

export const choiceOption = object({ text: anyText(75), value: text({ max: 150 }), "description?": anyText(75) });

export const optionGroup = object({ label: plainText(75), options: list(selectOption, { min: 1, max: 100 }) });

export const placeholder = plainText(150);

export const slackFile = also(object({ "url?": url(), "id?": text() }), exactlyOneOf("url", "id"));

export const dispatchActionConfig = object({
  trigger_actions_on: list(choice("on_enter_pressed", "on_character_entered"), { min: 1, max: 2 }),
});

export const conversationFilter = object({
  "include?": list(choice("im", "mpim", "private", "public"), { min: 1 }),
  "exclude_external_shared_channels?": flag(),
  "exclude_bot_users?": flag(),
});
