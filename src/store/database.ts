import { access, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { PGlite, types } from "@electric-sql/pglite";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { type Db, fromPglite } from "pg-boss";
import type { Config } from "../config/config.ts";
import { lockDirectory } from "./lock.ts";
import { ConcurrentPGliteDialect } from "./pglite-dialect.ts";
import type { Database } from "./schema.ts";
import { startUpkeep } from "./upkeep.ts";

/** What pg-boss's constructor needs to work on the same database. */
export type BossBackend =
  | { readonly db: Db; readonly backend: "pglite" }
  | { readonly connectionString: string; readonly max: number };

/** The open database. One PGlite in the data directory, or a PostgreSQL server that many processes may share. */
export interface Store {
  readonly db: Kysely<Database>;
  readonly boss: BossBackend;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** A prepared data directory as a tar archive (PGlite's `dumpDataDir`), to start from where the directory is empty. */
  readonly template?: Blob;
  /** Told of errors that nobody waits for: of idle connections to the server, which the pool replaces by itself, and of upkeep. */
  readonly onError?: (error: Error) => void;
}

/** Thrown when the PostgreSQL server can't be reached or refuses: the message names no password. */
export class DatabaseUnreachableError extends Error {
  override readonly name = "DatabaseUnreachableError";
}

const POOL_SIZE = 10;
const BOSS_POOL_SIZE = 5;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Opens the database; does not migrate it. Rejects with an instruction where the data directory is in use or the server does
 * not answer.
 */
export async function openStore(config: Config["store"], options: StoreOptions = {}): Promise<Store> {
  return "databaseUrl" in config ? openServer(config.databaseUrl, options) : openDirectory(config.dataDirectory, options);
}

/** A database that lives in memory alone, for tests. */
export async function openMemoryStore(options: StoreOptions = {}): Promise<Store> {
  return pgliteStore(await startPglite("memory://", options), options, async () => {});
}

async function openDirectory(directory: string, options: StoreOptions): Promise<Store> {
  const unlock = await lockDirectory(directory);
  try {
    const dataDir = join(directory, "pgdata");
    await prepareDirectory(dataDir, options);
    return pgliteStore(await startPglite(dataDir, {}), options, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Makes a new database aside, so that a process killed while making it leaves none rather than half of one. */
async function prepareDirectory(dataDir: string, options: StoreOptions): Promise<void> {
  const exists = await access(dataDir).then(
    () => true,
    () => false,
  );
  if (exists) return;
  const aside = `${dataDir}.new`;
  await rm(aside, { recursive: true, force: true });
  const pglite = await startPglite(aside, options);
  await pglite.close();
  await rename(aside, dataDir);
}

async function startPglite(dataDir: string, options: StoreOptions): Promise<PGlite> {
  return PGlite.create({
    dataDir,
    startParams: startParams(dataDir),
    parsers: { [types.INT8]: Number },
    ...(options.template !== undefined && { loadDataDir: options.template }),
  });
}

/** PGlite's own parameters turn fsync off (`-F`) and reserve 128 MB of buffers. */
function startParams(dataDir: string): string[] {
  const kept = PGlite.defaultStartParams.filter((parameter) => parameter !== "-F");
  const fsync = dataDir.startsWith("memory://") ? "off" : "on";
  return [...kept, "-c", `fsync=${fsync}`, "-c", "shared_buffers=16MB"];
}

function pgliteStore(pglite: PGlite, { onError }: StoreOptions, unlock: () => Promise<void>): Store {
  const stopUpkeep = startUpkeep(pglite, (error) => onError?.(error));
  const db = new Kysely<Database>({ dialect: new ConcurrentPGliteDialect(pglite) });
  return {
    db,
    boss: { db: { ...fromPglite(pglite), listen: listenWith(pglite) }, backend: "pglite" },
    async close() {
      await stopUpkeep();
      await db.destroy();
      if (!pglite.closed) await pglite.close();
      await unlock();
    },
  };
}

/** What pg-boss needs to be woken when a job comes: its own adapter only polls. */
function listenWith(pglite: PGlite): NonNullable<Db["listen"]> {
  return async (channel, onNotification, onReconnect) => {
    const unlisten = await pglite.listen(`"${channel}"`, onNotification);
    onReconnect();
    return { close: async () => (pglite.closed ? undefined : unlisten()) };
  };
}

async function openServer(connectionString: string, options: StoreOptions): Promise<Store> {
  const pool = new pg.Pool({
    connectionString,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "syncwarden",
    types: { getTypeParser: ((id: number, format: "text") => numberParser(id, format)) as typeof pg.types.getTypeParser },
  });
  // Without a listener, a connection that breaks while idle ends the process.
  pool.on("error", (error) => options.onError?.(error));
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    throw new DatabaseUnreachableError(whyUnreachable(connectionString, error), { cause: error });
  }
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    boss: { connectionString, max: BOSS_POOL_SIZE },
    async close() {
      await db.destroy();
    },
  };
}

/** What failed and what to do, naming the place without the user and password that the URL holds. */
function whyUnreachable(connectionString: string, error: unknown): string {
  const where = URL.canParse(connectionString) ? new URL(connectionString) : null;
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  // Connecting to several addresses fails with an error that has only a code.
  const message = error instanceof Error && error.message !== "" ? error.message : null;
  const reason = [code, message].filter((part) => part !== null).join(": ");
  return (
    `The PostgreSQL database ${where === null ? "" : `${where.host}${where.pathname} `}can't be used (${reason}). ` +
    "Check that the server runs and that DATABASE_URL names it, its database, and a user that may log in."
  );
}

/** Counts come as bigint, which `pg` reads as text; ours are all within a double's integers. */
function numberParser(id: number, format: "text"): unknown {
  return id === types.INT8 ? Number : pg.types.getTypeParser(id, format);
}
