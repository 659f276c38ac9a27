import { type Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import type { SlackService } from "../service.ts";
import { ControlRefusal } from "./refusal.ts";

const user = z.string().min(1);
const channel = z.string().min(1);
const waitMs = z.number().int().min(0).max(60_000).optional();
const quietMs = z.number().int().min(0).max(10_000).optional();

const schemas = {
  command: z.object({ user, channel, text: z.string(), waitMs, quietMs }),
  action: z.object({
    user,
    channel: channel.optional(),
    ts: z.string().optional(),
    view_id: z.string().optional(),
    home: z.boolean().optional(),
    action_id: z.string(),
    block_id: z.string().optional(),
    value: z.string().optional(),
    selected: z.unknown().optional(),
    dismiss: z.boolean().optional(),
    waitMs,
    quietMs,
  }),
  options: z.object({
    user,
    channel: channel.optional(),
    ts: z.string().optional(),
    view_id: z.string().optional(),
    home: z.boolean().optional(),
    action_id: z.string(),
    block_id: z.string().optional(),
    value: z.string(),
  }),
  upload: z.object({ user, name: z.string().min(1), content: z.string(), base64: z.boolean().optional() }),
  submit: z.object({ user, view_id: z.string(), values: z.record(z.string(), z.unknown()).optional(), waitMs, quietMs }),
  close: z.object({ user, view_id: z.string() }),
  home: z.object({ user, waitMs }),
  locale: z.object({ user, locale: z.string().regex(/^[a-z]{2}-[A-Z]{2}$/, "as Slack writes it, for example de-DE") }),
  file: z.object({ user, channel, name: z.string().min(1), content: z.string(), base64: z.boolean().optional() }),
  say: z.object({ user, channel, text: z.string().min(1), thread_ts: z.string().optional() }),
  shortcut: z.object({ user, callback_id: z.string(), channel: channel.optional(), ts: z.string().optional(), waitMs, quietMs }),
  token: z.object({
    token: z.enum(["bot", "app"]),
    state: z.enum(["active", "token_revoked", "account_inactive", "invalid_auth"]),
  }),
  scopes: z.object({ scopes: z.array(z.string()) }),
  storm: z.object({
    method: z.string().optional(),
    times: z.number().int().min(1),
    retryAfterSeconds: z.number().int().min(0).default(1),
  }),
  delivery: z.object({ url: z.url().nullable() }),
  sockets: z.object({ do: z.enum(["refresh", "drop"]) }),
};

/**
 * The control paths of the local Slack, absolute under /sandbox/slack. Answers are JSON;
 * a call that no person could make answers 400 or 404 with `{error, …what is there}`.
 */
export function createSlackControl(service: SlackService): Hono {
  const app = new Hono();
  const { control } = service;
  const base = "/sandbox/slack";

  app.post(`${base}/command`, async (c) => c.json(await control.command(await read(c, schemas.command))));
  app.post(`${base}/action`, async (c) => c.json(await control.action(await read(c, schemas.action))));
  app.post(`${base}/options`, async (c) => c.json(await control.suggest(await read(c, schemas.options))));
  app.post(`${base}/upload`, async (c) => c.json(control.upload(await read(c, schemas.upload))));
  app.post(`${base}/submit`, async (c) => c.json(await control.submit(await read(c, schemas.submit))));
  app.post(`${base}/close`, async (c) => c.json(await control.close(await read(c, schemas.close))));
  app.post(`${base}/home`, async (c) => c.json(await control.home(await read(c, schemas.home))));
  app.post(`${base}/locale`, async (c) => c.json(await control.locale(await read(c, schemas.locale))));
  app.post(`${base}/file`, async (c) => c.json(control.file(await read(c, schemas.file))));
  app.post(`${base}/say`, async (c) => c.json(control.say(await read(c, schemas.say))));
  app.post(`${base}/shortcut`, async (c) => c.json(await control.shortcut(await read(c, schemas.shortcut))));

  app.get(`${base}/messages`, (c) => c.json({ messages: control.messages(asked(c, "channel"), asked(c, "user")) }));
  app.get(`${base}/views`, (c) => c.json(control.views(asked(c, "user"))));
  app.get(`${base}/files`, (c) => c.json({ files: control.files(asked(c, "user")) }));
  app.get(`${base}/users`, (c) => c.json({ users: control.users() }));
  app.get(`${base}/channels`, (c) => c.json({ channels: control.channels(c.req.query("user")) }));

  app.post(`${base}/token`, async (c) => {
    const { token, state } = await read(c, schemas.token);
    service.setToken(token, state);
    return c.json({ ok: true });
  });
  app.post(`${base}/scopes`, async (c) => {
    service.setScopes((await read(c, schemas.scopes)).scopes);
    return c.json({ ok: true });
  });
  app.post(`${base}/storm`, async (c) => {
    const { method, ...rest } = await read(c, schemas.storm);
    service.storm(method === undefined ? rest : { ...rest, method });
    return c.json({ ok: true });
  });
  app.get(`${base}/delivery`, (c) => c.json({ url: service.httpDelivery(), connections: service.connections() }));
  app.post(`${base}/delivery`, async (c) => {
    const set = await service.setHttpDelivery((await read(c, schemas.delivery)).url);
    return c.json(set, set.ok ? 200 : 400);
  });
  app.post(`${base}/sockets`, async (c) => {
    const { do: what } = await read(c, schemas.sockets);
    if (what === "refresh") service.refreshConnections();
    else service.dropConnections();
    return c.json({ ok: true });
  });

  app.get(`${base}/stream`, (c) =>
    streamSSE(c, async (stream) => {
      let wake = (): void => undefined;
      const queue: string[] = [];
      const stop = service.onChange((change) => {
        queue.push(JSON.stringify(change));
        wake();
      });
      stream.onAbort(() => wake());
      const onClose = (): void => {
        stream.abort();
        wake();
      };
      service.closing.addEventListener("abort", onClose);
      await stream.writeSSE({ event: "hello", data: "{}" });
      while (!stream.aborted && !service.closing.aborted) {
        const data = queue.shift();
        if (data !== undefined) await stream.writeSSE({ event: "change", data });
        else await new Promise<void>((resolve) => (wake = resolve));
      }
      stop();
      service.closing.removeEventListener("abort", onClose);
    }),
  );

  app.onError((error, c) => {
    if (error instanceof ControlRefusal) return c.json({ error: error.message, ...error.detail }, error.status);
    throw error;
  });
  return app;
}

async function read<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const body: unknown = await c.req.json().catch(() => {
    throw new ControlRefusal(400, "The body must be JSON.");
  });
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ControlRefusal(400, z.prettifyError(parsed.error));
}

function asked(c: Context, name: string): string {
  const value = c.req.query(name);
  if (value === undefined || value === "") throw new ControlRefusal(400, `Say which ${name}: ?${name}=…`);
  return value;
}
