import { type Kysely, sql } from "kysely";

/** Sync errors keep their first-seen time, mute and history over resolution, splits and merges. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("sync_error")
    .addColumn("opened_at", "timestamptz")
    .addColumn("occurrences", "integer", (column) => column.notNull().defaultTo(1))
    .addColumn("muted_at", "timestamptz")
    .addColumn("muted_records", "integer")
    .execute();
  await sql`update sync_error set opened_at = first_seen_at`.execute(db);
  await db.schema
    .alterTable("sync_error")
    .alterColumn("opened_at", (column) => column.setNotNull())
    .execute();
  await db.schema
    .createTable("sync_error_event")
    .addColumn("id", "bigint", (column) => column.generatedAlwaysAsIdentity().primaryKey())
    .addColumn("error_id", "text", (column) => column.notNull().references("sync_error.id").onDelete("cascade"))
    .addColumn("at", "timestamptz", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("other_id", "text")
    .execute();
  await db.schema.createIndex("sync_error_event_of").on("sync_error_event").columns(["error_id", "id"]).execute();
}
