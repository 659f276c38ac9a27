import { sql } from "kysely";
import type { Store } from "../../src/store/database.ts";
import { openTestStore, tableNames } from "../../test/support/store.ts";
import { planWorld } from "./plan.ts";
import { playWorld } from "./play-world.ts";

/** Plays worlds one after another, each by the seed that it is sent, until its parent lets go of it. */
const store = await openTestStore();

process.on("message", async (seed: number) => {
  await empty(store);
  process.send?.(await playWorld(planWorld(seed), store));
});
process.on("disconnect", () => process.exit());
process.send?.("ready");

async function empty({ db }: Store): Promise<void> {
  const tables = (await tableNames(store)).filter((name) => !name.startsWith("kysely_"));
  await sql`truncate ${sql.join(tables.map((name) => sql.table(name)))}`.execute(db);
}
