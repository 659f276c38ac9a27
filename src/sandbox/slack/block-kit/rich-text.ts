import { identifier } from "./composition.ts";
import { also, byType, choice, fault, flag, list, number, object, text, url } from "./shape.ts";

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
const style = {
  "style?": also(
    object({
      "bold?": flag(),
      "italic?": flag(),
      "strike?": flag(),
      "underline?": flag(),
      "code?": flag(),
      "highlight?": flag(),
      "client_highlight?": flag(),
      "unlink?": flag(),
    }),
    (value, pointer, faults) => {
      if (Object.keys(value).length === 0) fault(faults, "must have at least one property", pointer);
    },
  ),
};

const leaf = byType({
  text: object({ type: choice("text"), text: text(), ...style }),
  link: object({ type: choice("link"), url: url(), "text?": text({ min: 0 }), "unsafe?": flag(), ...style }),
  user: object({ type: choice("user"), user_id: text(), ...style }),
  team: object({ type: choice("team"), team_id: text(), ...style }),
  usergroup: object({ type: choice("usergroup"), usergroup_id: text(), ...style }),
  channel: object({ type: choice("channel"), channel_id: text(), ...style }),
  emoji: object({
    type: choice("emoji"),
    name: text(),
    "unicode?": text(),
    "skin_tone?": number({ min: 1, max: 6, integer: true }),
    ...style,
  }),
  broadcast: object({ type: choice("broadcast"), range: choice("here", "channel", "everyone"), ...style }),
  color: object({ type: choice("color"), value: text({ pattern: /^#?[0-9a-fA-F]{6}$/ }), ...style }),
  date: object({
    type: choice("date"),
    timestamp: number({ min: 0, integer: true }),
    format: text(),
    "url?": url(),
    "fallback?": text({ min: 0 }),
    ...style,
  }),
});

const border = { "border?": choice(0, 1) };

const section = object({ type: choice("rich_text_section"), elements: list(leaf) });

export const richTextContainer = byType({
  rich_text_section: section,
  rich_text_list: object({
    type: choice("rich_text_list"),
    style: choice("bullet", "ordered"),
    elements: list(section, { min: 1 }),
    "indent?": number({ min: 0, integer: true }),
    "offset?": number({ min: 0, integer: true }),
    ...border,
  }),
  rich_text_preformatted: object({
    type: choice("rich_text_preformatted"),
    elements: list(leaf),
    "language?": text(),
    ...border,
  }),
  rich_text_quote: object({ type: choice("rich_text_quote"), elements: list(leaf), ...border }),
});

export const richTextBlock = object({ type: choice("rich_text"), "block_id?": identifier, elements: list(richTextContainer) });
