import { anyText, identifier, plainText, slackFile } from "./composition.ts";
import { dataBlocks } from "./data-blocks.ts";
import { accessory, actionsElement, button, image, inputElement } from "./elements.ts";
import { richTextBlock } from "./rich-text.ts";
import {
  also,
  atLeastOneOf,
  byType,
  choice,
  exactlyOneOf,
  type Faults,
  fault,
  flag,
  isRecord,
  list,
  number,
  object,
  type Shape,
  text,
  url,
} from "./shape.ts";

/** Where blocks are shown; each takes other blocks and another number of them. */
export type Surface = "message" | "modal" | "home";

const maxBlocks: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };

const named = { "block_id?": identifier };

const contextElement = byType({
  image,
  plain_text: object({ type: choice("plain_text"), text: text({ max: 3000 }), "emoji?": flag() }),
  mrkdwn: object({ type: choice("mrkdwn"), text: text({ max: 3000 }), "verbatim?": flag() }),
});

const card = also(
  object({
    type: choice("card"),
    ...named,
    "hero_image?": image,
    "icon?": image,
    "title?": anyText(150),
    "subtitle?": anyText(150),
    "body?": anyText(200),
    "actions?": list(button, { min: 1, max: 2 }),
  }),
  atLeastOneOf("hero_image", "title", "actions", "body"),
);

/** https://docs.slack.dev/reference/block-kit/blocks */
const common: Readonly<Record<string, Shape>> = {
  actions: object({ type: choice("actions"), ...named, elements: list(actionsElement, { min: 1, max: 25 }) }),
  context: object({ type: choice("context"), ...named, elements: list(contextElement, { min: 1, max: 10 }) }),
  divider: object({ type: choice("divider"), ...named }),
  header: object({ type: choice("header"), ...named, text: plainText(150), "level?": number({ min: 1, max: 4, integer: true }) }),
  image: also(
    object({
      type: choice("image"),
      ...named,
      alt_text: text({ max: 2000 }),
      "image_url?": url(),
      "slack_file?": slackFile,
      "title?": plainText(2000),
    }),
    exactlyOneOf("image_url", "slack_file"),
  ),
  input: object({
    type: choice("input"),
    ...named,
    label: plainText(2000),
    element: inputElement,
    "dispatch_action?": flag(),
    "hint?": plainText(2000),
    "optional?": flag(),
  }),
  rich_text: richTextBlock,
  section: also(
    object({
      type: choice("section"),
      ...named,
      "text?": anyText(3000),
      "fields?": list(anyText(2000), { min: 1, max: 10 }),
      "accessory?": accessory,
      "expand?": flag(),
    }),
    atLeastOneOf("text", "fields"),
  ),
};

const container = also(
  object({
    type: choice("container"),
    ...named,
    "title?": plainText(150),
    "rich_text_title?": richTextBlock,
    "subtitle?": anyText(150),
    "icon?": image,
    "width?": choice("narrow", "standard", "wide", "full"),
    "is_collapsible?": flag(),
    "default_collapsed?": flag(),
    "has_header_divider?": flag(),
    child_blocks: list(byType({ ...common, table: dataBlocks.table }), { min: 1, max: 10 }),
  }),
  (value, pointer, faults) => {
    atLeastOneOf("title", "rich_text_title")(value, pointer, faults);
    if (value.default_collapsed === true && value.is_collapsible !== true) {
      fault(faults, "default_collapsed needs is_collapsible", pointer);
    }
  },
);

const markdown = object({ type: choice("markdown"), ...named, text: text({ max: 12_000 }) });
const alert = object({
  type: choice("alert"),
  ...named,
  text: anyText(),
  "level?": choice("default", "info", "warning", "error", "success"),
});
const carousel = object({ type: choice("carousel"), ...named, elements: list(card, { min: 1, max: 10 }) });

const bySurface: Readonly<Record<Surface, Shape>> = {
  message: byType({ ...common, ...dataBlocks, container, markdown, card, carousel }),
  modal: byType({ ...common, alert }),
  home: byType({ ...common, container, alert, data_visualization: dataBlocks.data_visualization }),
};

/** All faults of a list of blocks on a surface; empty where Slack would take it. */
export function faultsOfBlocks(blocks: unknown, surface: Surface, pointer = "/blocks"): Faults {
  const faults: Faults = [];
  list(bySurface[surface], { max: maxBlocks[surface] })(blocks, pointer, faults);
  if (Array.isArray(blocks)) crossBlockFaults(blocks, pointer, faults);
  return faults;
}

function crossBlockFaults(blocks: readonly unknown[], pointer: string, faults: Faults): void {
  const blockIds = new Set<unknown>();
  let charts = 0;
  let tables = 0;
  for (const [index, block] of blocks.entries()) {
    if (!isRecord(block)) continue;
    const at = `${pointer}/${index}`;
    if (block.block_id !== undefined) {
      if (blockIds.has(block.block_id)) fault(faults, `\`block_id\` ${block.block_id} already exists`, `${at}/block_id`);
      blockIds.add(block.block_id);
    }
    uniqueActionIds(block, at, faults);
    if (block.type === "data_visualization" && ++charts > 2)
      fault(faults, "no more than 2 data_visualization blocks allowed", at);
    if ((block.type === "table" || block.type === "data_table") && ++tables > 1) fault(faults, "only_one_table_allowed", at);
  }
}

function uniqueActionIds(block: Readonly<Record<string, unknown>>, pointer: string, faults: Faults): void {
  if (!Array.isArray(block.elements)) return;
  const seen = new Set<unknown>();
  for (const [index, element] of block.elements.entries()) {
    const id = isRecord(element) ? element.action_id : undefined;
    if (id === undefined) continue;
    if (seen.has(id))
      fault(faults, `\`action_id\` ${id} already exists for another element`, `${pointer}/elements/${index}/action_id`);
    seen.add(id);
  }
}
