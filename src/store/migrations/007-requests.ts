import type { Kysely } from "kysely";

/** Why an action was allowed, and until when a request is gone on with. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("request").addColumn("allowed_as", "text").addColumn("expires_at", "timestamptz").execute();
  await db.schema.alterTable("action_log").addColumn("allowed_as", "text").execute();
}
