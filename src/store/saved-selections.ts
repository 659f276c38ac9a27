import type { Kysely } from "kysely";
import type { SelectionPart } from "../health/selection.ts";
import type { Database } from "./schema.ts";

export interface StoredSelection {
  readonly name: string;
  readonly parts: readonly SelectionPart[];
  readonly savedBy: string;
  readonly savedAt: Date;
}

/** By its name in any letter case. */
export async function getSelection(db: Kysely<Database>, connection: string, name: string): Promise<StoredSelection | null> {
  const all = await listSelections(db, connection);
  return all.find((one) => one.name === name.toLowerCase()) ?? null;
}

/** In the order of their names. */
export async function listSelections(db: Kysely<Database>, connection: string): Promise<readonly StoredSelection[]> {
  const rows = await db.selectFrom("saved_selection").selectAll().where("connection", "=", connection).orderBy("name").execute();
  return rows.map((row) => ({ name: row.name, parts: row.parts, savedBy: row.saved_by, savedAt: row.saved_at }));
}

/** Saves it under its name, in place of an earlier one. */
export async function saveSelection(db: Kysely<Database>, connection: string, selection: StoredSelection): Promise<void> {
  const row = { parts: JSON.stringify(selection.parts), saved_by: selection.savedBy, saved_at: selection.savedAt };
  await db
    .insertInto("saved_selection")
    .values({ connection, name: selection.name, ...row })
    .onConflict((conflict) => conflict.columns(["connection", "name"]).doUpdateSet(row))
    .execute();
}

/** Answers whether there was one. */
export async function deleteSelection(db: Kysely<Database>, connection: string, name: string): Promise<boolean> {
  const deleted = await db
    .deleteFrom("saved_selection")
    .where("connection", "=", connection)
    .where("name", "=", name)
    .returning("name")
    .executeTakeFirst();
  return deleted !== undefined;
}
