import { afterEach, expect, test } from "vitest";
import { createLogger } from "../../src/operations/logger.ts";
import { createMetrics } from "../../src/operations/metrics.ts";
import { type OperationsServer, startOperationsServer } from "../../src/operations/server.ts";
import { type LocalWorld, openLocalWorld } from "../support/local-world.ts";

let local: LocalWorld | null = null;
let server: OperationsServer | null = null;
afterEach(async () => {
  await server?.close();
  await local?.close();
  server = null;
  local = null;
});

async function serve(ok: boolean): Promise<string> {
  local = await openLocalWorld({ contacts: 20 });
  await local.poll();
  const health = async () => ({ ok, details: { slack: { connected: ok } } });
  server = await startOperationsServer({ port: 0, host: "127.0.0.1" }, health, createMetrics(local.context));
  return `http://127.0.0.1:${server.port}`;
}

test("metrics tell calls, age, suspension and what is owed", async () => {
  const url = await serve(true);
  const text = await (await fetch(`${url}/metrics`)).text();
  expect(text).toMatch(/syncwarden_api_calls\{connection="main",system="salesforce"\} [1-9]/);
  expect(text).toMatch(/syncwarden_seconds_since_poll\{connection="main"\} \d/);
  expect(text).toContain('syncwarden_suspended{connection="main"} 0');
  expect(text).toContain("syncwarden_announcements_owed 0");
});

test("the health check answers 200 while all is well and 503 otherwise", async () => {
  const url = await serve(false);
  const answer = await fetch(`${url}/healthz`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ ok: false, slack: { connected: false } });
  expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
});

test("no secret reaches the log, by its key or by its form", () => {
  const lines: string[] = [];
  const logger = createLogger("info", { write: (line) => void lines.push(line) });
  logger.info({ settings: { botToken: "secret-1" }, token: "secret-2" }, "keys");
  logger.warn({ error: "refused xoxb-12-34-abcDEF and xapp-1-A0-9-ff and pat-eu1-12345678-aaaa" }, "forms");
  logger.warn("postgresql://bot:hunter2@db/sync cannot be reached, session 00D5g000004XyZW!AQ0AQF.tok_en expired");
  const text = lines.join("");
  for (const secret of ["secret-1", "secret-2", "abcDEF", "xapp-1", "12345678", "hunter2", "AQ0AQF"])
    expect(text).not.toContain(secret);
  expect(text).toContain("[secret]");
});
