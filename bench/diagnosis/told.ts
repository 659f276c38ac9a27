import type { NativeSync } from "../../src/sandbox/native-sync/native-sync.ts";
import type { Store } from "../../src/store/database.ts";

/** One record held back by one error, as the native sync or the bot has it. */
export interface HeldRecord {
  readonly type: string;
  readonly direction: string;
  readonly object: string;
  readonly field: string | null;
  readonly record: string;
  readonly message: string;
}

/** What makes two the same: the type, the way, the record and the Salesforce field. */
export function keyOf({ type, direction, object, field, record }: HeldRecord): string {
  return [type, direction, object, record, field ?? ""].join("|");
}

/** Every record that fails, by what the native sync knows. */
export function trueErrors(sync: NativeSync): ReadonlyMap<string, HeldRecord> {
  const held = new Map<string, HeldRecord>();
  for (const { type, direction, object, field, message, records } of sync.truth().errors) {
    for (const { hubspotId, salesforceId } of records) {
      const record = { type, direction, object, field, message, record: hubspotId ?? salesforceId ?? "" };
      held.set(keyOf(record), record);
    }
  }
  return held;
}

/** Every record that the bot says an error holds back. */
export async function toldErrors({ db }: Store): Promise<ReadonlyMap<string, HeldRecord>> {
  const rows = await db
    .selectFrom("sync_error as e")
    .innerJoin("affected_record as r", "r.error_id", "e.id")
    .select(["e.type", "e.direction", "e.object", "e.salesforce_field as field", "r.hubspot_id", "r.salesforce_id", "r.evidence"])
    .where("e.resolved_at", "is", null)
    .execute();
  const held = rows.map(({ type, direction, object, field, hubspot_id, salesforce_id, evidence }) => {
    const record = hubspot_id ?? salesforce_id ?? "";
    return { type, direction, object, field, record, message: evidence.statement };
  });
  return new Map(held.map((record) => [keyOf(record), record]));
}

/** Suspensions as people have been told of them. */
export interface ToldSuspension {
  readonly kind: string;
  readonly kinds: readonly string[];
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly statement: string;
}

export async function toldSuspensions({ db }: Store): Promise<readonly ToldSuspension[]> {
  const rows = await db.selectFrom("suspension").selectAll().where("opened_at", "is not", null).orderBy("opened_at").execute();
  return rows.flatMap(({ kind, causes, opened_at, closed_at }) =>
    opened_at === null
      ? []
      : [
          {
            kind,
            kinds: causes.map((cause) => cause.kind),
            openedAt: opened_at,
            closedAt: closed_at,
            statement: causes[0]?.evidence.statement ?? "",
          },
        ],
  );
}
