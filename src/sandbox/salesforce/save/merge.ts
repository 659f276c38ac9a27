import { saveError } from "../errors.ts";
import { findObject, type ObjectDefinition } from "../metadata/objects.ts";
import type { Caller, Fields, Merge, OrgRecord, SaveResult } from "../model.ts";
import type { OrgData } from "../org-data.ts";
import { deleteRecord, saveRecord } from "./save.ts";

/**
 * Merges a record into another one of its object: the loser goes to the Recycle Bin, naming the one that is kept; what pointed to
 * the loser points to that one, without triggers but newly modified; the kept one keeps its own values but for those given, and
 * is saved by all the rules of an update. All of it or nothing. Sources: Salesforce's SOAP API guide, *merge()*; its Apex guide,
 * *Triggers and Merge Statements*.
 */
export function mergeRecords(data: OrgData, caller: Caller, { object, keptId, loserId, fields = {} }: Merge): SaveResult {
  const definition = findObject(data.metadata, object);
  if (definition === undefined) throw new Error(`The sandbox's org has no object ${object}.`);
  return data.transaction(() => {
    const value = merged(data, caller, definition, keptId, loserId, fields);
    return { keep: value.success, value };
  });
}

function merged(
  data: OrgData,
  caller: Caller,
  object: ObjectDefinition,
  keptId: string,
  loserId: string,
  fields: Fields,
): SaveResult {
  if (keptId === loserId) return refused(keptId, "A record can't be merged into itself");
  const [kept, loser] = [keptId, loserId].map((id) => data.table(object.name).get(id));
  if (kept?.fields.IsConverted === true || loser?.fields.IsConverted === true) {
    return refused(keptId, "A converted lead can't be merged");
  }
  if (loser !== undefined) data.put({ ...loser, fields: { ...loser.fields, MasterRecordId: keptId } });
  const deleted = deleteRecord(data, caller, object.name, loserId);
  if (!deleted.success) return deleted;
  reparent(data, caller, object, keptId, loserId);
  return saveRecord(data, caller, { object: object.name, id: keptId, fields });
}

function refused(id: string, message: string): SaveResult {
  return { success: false, id, errors: [saveError("INVALID_INPUT", message)] };
}

/** Every reference to the loser but one: what was merged into it before still names it. */
function reparent(data: OrgData, caller: Caller, object: ObjectDefinition, keptId: string, loserId: string): void {
  for (const holder of data.metadata.values()) {
    if (holder.kind !== "stored") continue;
    const references = [...holder.fields.values()].filter(
      ({ name, type, referenceTo }) => type === "reference" && name !== "MasterRecordId" && referenceTo?.includes(object.name),
    );
    const moved = new Map<string, OrgRecord>();
    for (const { name } of references) {
      for (const { id } of [...data.table(holder.name).withValue(name, loserId)]) {
        const record = moved.get(id) ?? data.table(holder.name).get(id);
        if (record !== undefined) moved.set(id, { ...record, fields: { ...record.fields, [name]: keptId } });
      }
    }
    for (const record of moved.values()) {
      const stamp = data.nextStamp();
      const edited = { LastModifiedDate: stamp, LastModifiedById: caller.userId, SystemModstamp: stamp };
      data.put({ ...record, fields: { ...record.fields, ...edited } });
    }
  }
}
