import type { SeenMessage } from "../slack/control/seen.ts";
import { objectsIn, textOf } from "./blocks/block-kit.ts";

/** A command that the composer offers while one is typed. */
export interface CommandHint {
  /** "/sync errors [category] [object]". */
  readonly usage: string;
  readonly summary: string;
}

/** What `/sync help` answered last in this channel: each line "• `/sync …` – what it does". Until then, that it can be asked. */
export function commandHints(messages: readonly SeenMessage[]): readonly CommandHint[] {
  const learned = messages.findLast((message) => message.bot && linesOf(message).length > 2);
  if (learned !== undefined) return linesOf(learned);
  return [{ usage: "/sync help", summary: "what Syncwarden can tell and do" }];
}

function linesOf(message: SeenMessage): readonly CommandHint[] {
  return message.blocks
    .flatMap((block) => [textOf(block.text), ...objectsIn(block.elements).map(textOf)])
    .flatMap((text) => text.split("\n"))
    .flatMap((line) => {
      const [, usage, summary] = /^\s*• `(\/[^`]+)` [–-] (.+)$/.exec(line) ?? [];
      return usage === undefined || summary === undefined ? [] : [{ usage: plain(usage), summary: plain(summary) }];
    });
}

function plain(mrkdwn: string): string {
  return mrkdwn.replace(/[*`]/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
