import type { Kysely, Selectable } from "kysely";
import type { AllocationTable, Database } from "./schema.ts";

/** What HubSpot's integration may use of Salesforce's calls a day, as somebody has set it here; undefined where nobody has. */
export async function getAllocation(db: Kysely<Database>, connection: string): Promise<Selectable<AllocationTable> | undefined> {
  return db.selectFrom("allocation").selectAll().where("connection", "=", connection).executeTakeFirst();
}

export async function saveAllocation(db: Kysely<Database>, row: Selectable<AllocationTable>): Promise<void> {
  const { calls, set_by, set_at } = row;
  await db
    .insertInto("allocation")
    .values(row)
    .onConflict((conflict) => conflict.column("connection").doUpdateSet({ calls, set_by, set_at }))
    .execute();
}

/** From here on the configuration's number holds. */
export async function deleteAllocation(db: Kysely<Database>, connection: string): Promise<void> {
  await db.deleteFrom("allocation").where("connection", "=", connection).execute();
}
