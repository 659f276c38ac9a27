import { type Kysely, sql } from "kysely";

/** Which of an error's records somebody has ticked in a dialog; lists made in HubSpot; why an error is muted; allocations that people set. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("record_choice")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("error_id", "text", (column) => column.notNull().references("sync_error.id").onDelete("cascade"))
    .addColumn("is_all", "boolean", (column) => column.notNull())
    // An object rather than an array: looked up by key for each of 100,000 records.
    .addColumn("keys", "jsonb", (column) => column.notNull().defaultTo(sql`'{}'::jsonb`))
    .addColumn("changed_at", "timestamptz", (column) => column.notNull())
    .execute();

  await db.schema
    .createTable("hubspot_list")
    .addColumn("connection", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("error_id", "text", (column) => column.notNull())
    .addColumn("list_id", "text", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull())
    .addColumn("created_at", "timestamptz", (column) => column.notNull())
    .addPrimaryKeyConstraint("hubspot_list_key", ["connection", "name"])
    .execute();

  await db.schema.alterTable("sync_error").addColumn("mute_reason", "text").execute();

  await db.schema
    .createTable("allocation")
    .addColumn("connection", "text", (column) => column.primaryKey())
    .addColumn("calls", "integer", (column) => column.notNull())
    .addColumn("set_by", "text", (column) => column.notNull())
    .addColumn("set_at", "timestamptz", (column) => column.notNull())
    .execute();
}
