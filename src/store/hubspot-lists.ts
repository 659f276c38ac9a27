import type { Insertable, Kysely } from "kysely";
import type { Database, HubSpotListTable } from "./schema.ts";

/** The id of a list that was made under this name; null where none was. */
export async function listNamed(db: Kysely<Database>, connection: string, name: string): Promise<string | null> {
  const row = await db
    .selectFrom("hubspot_list")
    .select("list_id")
    .where("connection", "=", connection)
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.list_id ?? null;
}

/** Keeps under which id a list goes; one that was deleted in HubSpot and made anew goes by another. */
export async function saveList(db: Kysely<Database>, list: Insertable<HubSpotListTable>): Promise<void> {
  await db
    .insertInto("hubspot_list")
    .values(list)
    .onConflict((conflict) =>
      conflict
        .columns(["connection", "name"])
        .doUpdateSet({ list_id: list.list_id, created_by: list.created_by, created_at: list.created_at }),
    )
    .execute();
}
