import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Metrics } from "./metrics.ts";

/** What a health check is told. `ok` false answers 503. */
export interface Health {
  readonly ok: boolean;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface OperationsServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves `/healthz` (JSON) and `/metrics` (Prometheus) for those who run the bot. */
export async function startOperationsServer(
  listen: { readonly port: number; readonly host: string },
  health: () => Promise<Health>,
  metrics: Metrics,
): Promise<OperationsServer> {
  const server = createServer((request, response) => {
    answer(request.url ?? "/", health, metrics).then(
      ({ status, type, body }) => response.writeHead(status, { "content-type": type }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(listen.port, listen.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function answer(url: string, health: () => Promise<Health>, metrics: Metrics) {
  if (url === "/metrics") return { status: 200, type: metrics.contentType, body: await metrics.text() };
  if (url !== "/healthz") return { status: 404, type: "text/plain", body: "There are /healthz and /metrics.\n" };
  const { ok, details } = await health();
  return { status: ok ? 200 : 503, type: "application/json", body: JSON.stringify({ ok, ...details }) };
}
