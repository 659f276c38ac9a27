import { type Kysely, sql } from "kysely";

/** What an audit reads and finds. Written against the database as it was then, so untyped on purpose. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("audit_record")
    .addColumn("request_id", "text", (column) => column.notNull().references("request.id").onDelete("cascade"))
    .addColumn("system", "text", (column) => column.notNull().check(sql`system in ('hubspot', 'salesforce')`))
    .addColumn("object", "text", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("link_object", "text")
    .addColumn("link_id", "text")
    .addColumn("is_expected", "boolean", (column) => column.notNull())
    .addColumn("is_out", "boolean", (column) => column.notNull())
    .addColumn("is_member", "boolean", (column) => column.notNull().defaultTo(false))
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("record", "jsonb")
    .addPrimaryKeyConstraint("audit_record_key", ["request_id", "system", "object", "id"])
    .execute();
  await sql`create index audit_record_linked on audit_record (request_id, link_id) where link_id is not null`.execute(db);

  await db.schema
    .createTable("audit_key")
    .addColumn("request_id", "text", (column) => column.notNull().references("request.id").onDelete("cascade"))
    .addColumn("system", "text", (column) => column.notNull())
    .addColumn("object", "text", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("audit_key_key", ["request_id", "system", "object", "id", "key"])
    .execute();
  await db.schema.createIndex("audit_key_by_key").on("audit_key").columns(["request_id", "key"]).execute();

  await db.schema
    .createTable("audit_finding")
    .addColumn("request_id", "text", (column) => column.notNull().references("request.id").onDelete("cascade"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("record_key", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull().check(sql`state in ('candidate', 'confirmed')`))
    .addColumn("object", "text", (column) => column.notNull())
    .addColumn("hubspot_id", "text")
    .addColumn("salesforce_object", "text")
    .addColumn("salesforce_id", "text")
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("details", "jsonb", (column) => column.notNull())
    .addColumn("is_new", "boolean", (column) => column.notNull().defaultTo(false))
    .addPrimaryKeyConstraint("audit_finding_key", ["request_id", "kind", "record_key"])
    .execute();
  await db.schema
    .createIndex("audit_finding_order")
    .on("audit_finding")
    .columns(["request_id", "state", "kind", "record_key"])
    .execute();
}
