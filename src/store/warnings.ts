import type { Kysely, Selectable } from "kysely";
import type { Warning } from "../health/warnings.ts";
import type { Database, WarningTable } from "./schema.ts";

export type StoredWarning = Selectable<WarningTable>;

/** The warnings that stand, oldest first. */
export async function standingWarnings(db: Kysely<Database>, connection: string): Promise<readonly StoredWarning[]> {
  return db
    .selectFrom("warning")
    .selectAll()
    .where("connection", "=", connection)
    .where("closed_at", "is", null)
    .orderBy("opened_at")
    .orderBy("key")
    .execute();
}

export async function getWarning(db: Kysely<Database>, id: string): Promise<StoredWarning | null> {
  const row = await db.selectFrom("warning").selectAll().where("id", "=", id).executeTakeFirst();
  return row ?? null;
}

export async function openWarning(
  db: Kysely<Database>,
  id: string,
  connection: string,
  warning: Warning,
  at: Date,
): Promise<void> {
  const { key, kind, details, evidence } = warning;
  await db
    .insertInto("warning")
    .values({
      id,
      connection,
      key,
      kind,
      details: JSON.stringify(details),
      evidence: JSON.stringify(evidence),
      opened_at: at,
      last_seen_at: at,
    })
    .execute();
}

export async function updateWarning(db: Kysely<Database>, id: string, { details, evidence }: Warning, at: Date): Promise<void> {
  await db
    .updateTable("warning")
    .set({ details: JSON.stringify(details), evidence: JSON.stringify(evidence), last_seen_at: at })
    .where("id", "=", id)
    .execute();
}

export async function closeWarning(db: Kysely<Database>, id: string, at: Date): Promise<void> {
  await db.updateTable("warning").set({ closed_at: at }).where("id", "=", id).execute();
}
