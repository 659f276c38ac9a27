import type { ObjectDefinition } from "./metadata/objects.ts";
import type { FieldValue, OrgRecord } from "./model.ts";
import type { OrgData } from "./org-data.ts";

/** The record type that every object has and nobody made. */
export const MASTER_RECORD_TYPE_ID = "012000000000000AAA";

/** The record types that an admin has made for an object, in the order made. */
export function recordTypesOf(data: OrgData, object: string): readonly OrgRecord[] {
  return [...data.table("RecordType").withValue("SobjectType", object)].filter(({ fields }) => fields.IsDeleted !== true);
}

/** The record type of a new record that names none: the user's default, or none where the profile has none. */
export function defaultRecordType(data: OrgData, object: ObjectDefinition, userId: string): string | null {
  if (!object.fields.has("RecordTypeId")) return null;
  const user = data.users.find(({ id }) => id === userId);
  if (user?.withoutRecordType?.includes(object.name)) return null;
  return recordTypesOf(data, object.name).find(({ fields }) => fields.IsActive === true)?.id ?? null;
}

/** The values of a picklist that a record type takes; null: all of them. */
export function allowedForRecordType(
  data: OrgData,
  recordTypeId: FieldValue | undefined,
  field: string,
): ReadonlySet<string> | null {
  return data.recordTypePicklists.get(String(recordTypeId ?? MASTER_RECORD_TYPE_ID))?.get(field) ?? null;
}

/** `recordTypeInfos` of a describe. */
export function recordTypeInfos(data: OrgData, object: ObjectDefinition, userId: string): readonly Record<string, unknown>[] {
  const own = recordTypesOf(data, object.name);
  const standard = defaultRecordType(data, object, userId);
  return [
    ...own.map(({ id, fields }) => ({
      id,
      name: fields.Name,
      developerName: fields.DeveloperName,
      active: fields.IsActive,
      master: false,
    })),
    { id: MASTER_RECORD_TYPE_ID, name: "Master", developerName: "Master", active: true, master: true },
  ].map(({ id, name, developerName, active, master }) => ({
    active,
    available: active,
    defaultRecordTypeMapping: standard === null ? master : id === standard,
    developerName,
    master,
    name,
    recordTypeId: id,
    urls: {},
  }));
}
