import { existsSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Environment } from "./config/environment.ts";
import { VERSION } from "./version.ts";

type System = "salesforce" | "hubspot";
type Scope = "record" | "connection";

const PORT = 4100;

const EXPLAIN_HELP = `
A line of standard input is {"id"?, "system": "salesforce"|"hubspot", "direction"?, "httpStatus"?, "code"?, "message", "fields"?: [],
"object"?, "scope"?: "record"|"connection"}; the answer {"id", "kind", "category", "type", "label", "advice"}, or {"id", "error"} for a
line that is none, with exit code 1 at the end. No configuration, no network.

  syncwarden explain "REQUIRED_FIELD_MISSING: Required fields are missing: [LastName]"
  syncwarden explain < refusals.jsonl`;

/** Names of errors whose message says what is wrong and what to do. */
const MENDABLE: ReadonlySet<string> = new Set([
  "ConfigurationError",
  "DatabaseUnreachableError",
  "DirectoryInUseError",
  "ImportImpossibleError",
  "PortInUseError",
]);

const program = new Command("syncwarden")
  .description("Watches and repairs the health of HubSpot's native Salesforce integration, from Slack.")
  .version(VERSION)
  .showHelpAfterError();

program
  .command("start")
  .description("start the bot with syncwarden.yaml and the secrets in the environment or .env")
  .action(() => run(startBot));

program
  .command("sandbox")
  .description("start a whole local world (Slack, Salesforce, HubSpot and their sync) with the bot in it")
  .option("--seed <number>", "the same world again", wholeNumber, 1)
  .option("--contacts <number>", "how many contacts the world has", wholeNumber, 300)
  .option("--healthy", "a world with nothing wrong in it", false)
  .option("--journal <file>", "write every exchange with the three services to a file, one JSON object a line")
  .option("--no-bot", "the services alone, for a bot that is started elsewhere")
  .action((options) => run(() => startSandboxCommand(options)));

program
  .command("doctor")
  .description("check the configuration, the database and the three services, and say all that is wrong")
  .action(() =>
    run(async () => {
      const { doctor } = await import("./doctor.ts");
      process.exitCode = (await doctor(environment(), (line) => console.log(line))) ? 0 : 1;
    }),
  );

program
  .command("import")
  .description("read the CSV of sync errors that HubSpot's Sync Health exports, and merge it with what is known")
  .argument("<file>", "the CSV, or - for standard input")
  .option("--connection <name>", "the connection it is of, where there are several")
  .option("--rejects <file>", "write all lines that were not understood into a file")
  .addHelpText("after", "\nExit code: 0 all imported, 1 nothing imported, 2 imported but for lines that were not understood.")
  .action((file: string, options: { readonly connection?: string; readonly rejects?: string }) =>
    run(async () => {
      const { importCommand } = await import("./import-command.ts");
      process.exitCode = await importCommand(environment(), { file, ...options }, (line) => console.log(line));
    }),
  );

program
  .command("migrate")
  .description("bring the database up to date and stop")
  .action(() => run(migrate));

program
  .command("explain")
  .description("say what an error of Salesforce or HubSpot means for the sync: one message, or JSON lines on standard input")
  .argument("[message]", "the message, as a log or a screen shows it; without it, standard input is read")
  .addOption(new Option("--system <system>", "whose message it is, if it doesn't show").choices(["salesforce", "hubspot"]))
  .addOption(
    new Option("--scope <scope>", "what was refused: one record's write, or a call for all").choices(["record", "connection"]),
  )
  .addHelpText("after", EXPLAIN_HELP)
  .action((message: string | undefined, options: { readonly system?: System; readonly scope?: Scope }, command: Command) =>
    run(async () => {
      if (message === undefined && process.stdin.isTTY) command.help({ error: true });
      const { explainLines, explainMessage } = await import("./explain-command.ts");
      if (message !== undefined) console.log(explainMessage(message, options));
      else process.exitCode = (await explainLines(process.stdin, process.stdout)) ? 0 : 1;
    }),
  );

await program.parseAsync();

async function startBot(): Promise<void> {
  const { loadConfig } = await import("./config/load.ts");
  const config = loadConfig(environment());
  const { createLogger } = await import("./operations/logger.ts");
  const { start } = await import("./main.ts");
  const starting = start(config, createLogger(config.logLevel));
  stopOnSignal(async () => (await starting).stop());
  await starting;
}

interface SandboxCommandOptions {
  readonly seed: number;
  readonly contacts: number;
  readonly healthy: boolean;
  readonly journal?: string;
  readonly bot: boolean;
}

async function startSandboxCommand(options: SandboxCommandOptions): Promise<void> {
  const { runSandbox } = await import("./sandbox-command.ts");
  const port = process.env.SANDBOX_PORT === undefined ? PORT : wholeNumber(process.env.SANDBOX_PORT);
  const starting = runSandbox({ ...options, port, dataDirectory: process.env.SYNCWARDEN_DATA ?? null });
  stopOnSignal(async () => (await starting).stop());
  await starting;
}

async function migrate(): Promise<void> {
  const { openStore } = await import("./store/database.ts");
  const { migrateToLatest } = await import("./store/migrations/migrate.ts");
  const { readStoreSettings } = await import("./config/load.ts");
  const store = await openStore(readStoreSettings(environment()));
  try {
    const ran = await migrateToLatest(store.db);
    console.log(ran.length === 0 ? "The database is up to date." : `Ran ${ran.join(", ")}.`);
  } finally {
    await store.close();
  }
}

/** The environment with what `.env` adds; variables that are set already win. */
function environment(): Environment {
  if (existsSync(".env")) process.loadEnvFile(".env");
  return process.env;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

/** Stops in order on the first SIGTERM or SIGINT; a second one ends the process at once. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(1);
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

async function run(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    fail(error);
  }
}

/** Mistakes people can mend are told in words; anything else with its stack. */
function fail(error: unknown): never {
  const expected = error instanceof Error && MENDABLE.has(error.name);
  console.error(expected || !(error instanceof Error) ? String((error as Error).message ?? error) : error.stack);
  if (error instanceof Error && error.cause instanceof Error) console.error(`Caused by: ${error.cause.message}`);
  process.exit(1);
}
