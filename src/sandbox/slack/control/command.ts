import { isRecord } from "../block-kit/shape.ts";
import type { SlackContext } from "../context.ts";
import type { Acknowledgement } from "../delivery/acknowledgement.ts";
import { slashCommandPayload } from "../interactions/payloads.ts";
import { respond } from "../interactions/response-urls.ts";
import { SlackRefusal } from "../web-api/refusal.ts";
import type { SlackChannel, SlackUser } from "../workspace/model.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { channelOf, person } from "./people.ts";
import { ControlRefusal } from "./refusal.ts";
import { collectResponses } from "./responses.ts";
import { type SeenMessage, seenMessage } from "./seen.ts";

export interface CommandRequest {
  readonly user: string;
  readonly channel: string;
  /** "status", or with the command itself: "/sync status". */
  readonly text: string;
  /** How long to wait for a first answer, in milliseconds. */
  readonly waitMs?: number | undefined;
  /** How long it must be quiet for an answer to be all of it, in milliseconds. */
  readonly quietMs?: number | undefined;
}

export interface CommandOutcome {
  readonly ack: Acknowledgement;
  readonly responses: readonly SeenMessage[];
}

const usualWaitMs = 1_500;

/** A person types a slash command; answers when the app has acknowledged and fallen quiet. */
export async function typeCommand(context: SlackContext, request: CommandRequest): Promise<CommandOutcome> {
  const { workspace, installation } = context;
  const user = person(context, request.user);
  const channel = channelOf(context, user, request.channel);
  const [, slash, rest] = /^(\/\S+)?\s*([\s\S]*)$/.exec(request.text.trim()) ?? [];
  const command = slash ?? installation.commands[0];
  if (command === undefined || !installation.commands.includes(command)) {
    throw new ControlRefusal(400, `${command ?? "A command"} is not a valid command.`, { commands: installation.commands });
  }
  const origin = { channel: channel.id, user: user.id, messageTs: null };
  const responsePath = context.responseUrls.issue(origin);
  const collector = collectResponses(context, user.id, responsePath);
  const payload = slashCommandPayload(context, {
    user,
    channel,
    command,
    text: escapedText(workspace, rest ?? ""),
    responseUrl: `${context.baseUrl()}${responsePath}`,
  });
  const ack = await context.delivery.deliver("slash_commands", payload, true);
  if (!ack.acknowledged) {
    collector.stop();
    return { ack, responses: [sayFailed(context, user, channel, command, ack.error)] };
  }
  if (ack.body !== null) answerWithAck(context, origin, responsePath, ack.body, command);
  return { ack, responses: await collector.settle({ firstMs: request.waitMs ?? usualWaitMs, quietMs: request.quietMs }) };
}

/** Text as an app with should_escape gets it: names become ids, and what could be markup is escaped. */
function escapedText({ users, channels }: Workspace, text: string): string {
  const people = [...users.values()];
  return text
    .split(/(<[@#][UC]\w+(?:\|[^>]*)?>)/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    )
    .join("")
    .replace(/(^|\s)@([\w.-]+)/g, (whole, before: string, name: string) => {
      const user = people.find((one) => one.name === name);
      return user === undefined ? whole : `${before}<@${user.id}|${user.name}>`;
    })
    .replace(/(^|\s)#([\w-]+)/g, (whole, before: string, name: string) => {
      const channel = [...channels.values()].find((one) => one.kind !== "im" && one.name === name);
      return channel === undefined ? whole : `${before}<#${channel.id}|${channel.name}>`;
    });
}

function answerWithAck(
  context: SlackContext,
  origin: { readonly channel: string; readonly user: string; readonly messageTs: null },
  responsePath: string,
  body: unknown,
  command: string,
): void {
  try {
    context.responseUrls.posted(responsePath, respond(context, origin, isRecord(body) ? body : { text: String(body) }, "ack"));
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    throw new ControlRefusal(400, `Slack refuses what the app acknowledged ${command} with: ${error.message}.`, error.detail);
  }
}

/** Slack itself tells the person, and only them. */
function sayFailed(context: SlackContext, user: SlackUser, channel: SlackChannel, command: string, error: string): SeenMessage {
  const { workspace } = context;
  const message = {
    ts: workspace.nextTs(),
    channel: channel.id,
    user: "USLACKBOT",
    byBot: false,
    text: `${command} failed with the error "${error}"`,
    blocks: [],
    attachments: [],
    threadTs: null,
    broadcast: false,
    metadata: null,
    ephemeralTo: user.id,
    edited: null,
    files: [],
    reactions: [],
    tombstone: false,
    via: "slackbot",
  } as const;
  workspace.addMessage(message);
  return seenMessage(context, message);
}
