import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import pg from "pg";
import { openMemoryStore, openStore, type Store } from "../../src/store/database.ts";
import { migrateToLatest } from "../../src/store/migrations/migrate.ts";
import { preparedArchive } from "./prepared-data.ts";

let archive: Promise<Blob> | null = null;

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
  archive ??= preparedArchive();
  const store = emptied.pop() ?? (await openMemoryStore({ template: await archive }));
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
