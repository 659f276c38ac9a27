import { type Kysely, sql } from "kysely";
import type { Database } from "./schema.ts";

/** Records of one error that somebody has ticked: those named, or all but those named. */
export interface StoredChoice {
  readonly errorId: string;
  readonly isAll: boolean;
  readonly keys: ReadonlySet<string>;
}

/** How long a choice is kept behind its last change, in milliseconds: no dialog stays open longer. */
const KEPT_MS = 86_400_000;

/** Null where nothing was ticked yet. */
export async function getChoice(db: Kysely<Database>, id: string): Promise<StoredChoice | null> {
  const row = await db.selectFrom("record_choice").selectAll().where("id", "=", id).executeTakeFirst();
  return row ? { errorId: row.error_id, isAll: row.is_all, keys: new Set(Object.keys(row.keys)) } : null;
}

/** How many of the ticked records the error holds back still: counted by key, since it may hold 100,000. */
export async function countChosen(db: Kysely<Database>, id: string, { errorId, isAll }: StoredChoice): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from record_choice c cross join lateral jsonb_object_keys(c.keys) as k
    join affected_record r on r.error_id = c.error_id and r.record_key = k
    where c.id = ${id}
  `.execute(db);
  const named = Number(rows[0]?.n ?? 0);
  if (!isAll) return named;
  const held = db.selectFrom("affected_record").where("error_id", "=", errorId);
  const { total } = await held.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  return Number(total) - named;
}

/** Ticks all records, or none. */
export async function chooseAll(db: Kysely<Database>, id: string, errorId: string, isAll: boolean, at: Date): Promise<void> {
  await forgetOld(db, at);
  const values = { error_id: errorId, is_all: isAll, keys: "{}", changed_at: at };
  await db
    .insertInto("record_choice")
    .values({ id, ...values })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(values))
    .execute();
}

/** Ticks some records and unticks others, in one statement: pages that are turned quickly lose nothing of each other. */
export async function chooseSome(
  db: Kysely<Database>,
  id: string,
  errorId: string,
  { ticked, unticked }: { readonly ticked: readonly string[]; readonly unticked: readonly string[] },
  at: Date,
): Promise<void> {
  await forgetOld(db, at);
  const [on, off] = [keyed(ticked), keyed(unticked)];
  await sql`
    insert into record_choice (id, error_id, is_all, keys, changed_at) values (${id}, ${errorId}, false, ${on}::jsonb, ${at})
    on conflict (id) do update set changed_at = excluded.changed_at,
      keys = case when record_choice.is_all
        then (record_choice.keys || ${off}::jsonb) - array(select jsonb_object_keys(${on}::jsonb))
        else (record_choice.keys || ${on}::jsonb) - array(select jsonb_object_keys(${off}::jsonb)) end
  `.execute(db);
}

function keyed(keys: readonly string[]): string {
  return JSON.stringify(Object.fromEntries(keys.map((key) => [key, 1])));
}

async function forgetOld(db: Kysely<Database>, at: Date): Promise<void> {
  await db
    .deleteFrom("record_choice")
    .where("changed_at", "<", new Date(at.getTime() - KEPT_MS))
    .execute();
}
