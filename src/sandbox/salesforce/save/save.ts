import { saveError, unsupportedObject } from "../errors.ts";
import { normalizeId } from "../ids.ts";
import { findObject, type ObjectDefinition } from "../metadata/objects.ts";
import type { Caller, Fields, OrgRecord, Save, SaveError, SaveResult } from "../model.ts";
import type { OrgData } from "../org-data.ts";
import { defaultRecordType } from "../record-types.ts";
import { type UserRights, userRights } from "../rights.ts";
import { addressErrors, deriveAddresses } from "./address.ts";
import { convertedErrors } from "./convert.ts";
import { derive } from "./derived.ts";
import { checkFields, missingFields, withDefaults } from "./fields.ts";
import { picklistErrors } from "./picklists.ts";
import { lookupFilterErrors, referenceErrors } from "./references.ts";
import { type Draft, runDuplicateRules, runFlows, runTriggers, runValidationRules } from "./rules.ts";

export function rightsOf(data: OrgData, caller: Caller): UserRights {
  return userRights(caller.userId === data.integrationUser.id ? data.rights : null);
}

function refused(id: string | null, errors: readonly SaveError[]): SaveResult {
  return id === null ? { success: false, errors } : { success: false, id, errors };
}

/** Saves one record in Salesforce's order of execution; a stage with errors ends it. */
export function saveRecord(data: OrgData, caller: Caller, save: Save): SaveResult {
  const object = findObject(data.metadata, save.object);
  const rights = rightsOf(data, caller);
  if (object === undefined || object.toolingOnly === true || !rights.object(object).read) {
    return refused(null, [saveError("INVALID_TYPE", unsupportedObject(save.object))]);
  }
  return save.id === null
    ? insert(data, caller, rights, object, save.fields)
    : update(data, caller, rights, object, save.id, save.fields);
}

function insert(data: OrgData, caller: Caller, rights: UserRights, object: ObjectDefinition, sent: Fields): SaveResult {
  if (!rights.object(object).create) {
    return refused(null, [saveError("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", `entity type cannot be inserted: ${object.label}`)]);
  }
  const checked = checkFields(object, rights, sent, "insert");
  if (checked.errors !== undefined) return refused(null, checked.errors);
  const record = derive(data, object, withDefaults(object, checked.values, caller.userId), null);
  deriveAddresses(object, record, checked.values);
  if (object.fields.has("RecordTypeId")) record.RecordTypeId ??= defaultRecordType(data, object, caller.userId);
  const errors = firstErrors(data, rights, object, checked.values, { id: null, record, before: null });
  if (errors.length > 0) return refused(null, errors);

  const id = data.nextId(object.keyPrefix);
  const stamp = data.nextStamp();
  commit(data, caller, sent, {
    id,
    object: object.name,
    fields: {
      ...record,
      Id: id,
      IsDeleted: false,
      CreatedDate: stamp,
      CreatedById: caller.userId,
      LastModifiedDate: stamp,
      LastModifiedById: caller.userId,
      SystemModstamp: stamp,
    },
  });
  return { success: true, id, created: true, errors: [] };
}

function update(
  data: OrgData,
  caller: Caller,
  rights: UserRights,
  object: ObjectDefinition,
  sentId: string,
  sent: Fields,
): SaveResult {
  const id = normalizeId(sentId);
  if (id === null || !id.startsWith(object.keyPrefix)) {
    const message = `${object.label} ID: id value of incorrect type: ${sentId}`;
    return refused(null, [saveError("MALFORMED_ID", message, ["Id"])]);
  }
  if (!rights.object(object).edit) {
    return refused(id, [saveError("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", `entity type cannot be updated: ${object.label}`)]);
  }
  const checked = checkFields(object, rights, sent, "update");
  if (checked.errors !== undefined) return refused(id, checked.errors);
  const existing = data.table(object.name).get(id);
  const gone = existing === undefined ? goneError(data, object, id) : accessError(rights, id);
  if (existing === undefined || gone !== null) return refused(id, gone === null ? [] : [gone]);

  const record = derive(data, object, { ...existing.fields, ...checked.values }, existing.fields);
  deriveAddresses(object, record, checked.values);
  const errors = firstErrors(data, rights, object, checked.values, { id, record, before: existing.fields });
  if (errors.length > 0) return refused(id, errors);

  const stamp = data.nextStamp();
  commit(data, caller, sent, {
    ...existing,
    fields: { ...record, LastModifiedDate: stamp, LastModifiedById: caller.userId, SystemModstamp: stamp },
  });
  return { success: true, id, created: false, errors: [] };
}

