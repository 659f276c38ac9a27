import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { SyncTimes } from "../../src/sandbox/native-sync/settings.ts";
import { installationFromManifest } from "../../src/sandbox/slack/installation.ts";
import { type OpenSandbox, openSandbox } from "../../src/sandbox/start.ts";
import { secretsIn } from "../contracts/secrets.ts";
import { type Control, controlOf } from "./control.ts";
import { COMPILE_CACHE, fillDataDirectory } from "./prepared-data.ts";
import { removeScratch, scratchDirectory } from "./scratch.ts";

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
  /** Whether its traffic is kept for the contract checks, where JOURNAL_DIRECTORY says so. */
  readonly journal?: boolean;
  /** Other times for the native sync. */
  readonly times?: Partial<SyncTimes>;
  /** Settings of the connection in syncwarden.yaml that differ from the sandbox's own, such as shorter times. */
  readonly connection?: Readonly<Record<string, unknown>>;
  /** Other settings of syncwarden.yaml. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A bot that looks every second and waits for little: for tests of what it says rather than of when. */
export const QUICK = { poll: { cron: "* * * * * *", timeZone: "Europe/Oslo" }, grace: "2s", stall: "5s" } as const;

/** Puts what a test needs otherwise into a syncwarden.yaml. */
export async function configure(file: string | undefined, { connection, settings }: WorldOptions): Promise<void> {
  if (file === undefined || (connection === undefined && settings === undefined)) return;
  const configuration = parse(await readFile(file, "utf8")) as { connections: Record<string, unknown>[] };
  const connections = configuration.connections.map((one) => ({ ...one, ...connection }));
  await writeFile(file, stringify({ ...configuration, ...settings, connections }));
}

/** Starts a sandbox on a free port, with a data directory for its bot. Its journal goes where JOURNAL_DIRECTORY says. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { seed = 1, contacts = 60, healthy = true, times = {} } = options;
  const directory = options.journal === false ? undefined : process.env.JOURNAL_DIRECTORY;
  const journal = directory === undefined ? null : join(directory, `${randomUUID()}.jsonl`);
  // Installed with what the manifest asks for and no more: a scope that is missing there fails here.
  const installation = installationFromManifest(await readFile(join(ROOT, "manifest.yml"), "utf8"));
  const sandbox = await openSandbox({ port: 0, seed, contacts, healthy, journal }, { times, slack: { installation } });
  await configure(sandbox.environment.SYNCWARDEN_CONFIG, options);
  const data = await scratchDirectory("e2e");
  const bots: BotProcess[] = [];
  const printed: string[] = [];
  return {
    sandbox,
    control: controlOf(sandbox.url),
    async startBot(environment = {}) {
      // On a server it has no data directory, and several may start at once.
      if (environment.DATABASE_URL === undefined) await fillDataDirectory(data);
      const bot = await spawnBot({ ...sandbox.environment, SYNCWARDEN_DATA: data, ...environment });
      bots.push(bot);
      return bot;
    },
    async run(command, environment = {}) {
      const ended = await runCommand(command, { ...sandbox.environment, SYNCWARDEN_DATA: data, ...environment });
      printed.push(ended.output);
      return ended;
    },
    async close() {
      for (const bot of bots) await bot.kill();
      await sandbox.close();
      await removeScratch(data);
      refuseSecrets([...bots.map((bot) => bot.output()), ...printed]);
    },
  };
}

/** Whatever a test is about: no bot may ever print a secret. */
function refuseSecrets(outputs: readonly string[]): void {
  for (const line of outputs.flatMap((output) => output.split("\n"))) {
    const [secret] = secretsIn(line);
    if (secret !== undefined) throw new Error(`The bot printed ${secret}: ${line}`);
  }
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
  const env = { PATH, HOME, NODE_COMPILE_CACHE: COMPILE_CACHE, ...environment };
  return spawn(process.execPath, ["src/cli.ts", ...command.split(" ")], { cwd: ROOT, env });
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
