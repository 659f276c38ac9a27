import { isRecord } from "./shape.ts";

export type Block = Readonly<Record<string, unknown>> & { readonly type: string };

/** Blocks as Slack stores and returns them: ids where the app gave none, and the defaults of text objects spelled out. */
export function storedBlocks(blocks: readonly unknown[], nextId: () => string): readonly Block[] {
  return blocks.filter(isRecord).map((block) => ({
    ...(fill(block, nextId) as Readonly<Record<string, unknown>>),
    type: String(block.type),
    block_id: typeof block.block_id === "string" ? block.block_id : nextId(),
  }));
}

const actionable = /(_select|_input|^button|^overflow|^checkboxes|^radio_buttons|picker)$/;

function fill(value: unknown, nextId: () => string): unknown {
  if (Array.isArray(value)) return value.map((entry) => fill(entry, nextId));
  if (!isRecord(value)) return value;
  const filled = Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, fill(entry, nextId)]));
  if (value.type === "plain_text" && value.emoji === undefined) return { ...filled, emoji: true };
  if (value.type === "mrkdwn" && value.verbatim === undefined) return { ...filled, verbatim: false };
  if (typeof value.type === "string" && actionable.test(value.type) && value.action_id === undefined) {
    return { ...filled, action_id: nextId() };
  }
  return filled;
}

/** Characters of all text in blocks, as counted for msg_blocks_too_long. */
export function textInBlocks(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + textInBlocks(entry), 0);
  if (!isRecord(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, entry]) => sum + (name === "text" && typeof entry === "string" ? [...entry].length : textInBlocks(entry)),
    0,
  );
}
