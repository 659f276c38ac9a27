import { type Kysely, sql } from "kysely";

/** How each channel wants to hear; several errors in one message; what waits for the end of quiet hours; people's own choice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("subscription")
    .addColumn("objects", "jsonb", (column) => column.notNull().defaultTo(sql`'null'::jsonb`))
    .addColumn("at_least", "integer", (column) => column.notNull().defaultTo(1))
    .addColumn("quiet_hours", "jsonb", (column) => column.notNull().defaultTo(sql`'null'::jsonb`))
    .addColumn("changes", "text", (column) => column.notNull().defaultTo("thread"))
    .addColumn("language", "text")
    .addColumn("reminder", "jsonb", (column) => column.notNull().defaultTo(sql`'null'::jsonb`))
    .addColumn("configured", "jsonb", (column) => column.notNull().defaultTo(sql`'null'::jsonb`))
    .addColumn("told_until", "timestamptz")
    .addColumn("told_records", "jsonb", (column) => column.notNull().defaultTo(sql`'{}'::jsonb`))
    .execute();
  await sql`update subscription set told_until = digested_until`.execute(db);

  await db.schema
    .alterTable("announcement")
    .addColumn("not_before", "timestamptz")
    .addColumn("is_broadcast", "boolean", (column) => column.notNull().defaultTo(false))
    .execute();

  await db.schema
    .createTable("announcement_matter")
    .addColumn("key", "text", (column) => column.notNull().references("announcement.key").onDelete("cascade"))
    .addColumn("subject", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("announcement_matter_pk", ["key", "subject"])
    .execute();
  await db.schema.createIndex("announcement_matter_by_subject").on("announcement_matter").column("subject").execute();

  await db.schema
    .createTable("owner_choice")
    .addColumn("user_id", "text", (column) => column.primaryKey())
    .addColumn("wants_messages", "boolean", (column) => column.notNull())
    .addColumn("changed_at", "timestamptz", (column) => column.notNull())
    .execute();
}
