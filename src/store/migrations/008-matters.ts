import { type Kysely, sql } from "kysely";

/** What a suspension has held back and how its backlog is worked off; each time of one that comes back; who waits, by name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("suspension")
    .addColumn("most_waiting", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("summarised_at", "timestamptz")
    .execute();
  await sql`update suspension set most_waiting = waiting_in_hubspot + waiting_in_salesforce`.execute(db);
  // What ended before has been told as it was told then.
  await sql`update suspension set summarised_at = closed_at where state = 'closed'`.execute(db);

  await db.schema
    .createTable("suspension_period")
    .addColumn("id", "bigint", (column) => column.generatedAlwaysAsIdentity().primaryKey())
    .addColumn("suspension_id", "text", (column) => column.notNull().references("suspension.id").onDelete("cascade"))
    .addColumn("connection", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("opened_at", "timestamptz", (column) => column.notNull())
    .addColumn("closed_at", "timestamptz", (column) => column.notNull())
    .addColumn("most_waiting", "integer", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("suspension_period_of").on("suspension_period").columns(["suspension_id", "opened_at"]).execute();
  await db.schema.createIndex("suspension_period_by_time").on("suspension_period").columns(["connection", "closed_at"]).execute();
  await sql`
    insert into suspension_period (suspension_id, connection, kind, opened_at, closed_at, most_waiting)
    select id, connection, kind, opened_at, closed_at, most_waiting from suspension
    where opened_at is not null and closed_at is not null order by opened_at
  `.execute(db);

  // A clear's last step was to close what the poll closes; it is to see the backlog worked off.
  await sql`update request set progress = replace(progress::text, '"close"', '"backlog"')::jsonb where kind = 'clear'`.execute(
    db,
  );

  await db.schema.alterTable("tracked_record").addColumn("label", "text").execute();
  await db.schema
    .createIndex("tracked_record_waiting")
    .on("tracked_record")
    .columns(["connection", "state", "changed_at"])
    .execute();
}
