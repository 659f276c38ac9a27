import { type Kysely, sql } from "kysely";

/** What people bring in of HubSpot's own export: which files, and which findings HubSpot shows too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("sync_error_import")
    .addColumn("connection", "text", (column) => column.notNull())
    .addColumn("digest", "text", (column) => column.notNull())
    .addColumn("file_name", "text", (column) => column.notNull())
    .addColumn("imported_by", "text", (column) => column.notNull())
    .addColumn("started_at", "timestamptz", (column) => column.notNull())
    .addColumn("alive_at", "timestamptz", (column) => column.notNull())
    .addColumn("finished_at", "timestamptz")
    .addColumn("outcome", "jsonb")
    .addPrimaryKeyConstraint("sync_error_import_key", ["connection", "digest"])
    .execute();
  await db.schema.alterTable("affected_record").addColumn("shown_in_hubspot_at", "timestamptz").execute();
  await sql`create index affected_record_by_label on affected_record (connection, lower(label))`.execute(db);
  await db.schema.createIndex("tracked_record_by_hubspot").on("tracked_record").columns(["connection", "hubspot_id"]).execute();
}
