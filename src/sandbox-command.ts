import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { loadConfig } from "./config/load.ts";
import { start } from "./main.ts";
import type { Monitor } from "./monitor/monitor.ts";
import { createLogger } from "./operations/logger.ts";
import type { Said } from "./sandbox/said.ts";
import type { SandboxOptions } from "./sandbox/sandbox.ts";
import { startSandbox } from "./sandbox/start.ts";

export interface SandboxRun extends Omit<SandboxOptions, "journal"> {
  readonly journal?: string | undefined;
  readonly bot: boolean;
  /** Where the bot keeps its data; null: in a temporary directory that goes when it stops. */
  readonly dataDirectory: string | null;
}

/**
 * Starts the local world and, unless told otherwise, the bot in it: the same bot as in production, given the sandbox's
 * addresses and tokens and nothing of the real environment.
 */
export async function runSandbox(options: SandboxRun): Promise<{ stop(): Promise<void> }> {
  const { bot, dataDirectory, journal, ...rest } = options;
  const sandbox = await startSandbox({ ...rest, journal: journal ?? null });
  if (!bot) {
    const lines = Object.entries(sandbox.environment).map(([name, value]) => `  ${name}=${value}`);
    console.log(`The sandbox's services are at ${sandbox.url}. A bot joins them with these variables:\n${lines.join("\n")}`);
    return { stop: () => sandbox.close() };
  }
  const data = dataDirectory ?? (await mkdtemp(join(tmpdir(), "syncwarden-")));
  const config = loadConfig({ ...sandbox.environment, SYNCWARDEN_DATA: data });
  const running = await start(config, createLogger(config.logLevel));
  const [connection] = config.connections;
  if (connection !== undefined) sandbox.hear(() => saidOf(running.monitor, connection.name));
  await firstMessage(sandbox.url);
  console.log(`The sandbox is at ${sandbox.url}`);
  return {
    async stop() {
      sandbox.hear(async () => null);
      await running.stop();
      await sandbox.close();
      if (dataDirectory === null) await rm(data, { recursive: true, force: true });
    },
  };
}

/** More errors than any sandbox has. */
const ALL_ERRORS = 500;

/** What the bot would answer about a connection just now, for the page to hold against the truth. */
async function saidOf(monitor: Monitor, connection: string): Promise<Said> {
  const { suspension, asOf } = await monitor.report(connection);
  const { items } = await monitor.errors(connection, {}, 0, ALL_ERRORS);
  return {
    suspension: suspension?.state === "open" ? { kind: suspension.kind } : null,
    errors: items.map(({ type, object, affectedRecords }) => ({ type, object, records: affectedRecords })),
    at: asOf?.toISOString() ?? null,
  };
}

const FIRST_MESSAGE_MS = 30_000;

/** Waits for the bot's first digest, so that the page is worth looking at when its address is told. */
async function firstMessage(url: string): Promise<void> {
  const deadline = Date.now() + FIRST_MESSAGE_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/sandbox/slack/messages?channel=C0REVOPS&user=U0ADMIN`);
    const { messages } = (await answer.json()) as { readonly messages: readonly unknown[] };
    if (messages.length > 0) return;
    await setTimeout(200);
  }
}
