import { type Kysely, sql } from "kysely";

/** Records to resync together again and again, under a name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("saved_selection")
    .addColumn("connection", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("parts", "jsonb", (column) => column.notNull())
    .addColumn("saved_by", "text", (column) => column.notNull())
    .addColumn("saved_at", "timestamptz", (column) => column.notNull())
    .addPrimaryKeyConstraint("saved_selection_key", ["connection", "name"])
    .execute();
  await sql`create index affected_record_by_salesforce on affected_record (connection, salesforce_id)`.execute(db);
}
