import type { Insertable, Kysely, Selectable, Transaction } from "kysely";
import type { RecordRow } from "./resync-records.ts";
import { portions } from "./rows.ts";
import type { Database, ValueChangeTable } from "./schema.ts";

export type StoredChange = Selectable<ValueChangeTable>;

/** Keeps what was written. What is kept already stays as it is. */
export async function saveChanges(trx: Transaction<Database>, changes: readonly Insertable<ValueChangeTable>[]): Promise<void> {
  for (const portion of portions(changes)) {
    await trx
      .insertInto("value_change")
      .values(portion)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** What a request has written and nobody has put back, with the records that it was written into. */
export async function standingChanges(
  db: Kysely<Database>,
  requestId: string,
): Promise<readonly { readonly change: StoredChange; readonly item: RecordRow }[]> {
  const changes = await db
    .selectFrom("value_change")
    .selectAll()
    .where("request_id", "=", requestId)
    .where("undone_at", "is", null)
    .execute();
  const items = await db
    .selectFrom("request_item")
    .select(["record_key", "object", "hubspot_id", "salesforce_object", "salesforce_id", "label"])
    .where("request_id", "=", requestId)
    .orderBy("position")
    .execute();
  const byKey = new Map(changes.map((change) => [change.record_key, change]));
  return items.flatMap((item) => {
    const change = byKey.get(item.record_key);
    return change === undefined ? [] : [{ change, item }];
  });
}

/** How many values requests have written that still stand, and that were put back, and by whom last. */
export async function countChanges(
  db: Kysely<Database>,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly standing: number; readonly undone: number; readonly undoneBy: string | null }>> {
  if (requestIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("value_change")
    .select(["request_id", (eb) => eb.fn.countAll<number>().as("written"), (eb) => eb.fn.count<number>("undone_at").as("undone")])
    .select((eb) => eb.fn.max("undone_by").as("undone_by"))
    .where("request_id", "in", requestIds)
    .groupBy("request_id")
    .execute();
  return new Map(
    rows.map((row) => {
      const undone = Number(row.undone);
      return [row.request_id, { standing: Number(row.written) - undone, undone, undoneBy: row.undone_by }];
    }),
  );
}

/** Notes that values of a request were put back. */
export async function markUndone(
  trx: Transaction<Database>,
  requestId: string,
  recordKeys: readonly string[],
  { at, by }: { readonly at: Date; readonly by: string },
): Promise<void> {
  for (const keys of portions(recordKeys)) {
    await trx
      .updateTable("value_change")
      .set({ undone_at: at, undone_by: by })
      .where("request_id", "=", requestId)
      .where("record_key", "in", keys)
      .where("undone_at", "is", null)
      .execute();
  }
}
