import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { isRecord } from "../block-kit/shape.ts";
import type { Timing } from "../options.ts";
import type { Attempt, EnvelopeType, Retry } from "./acknowledgement.ts";

/** The server's side of Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode */
export interface Sockets {
  /** A URL good for one connection, as apps.connections.open answers it. */
  issueUrl(baseUrl: string): string;
  /** Takes an upgrade whose path is a Socket Mode URL; false where it isn't one of ours. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  connections(): number;
  /** Sends one envelope to one of the connections and waits for its acknowledgement. */
  send(envelope: Envelope, retry: Retry | null): Promise<Attempt>;
  /** Asks every connection to come back on a new one, as Slack does every few hours. */
  refresh(reason: "warning" | "refresh_requested" | "link_disabled"): void;
  /** Cuts every connection without a word. */
  drop(): void;
  close(): void;
}

export interface Envelope {
  readonly id: string;
  readonly type: EnvelopeType;
  readonly payload: unknown;
  readonly acceptsResponse: boolean;
}

const path = /^\/slack\/socket\/([\w-]+)$/;

/** An app may hold 10 connections at once. */
const mostConnections = 10;

export function createSockets(appId: string, timing: Timing): Sockets {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const connections = new Set<WebSocket>();
  const waiting = new Map<string, Set<(attempt: Attempt) => void>>();
  let turn = 0;

  const pings = setInterval(() => {
    for (const connection of connections) connection.ping(`Ping from applink ${Date.now()}`);
  }, timing.pingMs);
  pings.unref();

  function settle(id: string, attempt: Attempt): void {
    const resolvers = waiting.get(id);
    waiting.delete(id);
    for (const resolve of resolvers ?? []) resolve(attempt);
  }

  function receive(data: RawData): void {
    const message = parse(data.toString());
    if (message === null || typeof message.envelope_id !== "string") return;
    const { payload } = message;
    const empty = payload === undefined || payload === null || (isRecord(payload) && Object.keys(payload).length === 0);
    settle(message.envelope_id, { acknowledged: true, body: empty ? null : payload });
  }

  function greet(connection: WebSocket): void {
    connections.add(connection);
    connection.on("message", receive);
    connection.on("close", () => connections.delete(connection));
    connection.on("error", () => connection.terminate());
    connection.send(
      JSON.stringify({
        type: "hello",
        num_connections: connections.size,
        debug_info: { host: "applink-sandbox", build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: appId },
      }),
    );
  }

  /** The connections take turns. */
  function nextConnection(): WebSocket | undefined {
    const open = [...connections].filter((connection) => connection.readyState === connection.OPEN);
    turn += 1;
    return open[turn % Math.max(1, open.length)];
  }

  return {
    issueUrl(baseUrl) {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${baseUrl.replace(/^http/, "ws")}/slack/socket/${ticket}`;
    },
    upgrade(request, socket, head) {
      const ticket = path.exec(new URL(request.url ?? "/", "http://sandbox").pathname)?.[1];
      if (ticket === undefined) return false;
      if (!tickets.delete(ticket) || connections.size >= mostConnections) {
        socket.end("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        return true;
      }
      server.handleUpgrade(request, socket, head, greet);
      return true;
    },
    connections: () => connections.size,
    send(envelope, retry) {
      const connection = nextConnection();
      if (connection === undefined) return Promise.resolve({ acknowledged: false, error: "dispatch_failed" });
      return new Promise((resolve) => {
        const timer = setTimeout(
          () => settle(envelope.id, { acknowledged: false, error: "operation_timeout" }),
          timing.acknowledgeMs,
        );
        const resolvers = waiting.get(envelope.id) ?? new Set();
        resolvers.add((attempt) => {
          clearTimeout(timer);
          resolve(attempt);
        });
        waiting.set(envelope.id, resolvers);
        connection.send(
          JSON.stringify({
            envelope_id: envelope.id,
            payload: envelope.payload,
            type: envelope.type,
            accepts_response_payload: envelope.acceptsResponse,
            ...(envelope.type === "events_api" || retry !== null
              ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? "" }
              : {}),
          }),
        );
      });
    },
    refresh(reason) {
      for (const connection of connections) {
        connection.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "applink-sandbox" } }));
      }
    },
    drop() {
      for (const connection of connections) connection.terminate();
    },
    close() {
      clearInterval(pings);
      for (const id of [...waiting.keys()]) settle(id, { acknowledged: false, error: "dispatch_failed" });
      for (const connection of connections) {
        connection.close(1001);
        setTimeout(() => connection.terminate(), 300).unref();
      }
      server.close();
    },
  };
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
