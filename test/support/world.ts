import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OpenSandbox, startSandbox } from "../../src/sandbox/start.ts";
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
  readonly sandbox: OpenSandbox;
  readonly control: Control;
  /** Starts a bot on this world's data directory; more environment wins over the sandbox's, undefined takes a variable away. */
  startBot(environment?: ExtraEnvironment): Promise<BotProcess>;
  /** Runs a command of the CLI with the environment that `startBot` would give, until it ends. */
  run(command: string, environment?: ExtraEnvironment): Promise<Ended>;
  close(): Promise<void>;
}

export type ExtraEnvironment = Readonly<Record<string, string | undefined>>;

/** A process that is over. */
export interface Ended {
  readonly code: number | null;
  /** Both streams, in the order in which they came. */
  readonly output: string;
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
    run: (command, environment = {}) => runCommand(command, { ...sandbox.environment, SYNCWARDEN_DATA: data, ...environment }),
    async close() {
      for (const bot of bots) await bot.kill();
      await sandbox.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

const COMMAND_LIMIT_MS = 60_000;

/** Runs a command of the CLI to its end; one that goes on for a minute is killed and answers null as its code. */
export async function runCommand(command: string, environment: ExtraEnvironment): Promise<Ended> {
  const child = spawnCommand(command, environment);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const timer = setTimeout(() => child.kill("SIGKILL"), COMMAND_LIMIT_MS);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearTimeout(timer);
  return { code, output };
}

/** The CLI without npm, so that signals reach it. Of this process's environment it gets no more than the way to programs. */
function spawnCommand(command: string, environment: ExtraEnvironment): ChildProcessWithoutNullStreams {
  const { PATH, HOME } = process.env;
  return spawn(process.execPath, ["src/cli.ts", ...command.split(" ")], { cwd: ROOT, env: { PATH, HOME, ...environment } });
}

/** As `npm start`. Resolves once the bot says that it has started. */
async function spawnBot(environment: ExtraEnvironment): Promise<BotProcess> {
  const child = spawnCommand("start", environment);
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
