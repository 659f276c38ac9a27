import type { Kysely } from "kysely";
import type { SyncErrorCategory } from "../health/sync-errors.ts";
import type { AffectedRecordTable, Database } from "./schema.ts";

export type RecordRow = Pick<
  AffectedRecordTable,
  "record_key" | "object" | "hubspot_id" | "salesforce_object" | "salesforce_id" | "label"
>;

export interface AffectedWhere {
  readonly errorId?: string;
  readonly category?: SyncErrorCategory;
  /** An id in either system, or what the record is called. */
  readonly record?: string;
}

/** Records that open errors hold back, each once, those held back longest first. */
export async function affectedRecords(
  db: Kysely<Database>,
  connection: string,
  where: AffectedWhere,
): Promise<readonly RecordRow[]> {
  let query = db
    .selectFrom("affected_record as r")
    .innerJoin("sync_error as e", "e.id", "r.error_id")
    .select(["r.record_key", "r.object", "r.hubspot_id", "r.salesforce_object", "r.salesforce_id", "r.label"])
    .distinctOn("r.record_key")
    .where("r.connection", "=", connection)
    .where("e.resolved_at", "is", null);
  const { errorId, category, record } = where;
  if (errorId !== undefined) query = query.where("e.id", "=", errorId);
  if (category !== undefined) query = query.where("e.category", "=", category);
  if (record !== undefined) {
    query = query.where((eb) =>
      eb.or([eb("r.hubspot_id", "=", record), eb("r.salesforce_id", "=", record), eb("r.label", "=", record.toLowerCase())]),
    );
  }
  const rows = await query.orderBy("r.record_key").orderBy("r.first_seen_at").execute();
  return rows;
}
