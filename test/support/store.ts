import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect, sql } from "kysely";
import pg from "pg";
import { openMemoryStore, openStore, type Store } from "../../src/store/database.ts";
import { migrateToLatest } from "../../src/store/migrations/migrate.ts";
import type { Database } from "../../src/store/schema.ts";

const ROOT = join(import.meta.dirname, "../..");
const CACHE = join(ROOT, "node_modules/.cache/syncwarden");
let template: Promise<Blob> | null = null;

/** Databases in memory that tests of this file have done with, emptied. */
const emptied: Store[] = [];

/**
 * An empty, migrated database for one test: in memory, cloned from one prepared data directory, or one that an earlier test of
 * the same file has done with, which is a second faster. With TEST_DATABASE_URL set, a database of its own on that PostgreSQL
 * server, dropped on close.
 */
export async function openTestStore(): Promise<Store> {
  const server = process.env.TEST_DATABASE_URL;
  if (server !== undefined) return openServerDatabase(server);
  const store = emptied.pop() ?? (await openMemoryStore({ template: await preparedTemplate() }));
  return { ...store, close: () => giveBack(store) };
}

/** Empties a database for the next test; one that has more in it than our own tables goes. */
async function giveBack(store: Store): Promise<void> {
  const { rows } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_schema not in ('pg_catalog', 'information_schema') and table_name not like 'kysely_%'
  `.execute(store.db);
  if (rows.some(({ schema }) => schema !== "public")) return store.close();
  const tables = sql.join(rows.map(({ name }) => sql.table(name)));
  await sql`truncate ${tables} restart identity cascade`.execute(store.db);
  emptied.push(store);
}

/** The prepared data directory as an archive, for `openStore`'s `template`. Made once for each version of the migrations. */
export function preparedTemplate(): Promise<Blob> {
  template ??= loadTemplate();
  return template;
}

async function loadTemplate(): Promise<Blob> {
  const file = join(CACHE, `store-${await templateVersion()}.tar`);
  const known = await readFile(file).catch(() => null);
  if (known !== null) return new Blob([known]);
  const prepared = await prepareTemplate();
  await mkdir(CACHE, { recursive: true });
  // Test files run in processes of their own: a rename lets each see a whole file or none.
  const partial = `${file}.${randomUUID()}`;
  await writeFile(partial, prepared);
  await rename(partial, file);
  return new Blob([prepared]);
}

async function prepareTemplate(): Promise<Buffer<ArrayBuffer>> {
  const pglite = await PGlite.create("memory://");
  const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite }) });
  await migrateToLatest(db);
  const archive = Buffer.from(await (await pglite.dumpDataDir("none")).arrayBuffer());
  await db.destroy();
  return archive;
}

async function templateVersion(): Promise<string> {
  const hash = createHash("sha256");
  const migrations = (await readdir(join(ROOT, "src/store/migrations"))).toSorted();
  const files = [...migrations.map((file) => `src/store/migrations/${file}`), "node_modules/@electric-sql/pglite/package.json"];
  for (const file of files) hash.update(await readFile(join(ROOT, file)));
  return hash.digest("hex").slice(0, 16);
}

async function openServerDatabase(server: string): Promise<Store> {
  const database = await createServerDatabase(server);
  const store = await openStore({ databaseUrl: database.url });
  await migrateToLatest(store.db);
  return {
    ...store,
    async close() {
      await store.close();
      await database.drop();
    },
  };
}

/** An empty database of its own on a PostgreSQL server. */
export async function createServerDatabase(server: string): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `syncwarden_test_${randomUUID().replaceAll("-", "")}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `drop database ${name} with (force)`) };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Takes everything out of a store, for the next to use it. */
export async function emptyStore(store: Store): Promise<void> {
  const tables = (await tableNames(store)).filter((name) => !name.startsWith("kysely_"));
  await sql`truncate ${sql.join(tables.map((name) => sql.table(name)))}`.execute(store.db);
}

/** The names of the tables, for tests of migrations. */
export async function tableNames(store: Store): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' order by 1
  `.execute(store.db);
  return rows.map((row) => row.name);
}
