import { ENGLISH } from "../../src/language/language.ts";
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
  return byKey(sync.truth().errors);
}

/** Every record that the native sync's own rules hold back, by all of its causes. */
export function furtherErrors(sync: NativeSync): ReadonlyMap<string, HeldRecord> {
  return byKey(sync.further());
}

function byKey(errors: ReturnType<NativeSync["further"]>): ReadonlyMap<string, HeldRecord> {
  const held = new Map<string, HeldRecord>();
  for (const { type, direction, object, field, message, records } of errors) {
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
    return { type, direction, object, field, record, message: ENGLISH.render(evidence.statement) };
  });
  return new Map(held.map((record) => [keyOf(record), record]));
}

/** The suspension that people have been told of and that isn't over. */
export interface ToldSuspension {
  readonly id: string;
  readonly kind: string;
  readonly statement: string;
}

export async function toldSuspension({ db }: Store): Promise<ToldSuspension | null> {
  const row = await db.selectFrom("suspension").selectAll().where("state", "=", "open").executeTakeFirst();
  if (row === undefined) return null;
  return { id: row.id, kind: row.kind, statement: ENGLISH.render(row.causes[0]?.evidence.statement ?? "") };
}
