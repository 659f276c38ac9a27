import type { Kysely } from "kysely";

/** What a fix has written into the fields of records, so that it can be put back; and which request a line of the log is about. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("value_change")
    .addColumn("request_id", "text", (column) => column.notNull().references("request.id"))
    .addColumn("record_key", "text", (column) => column.notNull())
    .addColumn("connection", "text", (column) => column.notNull())
    .addColumn("system", "text", (column) => column.notNull())
    .addColumn("object", "text", (column) => column.notNull())
    .addColumn("record_id", "text", (column) => column.notNull())
    .addColumn("field", "text", (column) => column.notNull())
    .addColumn("before", "jsonb", (column) => column.notNull())
    .addColumn("after", "jsonb", (column) => column.notNull())
    .addColumn("written_at", "timestamptz", (column) => column.notNull())
    .addColumn("written_by", "text", (column) => column.notNull())
    .addColumn("undone_at", "timestamptz")
    .addColumn("undone_by", "text")
    .addPrimaryKeyConstraint("value_change_pkey", ["request_id", "record_key"])
    .execute();
  await db.schema
    .createIndex("value_change_of_record")
    .on("value_change")
    .columns(["connection", "record_id", "written_at"])
    .execute();
  await db.schema.alterTable("action_log").addColumn("request_id", "text").execute();
}
