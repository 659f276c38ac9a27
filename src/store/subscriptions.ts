import type { Kysely, Selectable, Transaction } from "kysely";
import type { Database, SubscriptionTable } from "./schema.ts";

export type StoredSubscription = Selectable<SubscriptionTable>;

/** Subscriptions of a channel, or of all channels, oldest first. */
export async function listSubscriptions(
  db: Kysely<Database>,
  where: { readonly channel?: string; readonly connection?: string } = {},
): Promise<StoredSubscription[]> {
  let query = db.selectFrom("subscription").selectAll();
  if (where.channel !== undefined) query = query.where("channel", "=", where.channel);
  if (where.connection !== undefined) query = query.where("connection", "=", where.connection);
  return query.orderBy("created_at").orderBy("id").execute();
}

export async function getSubscription(db: Kysely<Database>, id: string): Promise<StoredSubscription | undefined> {
  return db.selectFrom("subscription").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Creates a subscription or changes the one with its id. */
export async function saveSubscription(db: Kysely<Database>, row: StoredSubscription): Promise<void> {
  const values = { ...row, cadence: JSON.stringify(row.cadence), categories: JSON.stringify(row.categories) };
  const { id: _, created_at: __, created_by: ___, digested_until: ____, ...changeable } = values;
  await db
    .insertInto("subscription")
    .values(values)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(changeable))
    .execute();
}

export async function deleteSubscriptions(db: Kysely<Database>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.deleteFrom("subscription").where("id", "in", ids).execute();
}

/** Moves the mark up to which a subscription's digests are told; answers false where another process was first. */
export async function markDigested(trx: Transaction<Database>, id: string, until: Date): Promise<boolean> {
  const moved = await trx
    .updateTable("subscription")
    .set({ digested_until: until })
    .where("id", "=", id)
    .where((eb) => eb.or([eb("digested_until", "is", null), eb("digested_until", "<", until)]))
    .returning("id")
    .executeTakeFirst();
  return moved !== undefined;
}
