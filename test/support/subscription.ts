import type { Kysely } from "kysely";
import type { Database } from "../../src/store/schema.ts";

/** Has a channel hear of everything of the connection `main` at once. */
export async function subscribeChannel(db: Kysely<Database>, channel = "C0REVOPS"): Promise<void> {
  await db
    .insertInto("subscription")
    .values({
      id: "s1",
      connection: "main",
      channel,
      cadence: JSON.stringify({ kind: "immediate" }),
      categories: "null",
      quiet_when_healthy: false,
      created_by: "configuration",
      created_at: new Date(),
      digested_until: null,
    })
    .execute();
}
