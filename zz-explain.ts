import { sql } from "kysely";
import { openMemoryStore } from "./src/store/database.ts";
import { migrateToLatest } from "./src/store/migrations/migrate.ts";
const store = await openMemoryStore();
await migrateToLatest(store.db);
for (let from = 0; from < 150_000; from += 1000) {
  await sql`insert into tracked_record (connection, record_key, object, hubspot_id, salesforce_object, salesforce_id, changed_in, changed_at, state, due_at, label)
   select 'acme', 'salesforce:' || i, 'contacts', null, 'Contact', '003' || i, 'salesforce', now(), 'waiting', now(), 'x' from generate_series(${from}::int, ${from + 999}::int) i`.execute(store.db);
}
const keys = Array.from({ length: 200 }, (_, i) => `salesforce:${i * 700}`);
const ids = Array.from({ length: 200 }, (_, i) => `003${i * 700}`);
async function explain(name: string, q: any) {
  const t = performance.now();
  const { rows } = await sql`explain (analyze, buffers) ${q}`.execute(store.db);
  console.log(name, Math.round(performance.now() - t), "ms");
  for (const r of rows.slice(0, 8)) console.log("   ", Object.values(r as object)[0]);
}
const list = (v: string[]) => sql.join(v);
await explain("delete affected", sql`delete from affected_record where connection = 'acme' and record_key in (${list(keys)})`);
await explain("delete tracked", sql`delete from tracked_record where connection = 'acme' and record_key in (${list(keys)})`);
await explain("pairs", sql`select record_key, salesforce_id from tracked_record where connection = 'acme' and salesforce_id in (${list(ids)}) and hubspot_id is not null`);
await explain("due", sql`select * from tracked_record where connection = 'acme' and due_at <= now() order by due_at, record_key limit 500`);
await explain("waiting", sql`select changed_in, count(*) from tracked_record where connection = 'acme' and state='waiting' group by changed_in`);
await sql`analyze`.execute(store.db);
console.log("--- after analyze");
await explain("delete tracked", sql`delete from tracked_record where connection = 'acme' and record_key in (${list(keys)})`);
await explain("pairs", sql`select record_key, salesforce_id from tracked_record where connection = 'acme' and salesforce_id in (${list(ids)}) and hubspot_id is not null`);
await store.close();
