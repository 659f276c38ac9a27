import type { KnownBlock } from "@slack/types";
import type { DataVisualizationBlock } from "./chart.ts";
import { LIMITS } from "./limits.ts";
import { cutMrkdwn, filled } from "./text.ts";

export type MessageBlock = KnownBlock | DataVisualizationBlock;

/** What is shown: `text` says the whole of it in one sentence, for notifications and screen readers. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly MessageBlock[];
}

/** Characters that may count towards a message's size: every text, address and value in it. */
export function characters(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (Array.isArray(value)) return value.reduce((sum: number, part) => sum + characters(part), 0);
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).reduce((sum, [key, part]) => (key === "type" ? sum : sum + characters(part)), 0);
  }
  return 0;
}

/** What a message is made of: what must be seen, what may be cut, and what stands below. */
export interface MessageParts {
  readonly text: string;
  readonly head: readonly MessageBlock[];
  /** Entries of a list, each a few blocks; those that don't fit are left out from the end. */
  readonly items?: readonly (readonly MessageBlock[])[];
  /** What stands after the entries when some are left out: says how many, and how to see them. */
  readonly more?: (hidden: number) => readonly MessageBlock[];
  readonly tail?: readonly MessageBlock[];
}

/** Puts a message together within Slack's limits, leaving entries out where it would be too long, and saying so. */
export function composeMessage(parts: MessageParts, maxBlocks: number = LIMITS.messageBlocks): Message {
  const items = parts.items ?? [];
  const tail = parts.tail ?? [];
  let shown = items.length;
  while (shown >= 0) {
    const hidden = items.length - shown;
    const more = hidden > 0 && parts.more !== undefined ? parts.more(hidden) : [];
    const blocks = [...parts.head, ...items.slice(0, shown).flat(), ...more, ...tail];
    if (blocks.length <= maxBlocks && weight(blocks) <= LIMITS.messageCharacters) return finished(parts.text, blocks);
    shown -= 1;
  }
  return finished(parts.text, [...parts.head, ...tail].slice(0, maxBlocks));
}

/** What counts against `LIMITS.messageCharacters`. */
export function weight(blocks: readonly MessageBlock[]): number {
  return characters(blocks) + blocks.length * LIMITS.blockCharacters;
}

function finished(text: string, blocks: readonly MessageBlock[]): Message {
  return { text: cutMrkdwn(filled(text), LIMITS.messageText), blocks };
}
