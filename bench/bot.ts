import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import packageJson from "../package.json" with { type: "json" };

const ROOT = join(import.meta.dirname, "..");
const START_TIMEOUT_MS = 60_000;
/** The first poll of a world of hundreds of thousands of records takes its time. */
const POLL_TIMEOUT_MS = 3_600_000;

/** What the bot holds of the machine's memory, in bytes, as the operating system counts it. */
export interface Memory {
  readonly now: number;
  /** The most since it was asked for last. */
  readonly peak: number;
}

/** The bot as in production, in a process of its own. */
export interface Bot {
  /** Resolves when it has finished so many polls since it was started. */
  polled(times: number): Promise<void>;
  /** Polls that it has finished. */
  polls(): number;
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

const memorySchema = z.object({ now: z.number(), peak: z.number() });

/** What `npm start` gives Node before the program. */
const NODE_OPTIONS = packageJson.scripts.start.split(" ").filter((word) => word.startsWith("--"));

/** Starts a bot with this environment and nothing of ours. Its log tells of every poll that it finishes. */
export function startBot(environment: Readonly<Record<string, string>>): Bot {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [...NODE_OPTIONS, "--import", "./bench/memory-reporter.ts", "src/cli.ts", "start"], {
    cwd: ROOT,
    env: { PATH, HOME, ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const log = watchLog(child);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    polls: log.polls,
    async polled(times) {
      const deadline = Date.now() + (times <= 1 ? START_TIMEOUT_MS : 0) + POLL_TIMEOUT_MS;
      while (log.polls() < times) {
        const end = child.exitCode ?? child.signalCode;
        if (end !== null) throw new Error(`The bot ended with ${end}:\n${log.tail()}`);
        if (Date.now() > deadline) throw new Error(`The bot has not finished poll ${times}:\n${log.tail()}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async memory() {
      const answer = new Promise<unknown>((resolve) => child.once("message", resolve));
      child.send("memory");
      return memorySchema.parse(await answer);
    },
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

const TAIL_CHARACTERS = 4_000;

function watchLog(child: ChildProcess): { polls(): number; tail(): string } {
  let polls = 0;
  let tail = "";
  let rest = "";
  const take = (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    polls += lines.filter((line) => line.includes('"msg":"polled"')).length;
    tail = (tail + chunk.toString()).slice(-TAIL_CHARACTERS);
  };
  child.stdout?.on("data", take);
  child.stderr?.on("data", (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-TAIL_CHARACTERS);
  });
  return { polls: () => polls, tail: () => tail };
}
