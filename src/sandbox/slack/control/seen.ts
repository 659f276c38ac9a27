import type { Block } from "../block-kit/stored.ts";
import type { SlackContext } from "../context.ts";
import { fileAnswer, repliesTo } from "../workspace/answers.ts";
import { elementsIn, optionsOf } from "../workspace/input-values.ts";
import type { JsonObject, SlackMessage } from "../workspace/model.ts";

/** A message as the control paths show it to the page and to tests. */
export interface SeenMessage {
  readonly ts: string;
  readonly channel: string;
  readonly thread_ts: string | null;
  readonly user: string;
  readonly bot: boolean;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly attachments: readonly unknown[];
  readonly metadata: JsonObject | null;
  readonly ephemeral: boolean;
  readonly edited: { readonly user: string; readonly ts: string } | null;
  /** It came through a response_url or with the acknowledgement of a command. */
  readonly response: boolean;
  readonly deleted: boolean;
  readonly reply_count: number;
  readonly files: readonly JsonObject[];
  readonly reactions: SlackMessage["reactions"];
}

export function seenMessage(context: SlackContext, message: SlackMessage): SeenMessage {
  const { workspace } = context;
  return {
    ts: message.ts,
    channel: message.channel,
    thread_ts: message.threadTs,
    user: message.user,
    bot: message.byBot,
    text: message.text,
    blocks: message.blocks,
    attachments: message.attachments,
    metadata: message.metadata,
    ephemeral: message.ephemeralTo !== null,
    edited: message.edited,
    response: message.via === "response_url" || message.via === "ack",
    deleted: message.tombstone,
    reply_count: repliesTo(workspace, message).length,
    files: message.files.flatMap((id) => {
      const file = workspace.files.get(id);
      return file === undefined ? [] : [fileAnswer(workspace, file, context.baseUrl())];
    }),
    reactions: message.reactions,
  };
}

/** What can be clicked or filled in blocks, for a refusal to list. */
export function clickable(blocks: readonly Block[]): readonly JsonObject[] {
  return elementsIn(blocks).map(({ block, element }) => ({
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    ...(element.value === undefined ? {} : { value: element.value }),
    ...(optionsOf(element).length === 0 ? {} : { options: optionsOf(element).map(({ value }) => value) }),
  }));
}
