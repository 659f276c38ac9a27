import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Hono } from "hono";
import type { SlackContext } from "./context.ts";
import { createControl, type SlackControl } from "./control/control.ts";
import { createDelivery, type Delivery } from "./delivery/delivery.ts";
import { createSockets } from "./delivery/sockets.ts";
import { createFileTransfer } from "./file-transfer.ts";
import { defaultInstallation } from "./installation.ts";
import { verificationToken } from "./interactions/payloads.ts";
import { createResponseUrlApi, createResponseUrls, type ResponseListener } from "./interactions/response-urls.ts";
import { createTriggers } from "./interactions/triggers.ts";
import { realTiming, type SlackServiceOptions } from "./options.ts";
import { createRateLimiter, type RateLimiter, realRates } from "./web-api/rates.ts";
import { createTokens, type TokenKind, type TokenState } from "./web-api/tokens.ts";
import { createUploads } from "./web-api/uploads.ts";
import { createWebApi } from "./web-api/web-api.ts";
import type { SlackChange } from "./workspace/model.ts";
import { createWorkspace, type Workspace } from "./workspace/workspace.ts";

export { createSlackControl } from "./control/api.ts";
export { installationFromManifest } from "./installation.ts";
export type { SlackServiceOptions } from "./options.ts";

/** A local Slack: the Web API, Socket Mode or signed HTTP to the app, and what people do in the workspace. */
export interface SlackService {
  /** Paths /api/* and /slack/*. */
  readonly app: Hono;
  /** Takes WebSocket upgrades of Socket Mode URLs; false where the path isn't one. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  readonly workspace: Workspace;
  readonly control: SlackControl;
  /** Delivers to this request URL from now on (after it echoed a challenge), or over Socket Mode again with null. */
  setHttpDelivery: Delivery["setRequestUrl"];
  httpDelivery(): string | null;
  /** How many Socket Mode connections the app holds. */
  connections(): number;
  /** Asks every connection to reconnect, as Slack does every few hours. */
  refreshConnections(): void;
  /** Cuts every connection. */
  dropConnections(): void;
  /** Makes a token refuse, or work again. */
  setToken(kind: TokenKind, state: TokenState): void;
  /** Grants the bot these scopes and no others. */
  setScopes(scopes: readonly string[]): void;
  /** Answers the next calls with 429. */
  storm: RateLimiter["storm"];
  /** Tells of every message that came through a response_url; the answer stops it. */
  onResponseUrlPost(listener: ResponseListener): () => void;
  /** Tells of every change in the workspace; the answer stops it. */
  onChange(listener: (change: SlackChange) => void): () => void;
  /** Aborted when the service closes. */
  readonly closing: AbortSignal;
  close(): void;
}

export function createSlackService(options: SlackServiceOptions): SlackService {
  const now = options.now ?? Date.now;
  const timing = { ...realTiming, ...options.timing };
  const workspace = createWorkspace(now);
  const sockets = createSockets(workspace.slackApp.id, timing);
  const delivery = createDelivery({ sockets, signingSecret: options.signingSecret, verificationToken, timing, now });
  const installed = options.installation ?? defaultInstallation;
  const closing = new AbortController();
  let installation = { ...installed, scopes: options.scopes ?? installed.scopes };
  const context: SlackContext = {
    workspace,
    get installation() {
      return installation;
    },
    tokens: createTokens({ bot: options.botToken, app: options.appToken }),
    limiter: createRateLimiter({ ...realRates, ...options.rates }, now),
    triggers: createTriggers(now, timing.triggerMs),
    responseUrls: createResponseUrls(now, timing.responseUrlMs),
    uploads: createUploads(),
    delivery,
    timing,
    baseUrl: options.baseUrl,
  };
  const app = new Hono();
  app.route("/", createWebApi(context));
  app.route("/", createResponseUrlApi(context));
  app.route("/", createFileTransfer(context));
  return {
    app,
    upgrade: (request, socket, head) => sockets.upgrade(request, socket, head),
    workspace,
    control: createControl(context),
    setHttpDelivery: (url) => delivery.setRequestUrl(url),
    httpDelivery: () => delivery.requestUrl(),
    connections: () => sockets.connections(),
    refreshConnections: () => sockets.refresh("refresh_requested"),
    dropConnections: () => sockets.drop(),
    setToken: (kind, state) => context.tokens.set(kind, state),
    setScopes(scopes) {
      installation = { ...installation, scopes };
    },
    storm: (storm) => context.limiter.storm(storm),
    onResponseUrlPost: (listener) => context.responseUrls.onPost(listener),
    onChange: (listener) => workspace.onChange(listener),
    closing: closing.signal,
    close() {
      closing.abort();
      delivery.close();
    },
  };
}
