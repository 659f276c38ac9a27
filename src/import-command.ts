import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { finished } from "node:stream/promises";
import { stringify } from "csv-stringify";
import type { Config, ConnectionSettings } from "./config/config.ts";
import type { Environment } from "./config/environment.ts";
import { loadConfig } from "./config/load.ts";
import { systemClock } from "./health/clock.ts";
import type { NotUnderstood } from "./health/import/line.ts";
import type { ImportSummary } from "./health/import/summary.ts";
import { createHubSpot } from "./hubspot/client.ts";
import { ENGLISH } from "./language/language.ts";
import { type ExportFile, type ImportOutcome, importErrors, summarySentence } from "./monitor/import/import-errors.ts";
import { createLogger } from "./operations/logger.ts";
import { createSalesforce } from "./salesforce/client.ts";
import { openStore, type Store } from "./store/database.ts";
import { DirectoryInUseError } from "./store/lock.ts";
import { migrateToLatest } from "./store/migrations/migrate.ts";

/** Thrown where nothing can be imported: says why, and what to do. */
export class ImportImpossibleError extends Error {
  override readonly name = "ImportImpossibleError";
}

export interface ImportCommand {
  /** A path, or `-` for standard input. */
  readonly file: string;
  readonly connection?: string;
  /** Where all lines that were not understood are written, as CSV. */
  readonly rejects?: string;
}

/** What the command line calls whoever uses it. */
const WHO = "command line";
const SHOWN_EACH = 10_000;

/**
 * Imports HubSpot's own export of sync errors from a file.
 * @returns the exit code: 0 where all is imported, 2 where lines were not understood.
 */
export async function importCommand(
  environment: Environment,
  command: ImportCommand,
  print: (line: string) => void,
): Promise<number> {
  const config = loadConfig(environment);
  const settings = connectionOf(config, command.connection);
  const file = await openFile(command.file);
  const store = await openForImport(config);
  try {
    await migrateToLatest(store.db);
    const outcome = await run(store, config, settings, file, command);
    return tell(outcome, settings.name, command, print);
  } finally {
    await store.close();
  }
}

function connectionOf({ connections }: Config, wanted: string | undefined): ConnectionSettings {
  const found = wanted === undefined ? connections : connections.filter(({ name }) => name === wanted);
  const [one] = found;
  if (one !== undefined && found.length === 1) return one;
  const names = connections.map(({ name }) => name).join(", ");
  if (wanted === undefined)
    throw new ImportImpossibleError(`Say which connection the file is of: --connection with one of ${names}.`);
  throw new ImportImpossibleError(`There is no connection named ${wanted}. There are ${names}.`);
}

async function openFile(path: string): Promise<ExportFile> {
  if (path === "-") return { name: "standard input", bytes: process.stdin, exportedAt: null };
  const found = await stat(path).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new ImportImpossibleError(`The file ${path} can't be read (${code}).`);
  });
  if (!found.isFile()) throw new ImportImpossibleError(`${path} is no file.`);
  return { name: basename(path), bytes: createReadStream(path), exportedAt: found.mtime };
}

async function openForImport(config: Config): Promise<Store> {
  try {
    return await openStore(config.store);
  } catch (error) {
    if (!(error instanceof DirectoryInUseError)) throw error;
    throw new ImportImpossibleError(
      `Process ${error.pid}, probably the bot, works in the data directory, which takes one process at a time. Share the file in ` +
        "Slack and use the message shortcut “Import sync errors” on it, or stop the bot for as long as the import takes. With a " +
        "PostgreSQL server (DATABASE_URL) both work beside each other.",
    );
  }
}

async function run(
  store: Store,
  config: Config,
  settings: ConnectionSettings,
  file: ExportFile,
  { rejects }: ImportCommand,
): Promise<ImportOutcome> {
  const options = { clock: systemClock, logger: createLogger(config.logLevel === "debug" ? "debug" : "error") };
  const connection = {
    settings,
    salesforce: createSalesforce(settings.salesforce, options),
    hubspot: createHubSpot(settings.hubspot, options),
  };
  // The bot's next poll comes by its schedule: jobs are its own.
  const parts = { db: store.db, clock: systemClock, jobs: { send: async () => {} } };
  const list = rejects === undefined ? null : openRejects(rejects);
  let told = 0;
  try {
    return await importErrors(
      parts,
      connection,
      file,
      { userId: WHO, channel: null, messageTs: null, allowedAs: null },
      {
        onProgress(lines) {
          if (lines - told < SHOWN_EACH) return;
          told = lines;
          process.stderr.write(`${lines} lines read\n`);
        },
        onNotUnderstood: (line) => list?.add(line),
      },
    );
  } finally {
    await list?.close();
  }
}

function openRejects(path: string): { add(line: NotUnderstood): void; close(): Promise<void> } {
  const rows = stringify({ header: true, columns: { line: "Line", reason: "Reason" }, escape_formulas: true });
  const written = finished(rows.pipe(createWriteStream(path)));
  return {
    add: ({ line, reason }) => void rows.write({ line, reason: ENGLISH.render(reason) }),
    async close() {
      rows.end();
      await written;
    },
  };
}

function tell(outcome: ImportOutcome, connection: string, { rejects }: ImportCommand, print: (line: string) => void): number {
  switch (outcome.state) {
    case "unreadable":
      throw new ImportImpossibleError(ENGLISH.render(outcome.why));
    case "at-work":
      throw new ImportImpossibleError(`This file is being imported just now, by ${outcome.importedBy}.`);
    case "known":
      print(`This file was imported at ${outcome.importedAt.toISOString()} by ${outcome.importedBy}: nothing has changed.`);
      print(ENGLISH.render(summarySentence(outcome.summary)));
      return 0;
    case "imported":
      print(`Imported into ${connection}. ${ENGLISH.render(summarySentence(outcome.summary))}`);
      if (outcome.summary.new > 0) print("The next polls look at the new ones, and confirm or resolve them.");
      for (const line of rejectLines(outcome.summary, rejects)) print(line);
      return outcome.summary.notUnderstood === 0 ? 0 : 2;
  }
}

function rejectLines({ notUnderstood, rejects }: ImportSummary, path: string | undefined): readonly string[] {
  if (notUnderstood === 0) return [];
  const rest = notUnderstood - rejects.length;
  return [
    "Not understood:",
    ...rejects.map(({ line, reason }) => `  line ${line}: ${ENGLISH.render(reason)}`),
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
    path === undefined ? "--rejects FILE writes all of them into a file." : `All of them are in ${path}.`,
  ];
}
