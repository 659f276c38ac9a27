import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, describe, expect, test } from "vitest";
import { openStore, type Store } from "../../src/store/database.ts";
import { migrateToLatest } from "../../src/store/migrations/migrate.ts";
import { preparedArchive } from "../support/prepared-data.ts";
import { removeScratch, scratchDirectory } from "../support/scratch.ts";
import { openTestStore, tableNames } from "../support/store.ts";

const stores: Store[] = [];
const directories: string[] = [];

afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  await Promise.all(directories.splice(0).map(removeScratch));
});

async function testStore(): Promise<Store> {
  const store = await openTestStore();
  stores.push(store);
  return store;
}

async function openIn(directory: string): Promise<Store> {
  const store = await openStore({ dataDirectory: directory }, { template: await preparedArchive() });
  stores.push(store);
  return store;
}

async function temporaryDirectory(): Promise<string> {
  const directory = await scratchDirectory("store");
  directories.push(directory);
  return directory;
}

describe("migrations", () => {
  test("make every table, and once made do nothing", async () => {
    const store = await testStore();
    expect(await migrateToLatest(store.db)).toEqual([]);
    expect(await tableNames(store)).toEqual(
      expect.arrayContaining(["announcement", "connection_state", "suspension", "sync_error", "tracked_record"]),
    );
  });

  test("allow one unfinished suspension a connection", async () => {
    const { db } = await testStore();
    const at = new Date();
    const row = (id: string, state: "open" | "closed") => ({
      id,
      connection: "main",
      state,
      kind: "unknown-error" as const,
      causes: "[]",
      sightings: 2,
      first_seen_at: at,
      opened_at: at,
      last_seen_at: at,
      closed_at: state === "closed" ? at : null,
      waiting_in_hubspot: 0,
      waiting_in_salesforce: 0,
    });
    await db
      .insertInto("suspension")
      .values([row("a", "closed"), row("b", "open")])
      .execute();
    await expect(db.insertInto("suspension").values(row("c", "open")).execute()).rejects.toThrow(/suspension_unfinished/);
  });
});

describe("a store", () => {
  test("reads counts as numbers, times as Dates and JSON parsed", async () => {
    const { db } = await testStore();
    const { rows } = await sql<{ n: number; t: Date; j: { a: number } }>`
      select count(*) as n, ${new Date(5)}::timestamptz as t, ${JSON.stringify({ a: 1 })}::jsonb as j from cron_run
    `.execute(db);
    expect(rows[0]).toEqual({ n: 0, t: new Date(5), j: { a: 1 } });
  });

  test("keeps queries from outside out of an open transaction", async () => {
    const { db } = await testStore();
    const seen: Promise<unknown>[] = [];
    await expect(
      db.transaction().execute(async (trx) => {
        await trx.insertInto("cron_run").values({ run: "inside", taken_at: new Date() }).execute();
        seen.push(db.insertInto("cron_run").values({ run: "outside", taken_at: new Date() }).execute());
        await new Promise((resolve) => setTimeout(resolve, 20));
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    await Promise.all(seen);
    expect(await db.selectFrom("cron_run").select("run").execute()).toEqual([{ run: "outside" }]);
  });
});

describe("a data directory", () => {
  test("keeps what was written, with fsync on and small buffers", async () => {
    const directory = await temporaryDirectory();
    const first = await openIn(directory);
    await first.db.insertInto("cron_run").values({ run: "poll", taken_at: new Date() }).execute();
    const settings = await sql<{ f: string; b: string }>`
      select current_setting('fsync') as f, current_setting('shared_buffers') as b
    `.execute(first.db);
    expect(settings.rows[0]).toEqual({ f: "on", b: "16MB" });
    await first.close();
    const second = await openIn(directory);
    expect(await second.db.selectFrom("cron_run").select("run").execute()).toEqual([{ run: "poll" }]);
  });

  test("is refused while it is in use, with what to do", async () => {
    const directory = await temporaryDirectory();
    await openIn(directory);
    await expect(openIn(directory)).rejects.toThrow(/in use by process \d+\. Stop that process/);
  });

  test("is refused while a living process holds it, and taken over once that process is killed", async () => {
    const directory = await temporaryDirectory();
    const lock = join(import.meta.dirname, "../../src/store/lock.ts");
    const script = `import(${JSON.stringify(lock)}).then((m) => m.lockDirectory(${JSON.stringify(directory)}))
      .then(() => { console.log("held"); setInterval(() => {}, 1000); })`;
    const holder = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    await once(holder.stdout, "data");
    await expect(openIn(directory)).rejects.toThrow(`in use by process ${holder.pid}`);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    await openIn(directory);
  });
});
