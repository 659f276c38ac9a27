import { saveError } from "../errors.ts";
import { findField, type ObjectDefinition } from "../metadata/objects.ts";
import type { Fields, SaveError } from "../model.ts";
import type { OrgData } from "../org-data.ts";
import type { UserRights } from "../rights.ts";

/** Whether the records that a save points to exist, are of the right object and can be seen; and whether owners are active. */
export function referenceErrors(data: OrgData, object: ObjectDefinition, rights: UserRights, changed: Fields): SaveError[] {
  const errors: SaveError[] = [];
  for (const [name, value] of Object.entries(changed)) {
    const field = findField(object, name);
    if (field?.type !== "reference" || typeof value !== "string") continue;
    const targets = (field.referenceTo ?? []).flatMap((target) => data.metadata.get(target) ?? []);
    const target = targets.find((candidate) => candidate.keyPrefix === value.slice(0, 3));
    // What is no id at all is refused as MALFORMED_ID before. Source: "invalid cross reference id" on salto.io, tried in an org.
    if (target === undefined) {
      errors.push(saveError("FIELD_INTEGRITY_EXCEPTION", `${field.label}: id value of incorrect type: ${value}`, [name]));
      continue;
    }
    if (target.name === "Group" && !ownedByQueues(object)) {
      errors.push(saveError("OP_WITH_INVALID_USER_TYPE_EXCEPTION", "Operation not valid for this user type", [name]));
      continue;
    }
    const error =
      target.name === "User" ? userError(data, object, field.name, value) : recordError(data, target, rights, field.name, value);
    if (error !== null) errors.push(error);
  }
  return errors;
}

function userError(data: OrgData, object: ObjectDefinition, field: string, id: string): SaveError | null {
  const user = data.users.find((candidate) => candidate.id === id);
  if (user === undefined) return saveError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", [field]);
  if (field !== "OwnerId") return null;
  if (!user.isActive) {
    const message = `operation performed with inactive user [${id.slice(0, 15)}] as owner of ${object.label.toLowerCase()}`;
    return saveError("INACTIVE_OWNER_OR_USER", message, [field]);
  }
  // Salesforce names no field here.
  const canRead = user.unreadable?.includes(object.name) !== true;
  return canRead ? null : saveError("TRANSFER_REQUIRES_READ", "The new owner must have read permission");
}

function recordError(data: OrgData, target: ObjectDefinition, rights: UserRights, field: string, id: string): SaveError | null {
  const table = data.table(target.name);
  if (table.getDeleted(id) !== undefined) return saveError("ENTITY_IS_DELETED", "entity is deleted", [field]);
  if (!rights.object(target).read || rights.record(id) === "hidden") {
    const message = `insufficient access rights on cross-reference id: ${id.slice(0, 15)}`;
    return saveError("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", message, [field]);
  }
  if (table.get(id) === undefined) return saveError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", [field]);
  return null;
}

/**
 * Lookups to records that their filter leaves out. Salesforce holds a save to all of a record's filters: what a lookup had before
 * its filter was made is refused too. Source: Salesforce Help, *Considerations for Lookup Filters*.
 */
export function lookupFilterErrors(data: OrgData, object: ObjectDefinition, record: Fields): SaveError[] {
  return [...object.fields.values()].flatMap(({ name, lookupFilter }) => {
    const id = record[name];
    if (lookupFilter === undefined || typeof id !== "string") return [];
    const target = [...data.metadata.values()].find(({ keyPrefix }) => id.startsWith(keyPrefix));
    const found = target === undefined ? undefined : data.table(target.name).get(id);
    if (found === undefined || lookupFilter(found.fields)) return [];
    const message = "Value does not exist or does not match filter criteria.";
    return [saveError("FIELD_FILTER_VALIDATION_EXCEPTION", message, [name])];
  });
}

/** A queue owns the records of those objects that it was made for; the sandbox's are made for leads. */
function ownedByQueues(object: ObjectDefinition): boolean {
  return object.name === "Lead";
}
