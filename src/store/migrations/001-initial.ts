import { type CreateTableBuilder, type Kysely, sql } from "kysely";

const NOW = sql`now()`;

/** Everything of the first version. Written against the database as it was then, so untyped on purpose. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createConnectionState(db);
  await createHealthSample(db);
  await createSuspension(db);
  await createSyncErrors(db);
  await createTrackedRecord(db);
  await createSubscription(db);
  await createRequests(db);
  await createAnnouncement(db);
  await createActionLog(db);
  await db.schema
    .createTable("cron_run")
    .addColumn("run", "text", (column) => column.primaryKey())
    .addColumn("taken_at", "timestamptz", (column) => column.notNull())
    .execute();
}

async function createConnectionState(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("connection_state")
    .addColumn("connection", "text", (column) => column.primaryKey())
    .addColumn("watched_since", "timestamptz")
    .addColumn("polled_at", "timestamptz")
    .addColumn("poll_outcome", "jsonb")
    .addColumn("watermarks", "jsonb", (column) => column.notNull().defaultTo(sql`'{}'::jsonb`))
    .addColumn("synced_to_salesforce_at", "timestamptz")
    .addColumn("synced_to_hubspot_at", "timestamptz")
    .addColumn("schema_parts", "jsonb", (column) => column.notNull().defaultTo(sql`'{}'::jsonb`))
    .addColumn("identity", "jsonb")
    .execute();
}

async function createHealthSample(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("health_sample")
    .addColumn("connection", "text", (column) => column.notNull())
    .addColumn("at", "timestamptz", (column) => column.notNull())
    .addColumn("api_used", "integer")
    .addColumn("api_max", "integer")
    .addColumn("hubspot_calls", "integer")
    .addColumn("own_calls", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("storage_used", "double precision")
    .addColumn("suspended", "boolean", (column) => column.notNull())
    .addColumn("open_errors", "integer", (column) => column.notNull())
    .addColumn("affected_records", "integer", (column) => column.notNull())
    .addColumn("waiting_in_hubspot", "integer", (column) => column.notNull())
    .addColumn("waiting_in_salesforce", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("health_sample_key", ["connection", "at"])
    .execute();
}

async function createSuspension(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("suspension")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("connection", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull().check(sql`state in ('suspected', 'open', 'closed')`))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("causes", "jsonb", (column) => column.notNull())
    .addColumn("sightings", "integer", (column) => column.notNull())
    .addColumn("first_seen_at", "timestamptz", (column) => column.notNull())
    .addColumn("opened_at", "timestamptz")
    .addColumn("last_seen_at", "timestamptz", (column) => column.notNull())
    .addColumn("cause_gone_at", "timestamptz")
    .addColumn("closed_at", "timestamptz")
    .addColumn("close_reason", "text", (column) => column.check(sql`close_reason in ('healed', 'cleared', 'blip')`))
    .addColumn("acknowledged_by", "text")
    .addColumn("acknowledged_at", "timestamptz")
    .addColumn("cleared_by", "text")
    .addColumn("waiting_in_hubspot", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("waiting_in_salesforce", "integer", (column) => column.notNull().defaultTo(0))
    .addCheckConstraint("suspension_opened", sql`state <> 'open' or opened_at is not null`)
    .addCheckConstraint("suspension_closed", sql`(state = 'closed') = (closed_at is not null)`)
    .execute();
  await sql`create unique index suspension_unfinished on suspension (connection) where state <> 'closed'`.execute(db);
  await db.schema.createIndex("suspension_by_time").on("suspension").columns(["connection", "first_seen_at"]).execute();
}

async function createSyncErrors(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("sync_error")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("connection", "text", (column) => column.notNull())
    .addColumn("group_key", "text", (column) => column.notNull())
    .addColumn("category", "text", (column) => column.notNull())
    .addColumn("type", "text", (column) => column.notNull())
    .addColumn("direction", "text", (column) => column.notNull())
    .addColumn("object", "text", (column) => column.notNull())
    .addColumn("hubspot_property", "text")
    .addColumn("salesforce_field", "text")
    .addColumn("details", "jsonb", (column) => column.notNull())
    .addColumn("evidence", "jsonb", (column) => column.notNull())
    .addColumn("first_seen_at", "timestamptz", (column) => column.notNull())
    .addColumn("last_seen_at", "timestamptz", (column) => column.notNull())
    .addColumn("resolved_at", "timestamptz")
    .addColumn("told_records", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("muted_until", "timestamptz")
    .addColumn("muted_by", "text")
    .addUniqueConstraint("sync_error_group", ["connection", "group_key"])
    .execute();
  await sql`create index sync_error_open on sync_error (connection, category) where resolved_at is null`.execute(db);

  await recordColumns(
    db.schema
      .createTable("affected_record")
      .addColumn("connection", "text", (column) => column.notNull())
      .addColumn("error_id", "text", (column) => column.notNull().references("sync_error.id").onDelete("cascade"))
      .addColumn("record_key", "text", (column) => column.notNull()),
  )
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("value", "text")
    .addColumn("evidence", "jsonb", (column) => column.notNull())
    .addColumn("first_seen_at", "timestamptz", (column) => column.notNull())
    .addColumn("last_seen_at", "timestamptz", (column) => column.notNull())
    .addPrimaryKeyConstraint("affected_record_key", ["error_id", "record_key"])
    .execute();
  await db.schema.createIndex("affected_record_of").on("affected_record").columns(["connection", "record_key"]).execute();
}

async function createTrackedRecord(db: Kysely<unknown>): Promise<void> {
  await recordColumns(
    db.schema
      .createTable("tracked_record")
      .addColumn("connection", "text", (column) => column.notNull())
      .addColumn("record_key", "text", (column) => column.notNull()),
  )
    .addColumn("changed_in", "text", (column) => column.notNull().check(sql`changed_in in ('hubspot', 'salesforce')`))
    .addColumn("changed_at", "timestamptz", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull().check(sql`state in ('waiting', 'in-error')`))
    .addColumn("due_at", "timestamptz", (column) => column.notNull())
    .addColumn("tried_version", "text")
    .addColumn("tried_at", "timestamptz")
    .addPrimaryKeyConstraint("tracked_record_key", ["connection", "record_key"])
    .execute();
  await db.schema.createIndex("tracked_record_due").on("tracked_record").columns(["connection", "due_at"]).execute();
  await db.schema
    .createIndex("tracked_record_by_salesforce")
    .on("tracked_record")
    .columns(["connection", "salesforce_id"])
    .execute();
}

async function createSubscription(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("subscription")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("connection", "text", (column) => column.notNull())
    .addColumn("channel", "text", (column) => column.notNull())
    .addColumn("cadence", "jsonb", (column) => column.notNull())
    .addColumn("categories", "jsonb", (column) => column.notNull().defaultTo(sql`'null'::jsonb`))
    .addColumn("quiet_when_healthy", "boolean", (column) => column.notNull().defaultTo(false))
    .addColumn("created_by", "text", (column) => column.notNull())
    .addColumn("created_at", "timestamptz", (column) => column.notNull().defaultTo(NOW))
    .addColumn("digested_until", "timestamptz")
    .execute();
  await sql`create unique index subscription_one_each on subscription (connection, channel, (cadence->>'kind'))`.execute(db);
}

async function createRequests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("request")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("connection", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("identity", "text", (column) => column.notNull())
    .addColumn("parameters", "jsonb", (column) => column.notNull())
    .addColumn("requested_by", "text", (column) => column.notNull())
    .addColumn("requested_at", "timestamptz", (column) => column.notNull())
    .addColumn("channel", "text")
    .addColumn("message_ts", "text")
    .addColumn("progress", "jsonb", (column) => column.notNull().defaultTo(sql`'{}'::jsonb`))
    .addColumn("cancel_requested_by", "text")
    .addColumn("started_at", "timestamptz")
    .addColumn("finished_at", "timestamptz")
    .addColumn("outcome", "text")
    .execute();
  await sql`create unique index request_unfinished on request (identity) where finished_at is null`.execute(db);
  await db.schema.createIndex("request_by_time").on("request").columns(["connection", "requested_at"]).execute();

  await recordColumns(
    db.schema
      .createTable("request_item")
      .addColumn("request_id", "text", (column) => column.notNull().references("request.id").onDelete("cascade"))
      .addColumn("record_key", "text", (column) => column.notNull())
      .addColumn("position", "integer", (column) => column.notNull()),
  )
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("payload", "jsonb")
    .addColumn("reason", "text")
    .addColumn("sent_at", "timestamptz")
    .addColumn("settled_at", "timestamptz")
    .addPrimaryKeyConstraint("request_item_key", ["request_id", "record_key"])
    .execute();
  await db.schema.createIndex("request_item_order").on("request_item").columns(["request_id", "state", "position"]).execute();
}

async function createAnnouncement(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("announcement")
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("seq", "bigint", (column) => column.generatedAlwaysAsIdentity())
    .addColumn("connection", "text", (column) => column.notNull())
    .addColumn("channel", "text", (column) => column.notNull())
    .addColumn("thread_of", "text", (column) => column.references("announcement.key").onDelete("cascade"))
    .addColumn("content", "jsonb", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull().check(sql`state in ('pending', 'posting', 'posted', 'abandoned')`))
    .addColumn("revision", "integer", (column) => column.notNull().defaultTo(1))
    .addColumn("posted_revision", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("ts", "text")
    .addColumn("created_at", "timestamptz", (column) => column.notNull())
    .addColumn("posted_at", "timestamptz")
    .addColumn("attempts", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("last_error", "text")
    .execute();
  await sql`
    create index announcement_due on announcement (channel, seq)
    where state in ('pending', 'posting') or (state = 'posted' and posted_revision < revision)
  `.execute(db);
  await db.schema.createIndex("announcement_about").on("announcement").column("subject").execute();
  await db.schema.createIndex("announcement_in_thread").on("announcement").column("thread_of").execute();
}

async function createActionLog(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("action_log")
    .addColumn("id", "bigint", (column) => column.generatedAlwaysAsIdentity().primaryKey())
    .addColumn("at", "timestamptz", (column) => column.notNull())
    .addColumn("connection", "text")
    .addColumn("user_id", "text", (column) => column.notNull())
    .addColumn("action", "text", (column) => column.notNull())
    .addColumn("target", "text")
    .addColumn("outcome", "text", (column) => column.notNull())
    .addColumn("detail", "text")
    .addColumn("channel", "text")
    .execute();
  await db.schema.createIndex("action_log_by_connection").on("action_log").columns(["connection", "id"]).execute();
}

/** The columns that say which record of the two systems a row is about. */
function recordColumns<Table extends string, Columns extends string>(builder: CreateTableBuilder<Table, Columns>) {
  return builder
    .addColumn("object", "text", (column) => column.notNull())
    .addColumn("hubspot_id", "text")
    .addColumn("salesforce_object", "text")
    .addColumn("salesforce_id", "text");
}
