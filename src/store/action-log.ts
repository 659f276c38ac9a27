import type { ExpressionBuilder, Insertable, Kysely, Selectable } from "kysely";
import type { Said } from "../language/sentence.ts";
import { storedText } from "../language/stored.ts";
import type { ActionLogTable, Database } from "./schema.ts";

export type StoredAction = Selectable<ActionLogTable>;

type Told = "target" | "detail" | "allowed_as";

/** A line of the log; what it tells is in whatever language it is read. */
export type LoggedAction = Omit<Insertable<ActionLogTable>, Told> & Readonly<Record<Told, Said | null>>;

/** Leaves a line about something that a person did or was refused. */
export async function logAction(db: Kysely<Database>, action: LoggedAction): Promise<void> {
  const told = {
    target: storedOrNull(action.target),
    detail: storedOrNull(action.detail),
    allowed_as: storedOrNull(action.allowed_as),
  };
  await db
    .insertInto("action_log")
    .values({ ...action, ...told })
    .execute();
}

function storedOrNull(said: Said | null): string | null {
  return said === null ? null : storedText(said);
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