function goneError(data: OrgData, object: ObjectDefinition, id: string): SaveError {
  return data.table(object.name).getDeleted(id) === undefined
    ? saveError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
    : saveError("ENTITY_IS_DELETED", "entity is deleted");
}

function accessError(rights: UserRights, id: string): SaveError | null {
  switch (rights.record(id)) {
    case "full":
      return null;
    case "hidden":
      return saveError("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "insufficient access rights on cross-reference id");
    case "read-only":
      return saveError("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id");
    case "locked-by-approval":
      return saveError("ENTITY_IS_LOCKED", "This record is locked. If you need to edit it, contact your admin");
  }
}

/** Stage by stage; the errors of the first stage that has any. `changed` holds the values that the request sets. */
function firstErrors(
  data: OrgData,
  rights: UserRights,
  object: ObjectDefinition,
  changed: Fields,
  draft: Draft,
): readonly SaveError[] {
  const { record, before, id } = draft;
  const matches = (field: string, value: string): Iterable<OrgRecord> => data.table(object.name).withValue(field, value);
  const stages: readonly (() => readonly SaveError[])[] = [
    () => lockErrors(data, id),
    () => convertedErrors(object.name, rights, before),
    () => missingFields(object, record, changed, before === null ? "insert" : "update"),
    () => referenceErrors(data, object, rights, changed),
    () => picklistErrors(data, object, record, changed),
    () => addressErrors(object, record, changed),
    () => runTriggers(data.rules, "before", object.name, draft),
    () => lookupFilterErrors(data, object, record),
    () => runValidationRules(data.rules, object.name, draft),
    () => runDuplicateRules(data.rules, object.name, draft, matches),
    () => uniqueErrors(object, changed, id, matches),
    () => (before === null ? storageErrors(data) : []),
    () => runTriggers(data.rules, "after", object.name, draft),
    () => runFlows(data.rules, object.name, draft),
  ];
  for (const stage of stages) {
    const errors = stage();
    if (errors.length > 0) return errors;
  }
  return [];
}

function lockErrors(data: OrgData, id: string | null): SaveError[] {
  if (data.state.locked !== "rows") return [];
  const records = id === null ? "" : `: ${id}`;
  return [saveError("UNABLE_TO_LOCK_ROW", `unable to obtain exclusive access to this record or 1 records${records}`)];
}

function storageErrors(data: OrgData): SaveError[] {
  return data.state.dataStorageMb.remaining > 0 ? [] : [saveError("STORAGE_LIMIT_EXCEEDED", "storage limit exceeded")];
}

function uniqueErrors(
  object: ObjectDefinition,
  changed: Fields,
  id: string | null,
  matches: (field: string, value: string) => Iterable<OrgRecord>,
): SaveError[] {
  for (const [name, value] of Object.entries(changed)) {
    if (object.fields.get(name)?.unique !== true || value === null) continue;
    for (const other of matches(name, String(value))) {
      if (other.id === id) continue;
      const message = `duplicate value found: ${name} duplicates value on record with id: ${other.id.slice(0, 15)}`;
      return [saveError("DUPLICATE_VALUE", message, [name])];
    }
  }
  return [];
}

function commit(data: OrgData, caller: Caller, sent: Fields, record: OrgRecord): void {
  data.put(record);
  data.note({
    at: String(record.fields.SystemModstamp),
    app: caller.app,
    object: record.object,
    id: record.id,
    fields: { ...sent },
  });
}

/** Moves a record to the recycle bin. */
export function deleteRecord(data: OrgData, caller: Caller, objectName: string, sentId: string): SaveResult {
  const object = findObject(data.metadata, objectName);
  const rights = rightsOf(data, caller);
  if (object === undefined || !rights.object(object).read) {
    return refused(null, [saveError("INVALID_TYPE", unsupportedObject(objectName))]);
  }
  const id = normalizeId(sentId);
  if (id === null || !id.startsWith(object.keyPrefix)) {
    return refused(null, [saveError("MALFORMED_ID", `${object.label} ID: id value of incorrect type: ${sentId}`, ["Id"])]);
  }
  const existing = data.table(object.name).get(id);
  if (existing === undefined) return refused(id, [goneError(data, object, id)]);
  if (!rights.object(object).edit || object.kind === "setup") {
    return refused(id, [saveError("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")]);
  }
  const stops = [...lockErrors(data, id), ...[accessError(rights, id)].filter((error) => error !== null)];
  if (stops.length > 0) return refused(id, stops);
  const stamp = data.nextStamp();
  const fields = {
    ...existing.fields,
    IsDeleted: true,
    LastModifiedDate: stamp,
    LastModifiedById: caller.userId,
    SystemModstamp: stamp,
  };
  data.put({ ...existing, fields });
  return { success: true, id, created: false, errors: [] };
}
