import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { isRecord } from "../block-kit/shape.ts";
import type { SlackContext } from "../context.ts";
import { argumentsOf } from "../web-api/arguments.ts";
import { longestText, messageContent, refuseEmpty } from "../web-api/message-content.ts";
import { SlackRefusal } from "../web-api/refusal.ts";
import type { SlackMessage } from "../workspace/model.ts";

/** Where a response_url came from: it answers that user in that channel, about that message where there is one. */
export interface ResponseOrigin {
  readonly channel: string;
  readonly user: string;
  readonly messageTs: string | null;
}

interface Issued {
  readonly origin: ResponseOrigin;
  readonly at: number;
  uses: number;
}

/** Called with each message that came through a response_url or an acknowledgement. */
export type ResponseListener = (path: string, message: SlackMessage | null) => void;

export interface ResponseUrls {
  /** The path of a new response_url. */
  issue(origin: ResponseOrigin): string;
  use(path: string): { readonly origin: ResponseOrigin } | "used_url" | "expired_url";
  onPost(listener: ResponseListener): () => void;
  posted(path: string, message: SlackMessage | null): void;
}

/** A response_url takes 5 posts: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const mostUses = 5;

export function createResponseUrls(now: () => number, goodForMs: number): ResponseUrls {
  const issued = new Map<string, Issued>();
  const listeners = new Set<ResponseListener>();
  return {
    issue(origin) {
      const path = `/slack/response/${randomBytes(16).toString("hex")}`;
      issued.set(path, { origin, at: now(), uses: 0 });
      return path;
    },
    use(path) {
      const known = issued.get(path);
      if (known === undefined || now() - known.at > goodForMs) return "expired_url";
      if (known.uses >= mostUses) return "used_url";
      known.uses += 1;
      return { origin: known.origin };
    },
    onPost(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    posted(path, message) {
      for (const listener of listeners) listener(path, message);
    },
  };
}

export function createResponseUrlApi(context: SlackContext): Hono {
  const app = new Hono();
  app.post("/slack/response/:id", async (c) => {
    const body = readBody(c.req.header("content-type") ?? "", await c.req.text());
    if (body === null) return c.json({ ok: false, error: "invalid_payload" }, 400);
    const used = context.responseUrls.use(c.req.path);
    if (typeof used === "string") return c.json({ ok: false, error: used }, 404);
    try {
      context.responseUrls.posted(c.req.path, respond(context, used.origin, body, "response_url"));
      return c.text("ok");
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
      return c.json({ ok: false, error: error.message, ...error.detail }, error.message === "not_found" ? 404 : 400);
    }
  });
  return app;
}

function readBody(type: string, text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = type.startsWith("application/x-www-form-urlencoded")
      ? JSON.parse(new URLSearchParams(text).get("payload") ?? text)
      : JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * Does what a response says: posts (ephemeral unless `in_channel`), replaces or deletes the message it came from.
 * Throws a SlackRefusal where Slack would refuse it. Answers the message, or null where it deleted one.
 */
export function respond(
  context: SlackContext,
  origin: ResponseOrigin,
  body: Readonly<Record<string, unknown>>,
  via: "response_url" | "ack",
): SlackMessage | null {
  const { workspace } = context;
  const args = argumentsOf(body);
  const original = origin.messageTs === null ? undefined : workspace.message(origin.channel, origin.messageTs);
  if (args.flag("delete_original")) {
    if (original === undefined) throw new SlackRefusal("not_found");
    workspace.removeMessage(original.channel, original.ts);
    return null;
  }
  const content = messageContent(args, workspace, { text: longestText.post, sumBlocks: false });
  refuseEmpty(content);
  if (args.flag("replace_original") && original !== undefined) {
    const replaced: SlackMessage = {
      ...original,
      text: content.text ?? "",
      blocks: content.blocks ?? [],
      attachments: content.attachments ?? [],
      metadata: content.metadata === undefined ? original.metadata : content.metadata,
      edited: { user: workspace.slackApp.botUserId, ts: workspace.nextTs() },
    };
    workspace.replaceMessage(replaced);
    return replaced;
  }
  const message: SlackMessage = {
    ts: workspace.nextTs(),
    channel: origin.channel,
    user: workspace.slackApp.botUserId,
    byBot: true,
    text: content.text ?? "",
    blocks: content.blocks ?? [],
    attachments: content.attachments ?? [],
    threadTs: args.string("thread_ts") ?? null,
    broadcast: false,
    metadata: content.metadata ?? null,
    ephemeralTo: args.string("response_type") === "in_channel" ? null : origin.user,
    edited: null,
    files: [],
    reactions: [],
    tombstone: false,
    via,
  };
  workspace.addMessage(message);
  return message;
}
