import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql, type Transaction } from "kysely";
import type { SyncErrorCategory } from "../health/sync-errors.ts";
import type { SyncedObject } from "../records/record.ts";
import type { AffectedRecordTable, Database, RequestItemState, SyncErrorTable } from "./schema.ts";

export type RecordRow = Pick<
  AffectedRecordTable,
  "record_key" | "object" | "hubspot_id" | "salesforce_object" | "salesforce_id" | "label"
>;

/** What all has to hold for an affected record to be meant; nothing given: every one. */
export interface AffectedWhere {
  readonly errorId?: string;
  readonly category?: SyncErrorCategory;
  readonly object?: SyncedObject;
  /** An id in either system, or what the record is called. */
  readonly record?: string;
  readonly keys?: readonly string[];
  /** What was ticked in a dialog. */
  readonly choiceId?: string;
}

/** The same records, held back longest first, at most so many. */
export async function affectedRecords(
  db: Kysely<Database>,
  connection: string,
  where: AffectedWhere,
  limit: number,
): Promise<readonly RecordRow[]> {
  return db
    .selectFrom(affected(db, connection, [where]).as("a"))
    .select(["a.record_key", "a.object", "a.hubspot_id", "a.salesforce_object", "a.salesforce_id", "a.label"])
    .orderBy("a.first_seen_at")
    .orderBy("a.record_key")
    .limit(limit)
    .execute();
}

/** How many records open errors hold back, each counted once, by object. A record is meant where any of `anyOf` holds. */
export async function countAffected(
  db: Kysely<Database>,
  connection: string,
  anyOf: readonly AffectedWhere[],
): Promise<ReadonlyMap<SyncedObject, number>> {
  const rows = await db
    .selectFrom(affected(db, connection, anyOf).as("a"))
    .select(["a.object", (eb) => eb.fn.countAll<number>().as("records")])
    .groupBy("a.object")
    .execute();
  return new Map(rows.map(({ object, records }) => [object, Number(records)]));
}

/**
 * Makes the same records the items of a request, by object and those held back longest first; in one statement, since they can
 * be 100,000.
 */
export async function addAffectedItems(
  trx: Transaction<Database>,
  requestId: string,
  connection: string,
  anyOf: readonly AffectedWhere[],
): Promise<void> {
  await trx
    .insertInto("request_item")
    .columns([
      "request_id",
      "record_key",
      "object",
      "hubspot_id",
      "salesforce_object",
      "salesforce_id",
      "label",
      "state",
      "position",
    ])
    .expression((eb) =>
      eb
        .selectFrom(affected(trx, connection, anyOf).as("a"))
        .select([
          eb.val(requestId).as("request_id"),
          "a.record_key",
          "a.object",
          "a.hubspot_id",
          "a.salesforce_object",
          "a.salesforce_id",
          "a.label",
          eb.val("waiting" satisfies RequestItemState).as("state"),
          sql<number>`row_number() over (order by a.object, a.first_seen_at, a.record_key)`.as("position"),
        ]),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Records that open errors hold back, each once. */
function affected(db: Kysely<Database>, connection: string, anyOf: readonly AffectedWhere[]) {
  return db
    .selectFrom("affected_record as r")
    .innerJoin("sync_error as e", "e.id", "r.error_id")
    .select(["r.record_key", "r.object", "r.hubspot_id", "r.salesforce_object", "r.salesforce_id", "r.label", "r.first_seen_at"])
    .distinctOn("r.record_key")
    .where("r.connection", "=", connection)
    .where("e.resolved_at", "is", null)
    .where((eb) => eb.or(anyOf.map((where) => eb.and(conditions(eb, where)))))
    .orderBy("r.record_key")
    .orderBy("r.first_seen_at");
}

type Builder = ExpressionBuilder<{ r: AffectedRecordTable; e: SyncErrorTable }, "r" | "e">;

function conditions(eb: Builder, { errorId, category, object, record, keys, choiceId }: AffectedWhere): Expression<SqlBool>[] {
  return [
    ...(errorId === undefined ? [] : [eb("e.id", "=", errorId)]),
    ...(category === undefined ? [] : [eb("e.category", "=", category)]),
    ...(object === undefined ? [] : [eb("r.object", "=", object)]),
    ...(keys === undefined ? [] : [eb("r.record_key", "in", keys)]),
    ...(choiceId === undefined ? [] : [isChosen(eb, choiceId)]),
    ...(record === undefined
      ? []
      : [eb.or([eb("r.hubspot_id", "=", record), eb("r.salesforce_id", "=", record), eb("r.label", "=", record.toLowerCase())])]),
  ];
}

/** Both subqueries stand for themselves, so that each is asked once and not for each of 100,000 records. */
function isChosen(eb: Builder, choiceId: string): Expression<SqlBool> {
  return sql<SqlBool>`(select is_all from record_choice where id = ${choiceId})
    <> (${eb.ref("r.record_key")} in (select jsonb_object_keys(keys) from record_choice where id = ${choiceId}))`;
}
