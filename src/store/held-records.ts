import type { Kysely } from "kysely";
import type { StoredAffectedRecord } from "./reports.ts";
import type { Database } from "./schema.ts";

/** One record that an error holds back; undefined where it doesn't any more. */
export async function heldRecord(
  db: Kysely<Database>,
  errorId: string,
  recordKey: string,
): Promise<StoredAffectedRecord | undefined> {
  return db
    .selectFrom("affected_record")
    .selectAll()
    .where("error_id", "=", errorId)
    .where("record_key", "=", recordKey)
    .executeTakeFirst();
}

/** The records that an error holds back for the same value as one of them, that one included, those held back longest first. */
export async function heldForSameValue(
  db: Kysely<Database>,
  { error_id, value, salesforce_object }: Pick<StoredAffectedRecord, "error_id" | "value" | "salesforce_object">,
): Promise<readonly StoredAffectedRecord[]> {
  return db
    .selectFrom("affected_record")
    .selectAll()
    .where("error_id", "=", error_id)
    .where("value", "is not distinct from", value)
    .where("salesforce_object", "is not distinct from", salesforce_object)
    .orderBy("first_seen_at")
    .orderBy("record_key")
    .execute();
}
