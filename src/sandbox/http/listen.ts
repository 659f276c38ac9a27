import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";

/** Only this machine reaches the sandbox. */
const HOST = "127.0.0.1";

export interface Listening {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/** Takes a WebSocket upgrade; false where the path is not one. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

/** Serves an app on a port (0: a free one). Rejects with a sentence for people when the port is taken. */
export async function listen(app: Hono, upgrade: UpgradeHandler, port: number): Promise<Listening> {
  const server = createServer(getRequestListener(app.fetch));
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    if (!upgrade(request, socket, head)) socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
  });
  await bind(server, port);
  const { port: bound } = server.address() as AddressInfo;
  return {
    port: bound,
    url: `http://${HOST}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(new Error(whyNot(error, port))));
    server.listen(port, HOST, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

function whyNot(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === "EADDRINUSE") {
    return `Port ${port} of ${HOST} is in use, perhaps by another sandbox. Stop that one, or choose another port with SANDBOX_PORT.`;
  }
  if (error.code === "EACCES")
    return `Port ${port} may not be used without special rights. Choose one above 1023 with SANDBOX_PORT.`;
  return `The sandbox can't listen on port ${port}: ${error.message}`;
}
