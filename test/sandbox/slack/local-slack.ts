import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import { Hono } from "hono";
import type { SlackServiceOptions } from "../../../src/sandbox/slack/options.ts";
import { createSlackControl, createSlackService, type SlackService } from "../../../src/sandbox/slack/service.ts";

export const botToken = "xoxb-test-bot";
export const appToken = "xapp-test-app";
export const signingSecret = "test-signing-secret";

export interface LocalSlack {
  readonly service: SlackService;
  readonly url: string;
  /** The real client, which does not retry. */
  readonly client: WebClient;
  close(): Promise<void>;
}

/** Starts the local Slack alone on a free port of 127.0.0.1. */
export async function startLocalSlack(options: Partial<SlackServiceOptions> = {}): Promise<LocalSlack> {
  let url = "";
  const service = createSlackService({ baseUrl: () => url, botToken, appToken, signingSecret, ...options });
  const app = new Hono();
  app.route("/", service.app);
  app.route("/", createSlackControl(service));
  const server = createServer(getRequestListener(app.fetch));
  server.on("upgrade", (request, socket, head) => {
    if (!service.upgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    service,
    url,
    client: clientOf(url, botToken),
    async close() {
      service.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function clientOf(url: string, token: string): WebClient {
  return new WebClient(token, {
    slackApiUrl: `${url}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
}

const clientOptions = (url: string) => ({ slackApiUrl: `${url}/api/`, retryConfig: { retries: 0 } });

/** A real Bolt app on Socket Mode; `register` adds its listeners. */
export async function startSocketApp(slack: LocalSlack, register: (app: App) => void): Promise<App> {
  const app = new App({
    token: botToken,
    appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: clientOptions(slack.url),
  });
  register(app);
  await app.start();
  return app;
}

/** A real Bolt app on signed HTTP, with its request URL. */
export async function startHttpApp(
  slack: LocalSlack,
  register: (app: App) => void,
  secret = signingSecret,
): Promise<{ readonly app: App; readonly requestUrl: string }> {
  const receiver = new HTTPReceiver({ signingSecret: secret, logLevel: LogLevel.ERROR });
  const app = new App({ token: botToken, receiver, logLevel: LogLevel.ERROR, clientOptions: clientOptions(slack.url) });
  register(app);
  const server = await app.start({ port: 0, host: "127.0.0.1" });
  const { port } = (server as unknown as { address(): AddressInfo }).address();
  return { app, requestUrl: `http://127.0.0.1:${port}/slack/events` };
}

export async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await call;
  } catch (error) {
    return (error as { readonly data: Record<string, unknown> }).data;
  }
  throw new Error("Slack took it");
}
