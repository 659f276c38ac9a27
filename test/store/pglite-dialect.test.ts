import { expect, test } from "vitest";
import { openMemoryStore } from "../../src/store/database.ts";
import { migrateToLatest } from "../../src/store/migrations/migrate.ts";

test("transactions and queries beside each other on one PGlite keep apart", async () => {
  const store = await openMemoryStore();
  try {
    await migrateToLatest(store.db);
    const take = (run: string) => store.db.insertInto("cron_run").values({ run, taken_at: new Date() });
    const undone = store.db.transaction().execute(async (trx) => {
      await trx.insertInto("cron_run").values({ run: "undone", taken_at: new Date() }).execute();
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw new Error("rolled back");
    });
    const beside = take("beside").execute();
    const second = store.db.transaction().execute(async (trx) => {
      await trx.insertInto("cron_run").values({ run: "second", taken_at: new Date() }).execute();
    });
    await expect(undone).rejects.toThrow("rolled back");
    await Promise.all([beside, second]);
    const rows = await store.db.selectFrom("cron_run").select("run").orderBy("run").execute();
    expect(rows.map((row) => row.run)).toEqual(["beside", "second"]);
  } finally {
    await store.close();
  }
});
