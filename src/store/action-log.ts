import type { ExpressionBuilder, Insertable, Kysely, Selectable } from "kysely";
import type { ActionLogTable, Database } from "./schema.ts";

export type StoredAction = Selectable<ActionLogTable>;

/** Leaves a line about something that a person did or was refused. */
export async function logAction(db: Kysely<Database>, action: Insertable<ActionLogTable>): Promise<void> {
  await db.insertInto("action_log").values(action).execute();
}

/** Newest first: a page, or what is older than a line. */
export async function listActions(
  db: Kysely<Database>,
  connection: string | null,
  { offset = 0, before = null, limit }: { readonly offset?: number; readonly before?: number | null; readonly limit: number },
): Promise<{ readonly actions: readonly StoredAction[]; readonly total: number }> {
  const where = (eb: ExpressionBuilder<Database, "action_log">) =>
    connection === null ? eb.lit(true) : eb.or([eb("connection", "=", connection), eb("connection", "is", null)]);
  const actions = await db
    .selectFrom("action_log")
    .selectAll()
    .where(where)
    .where((eb) => (before === null ? eb.lit(true) : eb("id", "<", before)))
    .orderBy("id", "desc")
    .offset(offset)
    .limit(limit)
    .execute();
  const { total } = await db
    .selectFrom("action_log")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where(where)
    .executeTakeFirstOrThrow();
  return { actions, total: Number(total) };
}

/** The id of the newest line; null where there is none. */
export async function newestActionId(db: Kysely<Database>): Promise<number | null> {
  const { newest } = await db
    .selectFrom("action_log")
    .select((eb) => eb.fn.max("id").as("newest"))
    .executeTakeFirstOrThrow();
  return newest === null ? null : Number(newest);
}
