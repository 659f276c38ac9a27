import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { startSandbox } from "../../src/sandbox/start.ts";
import { type Control, controlOf } from "./control.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The bot as a process of its own, as in production. */
export interface BotProcess {
  readonly pid: number;
  /** What it has printed so far. */
  output(): string;
  /** SIGKILL: nothing is finished, nothing is closed. */
  kill(): Promise<void>;
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
}

export interface World {
  readonly sandbox: Sandbox;
  readonly control: Control;
  /** Starts a bot on this world's data directory; more environment wins over the sandbox's. */
  startBot(environment?: Record<string, string>): Promise<BotProcess>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly seed?: number;
  readonly contacts?: number;
  readonly healthy?: boolean;
}

/** Starts a sandbox on a free port, with a data directory for its bot. Its journal goes where JOURNAL_DIRECTORY says. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { seed = 1, contacts = 60, healthy = true } = options;
  const directory = process.env.JOURNAL_DIRECTORY;
  const journal = directory === undefined ? null : join(directory, `${randomUUID()}.jsonl`);
  const sandbox = await startSandbox({ port: 0, seed, contacts, healthy, journal });
  const data = await mkdtemp(join(tmpdir(), "syncwarden-e2e-"));
  const bots: BotProcess[] = [];
  return {
    sandbox,
    control: controlOf(sandbox.url),
    async startBot(environment = {}) {
      const bot = await spawnBot({ ...sandbox.environment, SYNCWARDEN_DATA: data, ...environment });
      bots.push(bot);
      return bot;
    },
    async close() {
      for (const bot of bots) await bot.kill();
      await sandbox.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** `npm start` without npm: the same entry, so that signals reach the bot itself. Resolves once it says that it has started. */
async function spawnBot(environment: Record<string, string>): Promise<BotProcess> {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["src/cli.ts", "start"], { cwd: ROOT, env: { PATH, HOME, ...environment } });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  await started(child, () => output, exited);
  return {
    pid: child.pid ?? 0,
    output: () => output,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    stop() {
      child.kill("SIGTERM");
      return exited;
    },
  };
}

async function started(child: ChildProcess, output: () => string, exited: Promise<number | null>): Promise<void> {
  const deadline = Date.now() + 60_000;
  let code: number | null | undefined;
  void exited.then((value) => (code = value));
  while (!output().includes('"msg":"started"')) {
    if (code !== undefined) throw new Error(`The bot ended with ${code} before it had started:\n${output()}`);
    if (Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`The bot did not start within a minute:\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
