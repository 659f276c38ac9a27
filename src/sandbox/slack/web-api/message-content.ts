import { faultsOfBlocks } from "../block-kit/blocks.ts";
import { isRecord } from "../block-kit/shape.ts";
import { type Block, storedBlocks, textInBlocks } from "../block-kit/stored.ts";
import type { JsonObject } from "../workspace/model.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Arguments } from "./arguments.ts";
import { refuse, refuseWith } from "./refusal.ts";

/** What a message is to say; undefined where the app left a part out. */
export interface MessageContent {
  readonly text: string | undefined;
  readonly blocks: readonly Block[] | undefined;
  readonly attachments: readonly unknown[] | undefined;
  readonly metadata: JsonObject | null | undefined;
}

/** Longest `text`: https://docs.slack.dev/reference/methods/chat.postMessage and chat.update. */
export const longestText = { post: 40_000, update: 4_000 } as const;

/**
 * Slack counts about 12,000 characters of text in all blocks and a little for each block, and tells nobody how much
 * (https://github.com/slackapi/bolt-js/issues/2867: 9,597 in 50 blocks was taken, 11,341 in 45 was not).
 */
const mostTextInBlocks = 12_500;
const countedPerBlock = 30;

const mostMetadataBytes = 16_384;

/** Reads and checks a message as all methods that send one do. Refuses with Slack's codes; `no_text` is the caller's matter. */
export function messageContent(
  args: Arguments,
  workspace: Workspace,
  limits: { readonly text: number; readonly sumBlocks: boolean },
): MessageContent {
  const text = args.string("text");
  if (text !== undefined && [...text].length > limits.text) refuse("msg_too_long");
  return {
    text,
    blocks: blocksOf(args, workspace, limits.sumBlocks),
    attachments: attachmentsOf(args),
    metadata: metadataOf(args),
  };
}

/** Refuses a message that says nothing. */
export function refuseEmpty(content: MessageContent): void {
  if (isBlank(content.text) && isBlank(content.blocks) && isBlank(content.attachments)) refuse("no_text");
}

function isBlank(part: string | readonly unknown[] | undefined): boolean {
  return part === undefined || (typeof part === "string" ? part.trim() === "" : part.length === 0);
}

function blocksOf(args: Arguments, workspace: Workspace, sumBlocks: boolean): readonly Block[] | undefined {
  const given = args.json("blocks", "invalid_blocks_format");
  if (given === undefined) return undefined;
  if (!Array.isArray(given)) return refuse("invalid_blocks_format");
  const faults = faultsOfBlocks(given, "message");
  if (faults.length > 0) refuseWith("invalid_blocks", faults);
  if (sumBlocks && textInBlocks(given) + given.length * countedPerBlock > mostTextInBlocks) refuse("msg_blocks_too_long");
  return storedBlocks(given, () => workspace.nextId("b"));
}

function attachmentsOf(args: Arguments): readonly unknown[] | undefined {
  const given = args.json("attachments", "invalid_attachments");
  if (given === undefined) return undefined;
  if (!Array.isArray(given)) return refuse("invalid_attachments");
  if (given.length > 100) refuse("too_many_attachments");
  for (const [index, attachment] of given.entries()) {
    if (!isRecord(attachment)) return refuse("invalid_attachments");
    if (attachment.blocks === undefined) continue;
    const faults = faultsOfBlocks(attachment.blocks, "message", `/attachments/${index}/blocks`);
    if (faults.length > 0) refuseWith("invalid_attachments", faults);
  }
  return given;
}

/** Undefined: left as it is; null: an empty object takes it away. */
function metadataOf(args: Arguments): JsonObject | null | undefined {
  const given = args.json("metadata", "invalid_metadata_format");
  if (given === undefined) return undefined;
  if (!isRecord(given)) return refuse("invalid_metadata_format");
  if (Object.keys(given).length === 0) return null;
  if (typeof given.event_type !== "string" || given.event_type === "" || !isRecord(given.event_payload)) {
    return refuse("invalid_metadata_format");
  }
  if (Buffer.byteLength(JSON.stringify(given)) > mostMetadataBytes) refuse("metadata_too_large");
  return { event_type: given.event_type, event_payload: given.event_payload };
}
