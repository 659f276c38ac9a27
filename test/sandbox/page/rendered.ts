import { renderToStaticMarkup } from "react-dom/server";
import { renderBlocks } from "../../../src/sandbox/page/blocks/block.ts";
import type { Place } from "../../../src/sandbox/page/blocks/place.ts";
import type { Reader } from "../../../src/sandbox/page/blocks/reader.ts";

export const reader: Reader = {
  users: [{ id: "U0ADMIN", name: "Ada Admin" }],
  channels: [{ id: "C0REVOPS", name: "revops", kind: "public" }],
  userGroups: [{ id: "S0REVOPS", name: "revops" }],
  clock: { timeZone: "Asia/Tokyo", locale: "en-GB", now: new Date("2026-01-02T12:00:00Z") },
};

export const message: Place = { kind: "message", channel: "C0REVOPS", ts: "1767225600.000100" };

export function html(...blocks: readonly Readonly<Record<string, unknown>>[]): string {
  return renderToStaticMarkup(renderBlocks(blocks, { reader, place: message }));
}

/** The HTML of one mrkdwn section. */
export function mrkdwn(text: string, verbatim = true): string {
  return html({ type: "section", block_id: "s", text: { type: "mrkdwn", text, verbatim } });
}

/** What a person reads of it. */
export function readable(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");
}
