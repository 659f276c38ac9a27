import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { pino } from "pino";
import { afterAll, beforeEach } from "vitest";
import type { Config, SlackSettings } from "../../src/config/config.ts";
import { systemClock } from "../../src/health/clock.ts";
import {
  createSlackService,
  installationFromManifest,
  type SlackService,
  type SlackServiceOptions,
} from "../../src/sandbox/slack/service.ts";
import { createSlackApp, type SlackApp } from "../../src/slack/app.ts";
import { createFakeMonitor, type FakeMonitor } from "./fake-monitor.ts";
import { createMemoryOutbox, type MemoryOutbox } from "./memory-outbox.ts";

const BOT_TOKEN = "xoxb-local-1234-secret";
const APP_TOKEN = "xapp-1-local-secret";
const SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

/** A local Slack, installed from the repository's own manifest, served on a free port. */
export interface LocalSlack {
  readonly service: SlackService;
  readonly url: string;
  readonly settings: SlackSettings;
  httpSettings(port: number): SlackSettings;
  close(): Promise<void>;
}

export async function startLocalSlack(options: Partial<SlackServiceOptions> = {}, port = 0): Promise<LocalSlack> {
  let url = "";
  const service = createSlackService({
    baseUrl: () => url,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    signingSecret: SIGNING_SECRET,
    installation: installationFromManifest(readFileSync(new URL("../../manifest.yml", import.meta.url), "utf8")),
    ...options,
  });
  const server = createServer(getRequestListener(service.app.fetch));
  server.on("upgrade", (request, socket, head) => {
    if (!service.upgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = { botToken: BOT_TOKEN, apiUrl: `${url}/api/` };
  return {
    service,
    url,
    settings: { ...settings, transport: { mode: "socket", appToken: APP_TOKEN } },
    httpSettings: (port) => ({ ...settings, transport: { mode: "http", signingSecret: SIGNING_SECRET, port } }),
    async close() {
      service.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

/** The bot's Slack side on a monitor and an outbox held in memory, with its log lines. */
export interface Bot {
  readonly app: SlackApp;
  readonly monitor: FakeMonitor;
  readonly outbox: MemoryOutbox;
  readonly logLines: readonly string[];
}

export function createBot(settings: SlackSettings, roles: Config["roles"] = null): Bot {
  const monitor = createFakeMonitor();
  const outbox = createMemoryOutbox();
  const logLines: string[] = [];
  const logger = pino({ level: "debug" }, { write: (line: string) => void logLines.push(line) });
  const app = createSlackApp({ settings, roles, language: "en", monitor, outbox, clock: systemClock, logger, version: "0.1.0" });
  return { app, monitor, outbox, logLines };
}

const ROLES: Config["roles"] = {
  operators: { users: ["U0OPERATOR"], groups: [] },
  admins: { users: ["U0ADMIN"], groups: [] },
};

/**
 * A bot at work in a local Slack, for all tests of a file. Everybody reads English there, and no dialog of an earlier test is
 * left open.
 */
export async function serveBot(roles = ROLES): Promise<{ readonly slack: LocalSlack; readonly bot: Bot }> {
  const slack = await startLocalSlack();
  const bot = createBot(slack.settings, roles);
  await bot.app.start();
  const { control } = slack.service;
  const people = control.users().filter(({ is_bot }) => !is_bot);
  for (const { id } of people) await control.locale({ user: id, locale: "en-GB" });
  beforeEach(() => {
    for (const { id: user } of people) {
      for (const view of control.views(user).stack.toReversed()) control.close({ user, view_id: String(view.id) });
    }
  });
  afterAll(async () => {
    await bot.app.stop();
    await slack.close();
  });
  return { slack, bot };
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  return port;
}

/** Waits until something holds, for at most a minute. */
export async function eventually(holds: () => boolean, what: string): Promise<void> {
  const until = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > until) throw new Error(`it never came to be: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
