import { saveError } from "../errors.ts";
import type { ObjectDefinition } from "../metadata/objects.ts";
import type { FieldDefinition, Fields, SaveError } from "../model.ts";
import type { OrgData } from "../org-data.ts";
import { allowedForRecordType } from "../record-types.ts";

/**
 * Values of restricted picklists that exist and yet are not for this record: its record type or its controlling value leaves
 * them out. Salesforce's answer is the same as for a value that doesn't exist.
 */
export function picklistErrors(data: OrgData, object: ObjectDefinition, record: Fields, changed: Fields): SaveError[] {
  return Object.keys(changed).flatMap((name) => {
    const field = object.fields.get(name);
    const value = record[name];
    // Codes of states and countries are held to each other with their names.
    if (field?.restrictedPicklist !== true || typeof value !== "string" || isAddressPart(field)) return [];
    const chosen = field.type === "multipicklist" ? value.split(";").map((one) => one.trim()) : [value];
    const bad = chosen.find((one) => !isFor(data, object, field, record, one));
    if (bad === undefined) return [];
    const message = `${field.label}: bad value for restricted picklist field: ${bad}`;
    return [saveError("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, [field.name])];
  });
}

function isAddressPart({ compoundFieldName }: FieldDefinition): boolean {
  return compoundFieldName !== undefined;
}

function isFor(data: OrgData, object: ObjectDefinition, field: FieldDefinition, record: Fields, value: string): boolean {
  const allowed = allowedForRecordType(data, record.RecordTypeId, field.name);
  if (allowed !== null && !allowed.has(value)) return false;
  const controller = field.controllerName === undefined ? undefined : object.fields.get(field.controllerName);
  const validFor = field.picklistValues?.find((option) => option.value === value)?.validFor;
  return controller === undefined || validFor === undefined || validFor.includes(String(record[controller.name] ?? ""));
}
