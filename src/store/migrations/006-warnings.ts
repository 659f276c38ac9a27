import type { Kysely } from "kysely";

/** What will go wrong unless somebody acts: told before it does. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("warning")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("connection", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("details", "jsonb", (column) => column.notNull())
    .addColumn("evidence", "jsonb", (column) => column.notNull())
    .addColumn("opened_at", "timestamptz", (column) => column.notNull())
    .addColumn("last_seen_at", "timestamptz", (column) => column.notNull())
    .addColumn("closed_at", "timestamptz")
    .execute();
  await db.schema.createIndex("warning_of").on("warning").columns(["connection", "opened_at"]).execute();
}
