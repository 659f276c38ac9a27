import { type ServerType, serve } from "@hono/node-server";
import { type Context, Hono } from "hono";

/** What a served API does with a request instead of answering it. */
export type Interception = (context: Context) => Response | null | Promise<Response | null>;

/** An emulator behind HTTP, with a place to step in between. */
export interface ServedApi extends AsyncDisposable {
  readonly url: string;
  /** `POST /path` of every request so far, in order. */
  readonly requests: string[];
  /** Bodies of those requests. */
  readonly bodies: string[];
  /** Answers in place of the API while it gives a response; null lets a request through. */
  intercept(interception: Interception | null): void;
  /** Answers the next so many requests whose path contains a text. */
  failNext(times: number, path: string, answer: (context: Context) => Response | Promise<Response>): void;
}

/** Serves an API on a free port of this machine. */
export async function serveApi(api: Hono): Promise<ServedApi> {
  let interception: Interception | null = null;
  const requests: string[] = [];
  const bodies: string[] = [];
  const app = new Hono();
  app.use("*", async (context, next) => {
    requests.push(`${context.req.method} ${context.req.path}`);
    bodies.push(await context.req.raw.clone().text());
    const answer = await interception?.(context);
    if (answer) return answer;
    await next();
    return undefined;
  });
  app.route("/", api);
  app.notFound((context) => api.fetch(context.req.raw));
  const { server, port } = await listen(app);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    bodies,
    intercept(one) {
      interception = one;
    },
    failNext(times, path, answer) {
      let left = times;
      interception = (context) => {
        if (left === 0 || !context.req.path.includes(path)) return null;
        left--;
        return answer(context);
      };
    },
    async [Symbol.asyncDispose]() {
      if ("closeAllConnections" in server) server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(app: Hono): Promise<{ readonly server: ServerType; readonly port: number }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, (info) => resolve({ server, port: info.port }));
  });
}

/** Ends the connection without an answer. */
export function dropConnection(context: Context): Response {
  const bindings = context.env as { incoming: { socket: { destroy(): void } } };
  bindings.incoming.socket.destroy();
  return new Response(null, { status: 500 });
}

/** Begins an answer of JSON and ends the connection in the middle of it. */
export function brokenAnswer(beginning: string): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(beginning));
      setTimeout(() => controller.error(new Error("broken on purpose")), 20);
    },
  });
  return new Response(body, { headers: { "content-type": "application/json" } });
}
