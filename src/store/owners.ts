import type { Kysely, Transaction } from "kysely";
import type { RecordReference, SyncErrorType } from "../health/sync-errors.ts";
import type { Database } from "./schema.ts";

/** Whether a person hears of their own records: they do unless they have said no. */
export async function wantsOwnerMessages(db: Kysely<Database>, userId: string): Promise<boolean> {
  const choice = await db.selectFrom("owner_choice").select("wants_messages").where("user_id", "=", userId).executeTakeFirst();
  return choice?.wants_messages ?? true;
}

export async function saveOwnerChoice(trx: Transaction<Database>, userId: string, wants: boolean, at: Date): Promise<void> {
  const choice = { wants_messages: wants, changed_at: at };
  await trx
    .insertInto("owner_choice")
    .values({ user_id: userId, ...choice })
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet(choice))
    .execute();
}

/** A record that an open sync error holds back, and the error that leads among those that do. */
export interface HeldRecord {
  readonly record: RecordReference;
  readonly errorId: string;
  readonly type: SyncErrorType;
}

/** Records with a HubSpot record that open errors hold back which aren't muted, each once, those held longest first. */
export async function recordsHeldBack(
  db: Kysely<Database>,
  connection: string,
  now: Date,
  limit: number,
): Promise<readonly HeldRecord[]> {
  const rows = await db
    .selectFrom("affected_record as r")
    .innerJoin("sync_error as e", "e.id", "r.error_id")
    .distinctOn("r.record_key")
    .select([
      "r.object",
      "r.hubspot_id",
      "r.salesforce_object",
      "r.salesforce_id",
      "r.label",
      "r.first_seen_at",
      "e.id",
      "e.type",
    ])
    .where("r.connection", "=", connection)
    .where("r.hubspot_id", "is not", null)
    .where("e.resolved_at", "is", null)
    .where((eb) => eb.or([eb("e.muted_at", "is", null), eb("e.muted_until", "<=", now)]))
    .orderBy("r.record_key")
    .orderBy("r.place")
    .limit(limit)
    .execute();
  return rows
    .toSorted((one, other) => one.first_seen_at.getTime() - other.first_seen_at.getTime())
    .map((row) => ({
      record: {
        object: row.object,
        hubspotId: row.hubspot_id,
        salesforceObject: row.salesforce_object,
        salesforceId: row.salesforce_id,
        label: row.label,
      },
      errorId: row.id,
      type: row.type,
    }));
}
