import type { Kysely } from "kysely";

/** Of several errors that hold one record back, which the native sync meets first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("affected_record")
    .addColumn("place", "integer", (column) => column.notNull().defaultTo(0))
    .execute();
}
