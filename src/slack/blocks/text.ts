import type { Language } from "../../language/language.ts";
import { LIMITS } from "./limits.ts";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Makes text harmless inside mrkdwn or a message's `text`: Slack's three control characters. Apply once, where text enters. */
export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? character);
}

/** At most `max` characters, whole code points, with "…" in place of what is cut. */
export function truncate(text: string, max: number): string {
  if (text.length <= max) return text;
  let cut = "";
  for (const character of text) {
    if (cut.length + character.length > max - 1) break;
    cut += character;
  }
  return `${cut}…`;
}

/**
 * Text of a CRM or of another service, on one line, of at most `max` characters once escaped. A name like `<!channel>` or
 * `@here` is shown and pings nobody.
 */
export function crmText(text: string, max: number): string {
  const line = text
    // Direction and zero-width controls can make a name look like another one.
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/@(?=channel|here|everyone)/gi, "@\u200b");
  let allowed = max;
  let escaped = escapeText(truncate(line, allowed));
  while (escaped.length > max && allowed > 1) {
    allowed -= Math.max(1, Math.ceil((escaped.length - max) / 5));
    escaped = escapeText(truncate(line, Math.max(1, allowed)));
  }
  return escaped;
}

/** Cuts finished mrkdwn to `max` characters, never inside a link, mention, date or escaped character. */
export function cutMrkdwn(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = max - 1;
  const opened = text.lastIndexOf("<", end - 1);
  if (opened > text.lastIndexOf(">", end - 1)) end = opened;
  const entity = text.lastIndexOf("&", end - 1);
  if (entity !== -1 && entity > end - 5 && text.lastIndexOf(";", end - 1) < entity) end = entity;
  if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
  return `${text.slice(0, end)}…`;
}

/** Slack refuses an empty text: a dash stands for it. */
export function filled(text: string): string {
  return text.trim() === "" ? "–" : text;
}

/** A moment that each reader sees in their own time zone; clients that can't render it show UTC. */
export function date(t: Language, at: Date): string {
  const fallback = `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const format = t.say("{date} at {time}", { date: "{date_short_pretty}", time: "{time}" });
  return `<!date^${Math.floor(at.getTime() / 1000)}^${format}|${fallback}>`;
}

/** The first words of a list of `total`: "a and b", or "a, b … and 3 more". */
export function listSome(t: Language, words: readonly string[], total: number): string {
  const more = total - words.length;
  return more <= 0 ? t.list(words) : t.say("{list} … and {more, number} more", { list: t.list(words, "figures"), more });
}

/** A Slack user as a mention, which pings nobody who isn't meant to be named; anything else as plain text. */
export function person(id: string): string {
  return /^[UW][A-Z0-9]+$/.test(id) ? `<@${id}>` : crmText(id, 80);
}

/** An address as Slack takes it; null where it is none that Slack would open. */
export function address(url: string | null): string | null {
  if (url === null || !/^https?:\/\//.test(url) || !URL.canParse(url)) return null;
  const whole = new URL(url).href.replace(/[<>|"`^{}\\]/g, encodeURIComponent);
  return whole.length > LIMITS.url ? null : whole;
}

/** A link, or the label alone where the address is not one that Slack would open. */
export function link(url: string | null, label: string): string {
  const whole = address(url);
  return whole === null ? label : `<${whole.replace(/&(?!amp;)/g, "&amp;")}|${label}>`;
}
