import { createHash, randomUUID } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect } from "kysely";
import pino from "pino";
import { openJobQueue } from "../../src/jobs/queue.ts";
import { openStore } from "../../src/store/database.ts";
import { migrateToLatest } from "../../src/store/migrations/migrate.ts";
import type { Database } from "../../src/store/schema.ts";
import { removeScratch, scratchDirectory } from "./scratch.ts";

const ROOT = join(import.meta.dirname, "../..");
const CACHE = join(ROOT, "node_modules/.cache/syncwarden");

/** What the prepared data is made by: another version of these makes it anew. */
const MADE_BY = [
  "src/store/migrations",
  "src/store/database.ts",
  "src/jobs/queue.ts",
  "test/support/prepared-data.ts",
  "node_modules/@electric-sql/pglite/package.json",
  "node_modules/pg-boss/package.json",
];

let cache: Promise<string> | null = null;

/** Where the compiled code of processes that tests start is kept, so that each doesn't compile all of it again. */
export const COMPILE_CACHE = join(CACHE, "compiled");

/**
 * Makes a migrated database once for each version of what makes it: as a data directory, with the job queue's own tables, and
 * as an archive of our tables alone. Making one takes as long as a dozen tests.
 */
export async function prepareData(): Promise<void> {
  const folder = await cacheFolder();
  if (await exists(folder)) return;
  // Another process may be at it too: a rename lets each see all of it or nothing.
  const partial = `${folder}.${randomUUID()}`;
  await mkdir(partial, { recursive: true });
  await writeFile(join(partial, "store.tar"), await makeArchive());
  await makeDirectory(join(partial, "data"));
  await rename(partial, folder).catch(() => rm(partial, { recursive: true }));
}

/** An archive of a migrated database, for `openMemoryStore`'s `template`. */
export async function preparedArchive(): Promise<Blob> {
  await prepareData();
  return new Blob([await readFile(join(await cacheFolder(), "store.tar"))]);
}

/** Fills a data directory as a bot that has started and stopped leaves it; one that has a database already stays as it is. */
export async function fillDataDirectory(directory: string): Promise<void> {
  await prepareData();
  if (await exists(join(directory, "pgdata"))) return;
  await cp(join(await cacheFolder(), "data"), directory, { recursive: true });
}

async function makeArchive(): Promise<Buffer<ArrayBuffer>> {
  const pglite = await PGlite.create("memory://");
  const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite }) });
  await migrateToLatest(db);
  const archive = Buffer.from(await (await pglite.dumpDataDir("none")).arrayBuffer());
  await db.destroy();
  return archive;
}

async function makeDirectory(destination: string): Promise<void> {
  const dataDirectory = await scratchDirectory("prepared");
  const store = await openStore({ dataDirectory });
  await migrateToLatest(store.db);
  const queue = await openJobQueue(store.boss, pino({ level: "silent" }), async () => {});
  await queue.stop(1_000);
  await store.close();
  await cp(dataDirectory, destination, { recursive: true });
  await removeScratch(dataDirectory);
}

function cacheFolder(): Promise<string> {
  cache ??= versionOf(MADE_BY).then((version) => join(CACHE, `database-${version}`));
  return cache;
}

async function versionOf(paths: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of paths) {
    const below = path.endsWith(".ts") || path.endsWith(".json") ? [""] : (await readdir(join(ROOT, path))).toSorted();
    for (const file of below) hash.update(await readFile(join(ROOT, path, file)));
  }
  return hash.digest("hex").slice(0, 16);
}

async function exists(path: string): Promise<boolean> {
  return readdir(path).then(
    () => true,
    () => false,
  );
}
