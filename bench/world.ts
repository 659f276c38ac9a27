import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { type OpenSandbox, openSandbox } from "../src/sandbox/start.ts";

/** More than the largest measurement needs, leads and contacts that don't sync left out. */
const CONTACTS = 13_500;
/**
 * The CRMs' time is so far behind the bot's. Each poll then finds changes as old as with polls minutes apart, and none that
 * it would have to read again because search and long transactions may still hold some of that moment back.
 */
const AGE_OF_CHANGES_MS = 120_000;

export interface BenchWorld {
  readonly sandbox: OpenSandbox;
  /** The control paths' address of the process that plays Slack. */
  readonly slackUrl: string;
  /** What a bot joins with: both CRMs here, Slack there. */
  readonly environment: Readonly<Record<string, string>>;
  /** Waits until HubSpot's search shows all that has been changed. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Both CRMs in this process and Slack in another, so that how fast a command is acknowledged doesn't depend on what the CRMs
 * are busy with. The bot's configuration is the sandbox's, but it polls when told to and waits as long as in production.
 */
export async function openBenchWorld(): Promise<BenchWorld> {
  const directory = await mkdtemp(join(tmpdir(), "syncwarden-bench-"));
  const slack = await startSlack();
  const sandbox = await openSandbox({ port: 0, seed: 1, contacts: CONTACTS, healthy: true, journal: null }, {});
  sandbox.world.clock.setBack(AGE_OF_CHANGES_MS);
  // Neither CRM's times run backwards: until its time has caught up with that of its making, all is as of one moment.
  await wait(AGE_OF_CHANGES_MS);
  const configuration = join(directory, "syncwarden.yaml");
  await writeFile(configuration, await benchConfiguration(sandbox.environment.SYNCWARDEN_CONFIG ?? ""));
  return {
    sandbox,
    slackUrl: slack.url,
    environment: {
      ...sandbox.environment,
      ...Object.fromEntries(Object.entries(slack.environment).filter(([name]) => name.startsWith("SLACK_"))),
      SYNCWARDEN_CONFIG: configuration,
      SYNCWARDEN_DATA: join(directory, "data"),
    },
    settle: () => wait(sandbox.account.state.searchLagMs + 500),
    async close() {
      slack.stop();
      await sandbox.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function benchConfiguration(path: string): Promise<string> {
  const configuration = parse(await readFile(path, "utf8"));
  configuration.logLevel = "debug";
  Object.assign(configuration.connections[0], {
    poll: { cron: "0 0 1 1 *", timeZone: "Europe/Oslo" },
    grace: "1m",
    stall: "30m",
    // They read the records of sync errors at a time of their own.
    ownerMessages: null,
    diagnosis: { rolledBackWrites: true, retryAfter: "12h" },
  });
  return stringify(configuration);
}

async function startSlack(): Promise<{ url: string; environment: Record<string, string>; stop(): void }> {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["src/cli.ts", "sandbox", "--no-bot", "--healthy", "--contacts", "20"], {
    cwd: join(import.meta.dirname, ".."),
    env: { PATH, HOME, SANDBOX_PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += chunk;
    if (/SYNCWARDEN_CONFIG=.*\n/.test(printed)) break;
  }
  const url = /services are at (\S+?)\.\s/.exec(printed)?.[1];
  if (url === undefined) throw new Error(`The sandbox that plays Slack said nothing of where it is:\n${printed}`);
  const answer = await fetch(`${url}/sandbox/connect`);
  return { url, environment: (await answer.json()) as Record<string, string>, stop: () => void child.kill("SIGTERM") };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
