import { setImmediate as nextTurn } from "node:timers/promises";
import type { PGlite } from "@electric-sql/pglite";
import { type DatabaseConnection, type Driver, PGliteDialect, PGliteDriver } from "kysely";

/**
 * Kysely's PGlite dialect, safe for concurrent work. Kysely's own driver hands one connection object to everybody, so that a
 * query beside an open transaction runs inside it and a second transaction overwrites the first one's state. Here every
 * borrower gets a connection object of its own; PGlite itself then lets one transaction run at a time and others wait.
 */
export class ConcurrentPGliteDialect extends PGliteDialect {
  readonly #pglite: PGlite;

  constructor(pglite: PGlite) {
    super({ pglite });
    this.#pglite = pglite;
  }

  override createDriver(): Driver {
    return new ConcurrentPGliteDriver(this.#pglite);
  }
}

class ConcurrentPGliteDriver extends PGliteDriver {
  readonly #pglite: PGlite;

  constructor(pglite: PGlite) {
    super({ pglite });
    this.#pglite = pglite;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const single = new PGliteDriver({ pglite: this.#pglite });
    await single.init();
    const connection = await single.acquireConnection();
    const execute = connection.executeQuery.bind(connection);
    // PGlite works in this thread and answers without giving it up: between statements others get their turn.
    connection.executeQuery = async (query) => {
      await nextTurn();
      return execute(query);
    };
    return connection;
  }
}
