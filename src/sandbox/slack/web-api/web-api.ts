import { type Context, Hono } from "hono";
import type { SlackContext } from "../context.ts";
import { readArguments } from "./arguments.ts";
import type { Method, Methods } from "./call.ts";
import { chatMethods } from "./chat.ts";
import { conversationsMethods } from "./conversations.ts";
import { filesMethods } from "./files.ts";
import { identityMethods } from "./identity.ts";
import { peopleMethods } from "./people.ts";
import { reactionsMethods } from "./reactions.ts";
import { refuse, SlackRefusal } from "./refusal.ts";
import { viewsMethods } from "./views.ts";

const methods: Methods = {
  ...identityMethods,
  ...chatMethods,
  ...conversationsMethods,
  ...peopleMethods,
  ...viewsMethods,
  ...filesMethods,
  ...reactionsMethods,
};

/** Slack's Web API under /api. Every answer has status 200 but a refused rate (429). */
export function createWebApi(context: SlackContext): Hono {
  const app = new Hono();
  app.all("/api/:method", async (c) => {
    const name = c.req.param("method");
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (method === undefined) return c.json({ ok: false, error: "unknown_method", req_method: name });
    return answerCall(c, context, name, method);
  });
  return app;
}

async function answerCall(c: Context, context: SlackContext, name: string, method: Method): Promise<Response> {
  try {
    const args = await readArguments(c);
    if (name !== "api.test") authorize(context, method, bearer(c) ?? args.string("token"));
    const wait = context.limiter.retryAfter(name, method.tier, args.string("channel"));
    if (wait !== null) return c.json({ ok: false, error: "ratelimited" }, 429, { "retry-after": String(wait) });
    const answer = await method.run({ args, context });
    return c.json({ ok: true, ...answer }, 200, scopeHeaders(context, method));
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return c.json({ ok: false, error: error.message, ...error.detail }, 200, scopeHeaders(context, method));
  }
}

function bearer(c: Context): string | undefined {
  return /^Bearer (.*)$/i.exec(c.req.header("authorization") ?? "")?.[1];
}

function authorize(context: SlackContext, method: Method, token: string | undefined): void {
  const kind = context.tokens.check(token);
  if (method.token !== "any" && method.token !== kind) refuse("not_allowed_token_type");
  if (kind !== "bot" || method.scopes.length === 0) return;
  const { scopes } = context.installation;
  if (!method.scopes.some((scope) => scopes.includes(scope))) {
    refuse("missing_scope", { needed: method.scopes.join(","), provided: scopes.join(",") });
  }
}

function scopeHeaders({ installation }: SlackContext, method: Method): Record<string, string> {
  const accepted = method.scopes.length === 0 ? {} : { "x-accepted-oauth-scopes": method.scopes.join(",") };
  return method.token === "bot" ? { "x-oauth-scopes": installation.scopes.join(","), ...accepted } : {};
}
