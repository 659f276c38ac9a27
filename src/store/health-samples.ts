import type { Insertable, Kysely } from "kysely";
import type { Database, HealthSampleTable } from "./schema.ts";

/** Keeps what one poll saw. Two polls in the same millisecond are one sample. */
export async function insertSample(db: Kysely<Database>, sample: Insertable<HealthSampleTable>): Promise<void> {
  await db
    .insertInto("health_sample")
    .values(sample)
    .onConflict((conflict) => conflict.columns(["connection", "at"]).doNothing())
    .execute();
}

/** Syncwarden's own Salesforce calls since a moment. */
export async function ownCallsSince(db: Kysely<Database>, connection: string, since: Date): Promise<number> {
  const row = await db
    .selectFrom("health_sample")
    .select((eb) => eb.fn.sum<number | string | null>("own_calls").as("calls"))
    .where("connection", "=", connection)
    .where("at", ">=", since)
    .executeTakeFirst();
  return Number(row?.calls ?? 0);
}
