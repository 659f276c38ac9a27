import type { Kysely, Selectable, Transaction } from "kysely";
import type { SubscriptionSettings } from "../config/config.ts";
import type { Database, SubscriptionTable } from "./schema.ts";

export type StoredSubscription = Selectable<SubscriptionTable>;

/** A subscription that is to be created or changed. */
export interface SubscriptionToSave {
  readonly id: string;
  readonly connection: string;
  readonly channel: string;
  readonly settings: SubscriptionSettings;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** What syncwarden.yaml says of it; null where nothing. */
  readonly configured: SubscriptionSettings | null;
}

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

/** How a stored subscription wants to hear. */
export function settingsOf(row: StoredSubscription): SubscriptionSettings {
  return {
    cadence: row.cadence,
    categories: row.categories,
    objects: row.objects,
    atLeast: row.at_least,
    quietWhenHealthy: row.quiet_when_healthy,
    quietHours: row.quiet_hours,
    changes: row.changes,
    language: row.language,
    reminder: row.reminder,
  };
}

/**
 * Creates a subscription or changes the one with its id. A change of when its digests come counts from `at`: what was due by
 * then by the new times is not owed.
 */
export async function saveSubscription(db: Kysely<Database>, row: SubscriptionToSave, at: Date): Promise<void> {
  const { settings } = row;
  const changeable = {
    cadence: JSON.stringify(settings.cadence),
    categories: JSON.stringify(settings.categories),
    objects: JSON.stringify(settings.objects),
    at_least: settings.atLeast,
    quiet_when_healthy: settings.quietWhenHealthy,
    quiet_hours: JSON.stringify(settings.quietHours),
    changes: settings.changes,
    language: settings.language,
    reminder: JSON.stringify(settings.reminder),
    configured: JSON.stringify(row.configured),
  };
  const values = {
    id: row.id,
    connection: row.connection,
    channel: row.channel,
    created_by: row.createdBy,
    created_at: row.createdAt,
    digested_until: null,
    ...changeable,
  };
  await db
    .insertInto("subscription")
    .values(values)
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet((eb) => ({
        ...changeable,
        digested_until: eb
          .case()
          .when(
            eb.or([eb("subscription.cadence", "=", eb.ref("excluded.cadence")), eb("subscription.digested_until", "is", null)]),
          )
          .then(eb.ref("subscription.digested_until"))
          .else(eb.fn<Date>("greatest", ["subscription.digested_until", eb.val(at)]))
          .end(),
      })),
    )
    .execute();
}

export async function deleteSubscriptions(db: Kysely<Database>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.deleteFrom("subscription").where("id", "in", ids).execute();
}

/** Moves the mark up to which a subscription's digests are sent or skipped; answers false where another process was first. */
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

/** Keeps what a digest has told, for the next one to tell what has changed. `records` by error id. */
export async function markTold(
  trx: Transaction<Database>,
  id: string,
  until: Date,
  records: Readonly<Record<string, number>>,
): Promise<void> {
  await trx
    .updateTable("subscription")
    .set({ told_until: until, told_records: JSON.stringify(records) })
    .where("id", "=", id)
    .execute();
}
