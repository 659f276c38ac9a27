import type { ExpressionBuilder, Kysely, Selectable } from "kysely";
import type { ActionLogTable, Database } from "./schema.ts";

export type StoredAction = Selectable<ActionLogTable>;

/** Leaves a line about something that a person did or was refused. */
export async function logAction(db: Kysely<Database>, action: Omit<StoredAction, "id">): Promise<void> {
  await db.insertInto("action_log").values(action).execute();
}

/** Newest first. */
export async function listActions(
  db: Kysely<Database>,
  connection: string | null,
  offset: number,
  limit: number,
): Promise<{ readonly actions: readonly StoredAction[]; readonly total: number }> {
  const where = (eb: ExpressionBuilder<Database, "action_log">) =>
    connection === null ? eb.lit(true) : eb.or([eb("connection", "=", connection), eb("connection", "is", null)]);
  const actions = await db
    .selectFrom("action_log")
    .selectAll()
    .where(where)
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
