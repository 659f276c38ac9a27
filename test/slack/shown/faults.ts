import { faultsOfBlocks } from "../../../src/sandbox/slack/block-kit/blocks.ts";
import { faultsOfView } from "../../../src/sandbox/slack/block-kit/view.ts";
import { ACTION_VALUES, type ActionVerb } from "../../../src/slack/actions/values.ts";
import { LIMITS } from "../../../src/slack/blocks/limits.ts";
import { weight } from "../../../src/slack/blocks/message.ts";
import type { Shown } from "./shown.ts";
import { HOSTILE_PERSON } from "./texts.ts";

/** What Slack would refuse of something to show, who would be pinged by it, and what would be shown otherwise than it was meant. */
export function faultsOf(shown: Shown): readonly string[] {
  const sent: Shown = JSON.parse(JSON.stringify(shown));
  const faults = "text" in sent ? messageFaults(sent) : faultsOfView(sent, sent.type);
  return [...faults, ...partsOf(sent).flatMap(partFaults)];
}

function messageFaults(message: Extract<Shown, { readonly text: string }>): readonly string[] {
  const { text, blocks } = message;
  return [
    ...faultsOfBlocks(blocks, "message"),
    ...(blocks.length === 0 ? ["it has no blocks"] : []),
    ...(weight(blocks) > LIMITS.messageCharacters ? ["its blocks are too long together"] : []),
    ...(text.trim() === "" ? ["its text is empty"] : []),
    ...(text.length > LIMITS.messageText ? ["its text is too long"] : []),
    ...markupFaults(text),
  ];
}

interface Part {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly action_id?: unknown;
  readonly value?: unknown;
  readonly url?: unknown;
  readonly title?: unknown;
  readonly name?: unknown;
  readonly accessibility_label?: unknown;
}

/** Every object within something, itself included. */
export function partsOf(value: unknown): readonly Part[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== "object" || value === null) return [];
  return [value, ...Object.values(value).flatMap(partsOf)];
}

function partFaults(part: Part): readonly string[] {
  if (part.type === "mrkdwn") return markupFaults(String(part.text));
  if (part.type !== "button") return [];
  if (part.url !== undefined && !ADDRESS.test(String(part.url))) return [`no address: ${part.url}`];
  const verb = /^syncwarden:([a-z-]+)/.exec(String(part.action_id))?.[1] ?? "";
  if (!(verb in ACTION_VALUES)) return [];
  const read = ACTION_VALUES[verb as ActionVerb].safeParse(JSON.parse(String(part.value)));
  return read.success ? [] : [`a click on ${part.action_id} could not be read: ${part.value}`];
}

/** Characters that RFC 3986 lets an address have. */
const ADDRESS = /^https?:\/\/[\w!#$%&'()*+,./:;=?@[\]~-]+$/;

/** Links, people, channels and moments: all that the bot writes between angle brackets. */
const MEANT = /<(?:https?:\/\/[^<>|\s]+\|[^<>]*|@[UW][A-Z0-9]+|#[^<>|]*|!date\^\d+\^[^<>|^]+\|[^<>|]+)>/g;

function markupFaults(text: string): readonly string[] {
  const rest = text.replaceAll(MEANT, "");
  return [
    ...(/[<>]/.test(rest) ? [`it has an angle bracket that nobody meant: ${around(rest, /[<>]/)}`] : []),
    ...(/&(?!(?:amp|lt|gt);)/.test(text) ? [`an & isn't escaped: ${around(text, /&(?!(?:amp|lt|gt);)/)}`] : []),
    ...(/@(?:here|channel|everyone)/i.test(text) ? ["it pings a channel"] : []),
    ...(text.includes(`<@${HOSTILE_PERSON}`) ? ["it pings somebody who isn't meant"] : []),
  ];
}

function around(text: string, fault: RegExp): string {
  const at = text.search(fault);
  return text.slice(Math.max(0, at - 60), at + 60);
}
