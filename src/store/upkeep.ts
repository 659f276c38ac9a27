import type { PGlite } from "@electric-sql/pglite";

/** How often it is looked for tables that have changed much, in milliseconds. */
const LOOK_EVERY_MS = 10_000;

/** PostgreSQL's own measures for autovacuum (a tenth new, a fifth dead), but no table of a few hundred rows is worth it. */
const CHANGED_MUCH = `
  select quote_ident(schemaname) || '.' || quote_ident(relname) as name, n_dead_tup > 1000 + 0.2 * n_live_tup as "isToBeVacuumed"
  from pg_stat_user_tables
  where n_mod_since_analyze > 1000 + 0.1 * n_live_tup or n_dead_tup > 1000 + 0.2 * n_live_tup`;

interface ChangedTable {
  readonly name: string;
  readonly isToBeVacuumed: boolean;
}

/**
 * Does for tables that have changed much what a PostgreSQL server's autovacuum does, and PGlite has none of: without statistics
 * every statement on a table that has grown reads the whole of it, and the room of dead rows is never used again. Each table takes
 * some tenths of a second for a hundred thousand rows. Answers the tables that it has looked after.
 */
export async function lookAfterTables(pglite: PGlite): Promise<readonly string[]> {
  const { rows } = await pglite.query<ChangedTable>(CHANGED_MUCH);
  for (const { name, isToBeVacuumed } of rows) await pglite.exec(`${isToBeVacuumed ? "vacuum (analyze)" : "analyze"} ${name}`);
  return rows.map(({ name }) => name);
}

/** Looks after the tables now and then; the returned function stops it and waits for what is at work. */
export function startUpkeep(pglite: PGlite, onError: (error: Error) => void): () => Promise<void> {
  let work: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    work = lookAfterTables(pglite).catch((error) => onError(error instanceof Error ? error : new Error(String(error))));
  }, LOOK_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await work;
  };
}
