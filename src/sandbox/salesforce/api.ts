import { type Context, Hono } from "hono";
import { requestTo } from "./api/composite.ts";
import { createQueryCursors, type QueryCursors } from "./api/cursors.ts";
import type { ApiAnswer, ApiSession } from "./api/exchange.ts";
import { createLoginApi } from "./api/oauth.ts";
import { serve } from "./api/router.ts";
import { type ConnectedClient, createSessions } from "./api/sessions.ts";
import { createSoapLogin } from "./api/soap.ts";
import { INVALID_SESSION, outage } from "./connection.ts";
import { ApiError } from "./errors.ts";
import type { Caller, ConnectionRefusal } from "./model.ts";
import type { LocalOrg } from "./org.ts";

export interface SalesforceApiOptions {
  readonly clients?: readonly ConnectedClient[];
  /** The password of every user, security token included. */
  readonly password?: string;
  /** What logins name as instance URL; without it, the address that the request came to. */
  readonly instanceUrl?: string;
}

const MAX_URL = 16_384;
const VERSIONS = Array.from({ length: 17 }, (_, index) => 50 + index);

/** The org over HTTP: REST below `/services/data`, logins below `/services/oauth2` and `/services/Soap`. Paths are absolute. */
export function createSalesforceApi(org: LocalOrg, options: SalesforceApiOptions = {}): Hono {
  const { data } = org;
  const app = new Hono();
  const sessions = createSessions(data);
  const cursors = new Map<string, QueryCursors>();
  const origin = (url: string) => options.instanceUrl ?? new URL(url).origin;
  const login = { clients: options.clients ?? [], password: options.password ?? "sandbox" };

  app.route("/", createLoginApi(data, sessions, login, origin));
  app.route("/", createSoapLogin(data, sessions, login, origin));
  app.get("/services/data", (c) =>
    c.json(
      VERSIONS.map((number) => ({ label: `Release ${number}`, url: `/services/data/v${number}.0`, version: `${number}.0` })),
    ),
  );

  app.all("/services/data/:version{v[5-9][0-9]\\.0}/*", (c) => answerData(c));
  app.all("/services/data/:version{v[5-9][0-9]\\.0}", (c) => answerData(c));

  async function answerData(c: Context): Promise<Response> {
    const url = new URL(c.req.url);
    if (url.pathname.length + url.search.length > MAX_URL) {
      return c.html("<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>", 414);
    }
    const token = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
    const found = sessions.find(token);
    const client = /client=([^,]+)/i.exec(c.req.header("sforce-call-options") ?? "")?.[1]?.trim();
    const caller: Caller = {
      userId: found?.user.id ?? "",
      app: found?.app ?? "",
      ...(client === undefined ? {} : { client }),
    };

    const refusal = found === null ? (outage(data.state) ?? INVALID_SESSION) : org.call(caller);
    if (refusal !== null) return refuse(refusal);
    const text = await c.req.text();
    return limited(answer({ data, caller, cursors: cursorsOf(caller.userId) }, c, url, text));
  }

  function cursorsOf(userId: string): QueryCursors {
    let own = cursors.get(userId);
    if (own === undefined) {
      own = createQueryCursors();
      cursors.set(userId, own);
    }
    return own;
  }

  function limited(response: Response): Response {
    const { used, max } = data.state.apiRequests;
    response.headers.set("Sforce-Limit-Info", `api-usage=${used}/${max}`);
    return response;
  }

  function refuse(refusal: ConnectionRefusal): Response {
    if (typeof refusal.body === "string") {
      return new Response(refusal.body, { status: refusal.status, headers: { "Content-Type": "text/html; charset=UTF-8" } });
    }
    const response = json({ status: refusal.status, body: refusal.body });
    return refusal.status === 401 || refusal.status >= 500 ? response : limited(response);
  }

  return app;
}

function answer(session: ApiSession, c: Context, url: URL, text: string): Response {
  try {
    const body = text === "" ? undefined : parseJson(text);
    return json(serve(session, requestTo(c.req.method, `${url.pathname}${url.search}`, body, c.req.raw.headers)));
  } catch (error) {
    if (error instanceof ApiError) return json({ status: error.status, body: error.body });
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ApiError(400, "JSON_PARSER_ERROR", error instanceof Error ? error.message : "malformed JSON");
  }
}

function json(answer: ApiAnswer): Response {
  if (answer.csv !== undefined) {
    return new Response(streamOf(answer.csv), {
      status: answer.status,
      headers: { "Content-Type": "text/csv" },
    });
  }
  const headers = new Headers({ ...answer.headers });
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers });
  headers.set("Content-Type", "application/json;charset=UTF-8");
  return new Response(JSON.stringify(answer.body), { status: answer.status, headers });
}

/** Chunks are made as the reader takes them. */
function streamOf(chunks: Iterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = chunks[Symbol.iterator]();
  return new ReadableStream({
    pull(controller) {
      const next = iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
  });
}
