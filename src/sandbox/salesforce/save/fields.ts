import { saveError } from "../errors.ts";
import { findField, isRequired, type ObjectDefinition } from "../metadata/objects.ts";
import type { Fields, FieldValue, SaveError } from "../model.ts";
import type { UserRights } from "../rights.ts";
import { convertValue } from "./values.ts";

/** The values of a request by canonical field name, or all the errors of the stage that refuses them. */
export type CheckedFields =
  | { readonly values: Record<string, FieldValue>; readonly errors?: never }
  | { readonly errors: readonly SaveError[] };

/** Which fields exist for the user, which may be set, and whether their values fit: in this order, as Salesforce does. */
export function checkFields(
  object: ObjectDefinition,
  rights: UserRights,
  sent: Readonly<Record<string, unknown>>,
  mode: "insert" | "update",
): CheckedFields {
  const known: [string, unknown][] = [];
  const forbidden: string[] = [];
  for (const [name, value] of Object.entries(sent)) {
    const field = findField(object, name);
    if (field === undefined || !rights.field(object, field).read) {
      return { errors: [saveError("INVALID_FIELD", `No such column '${name}' on sobject of type ${object.name}`)] };
    }
    const allowed = rights.field(object, field);
    if (!(mode === "insert" ? allowed.create : allowed.edit)) forbidden.push(field.name);
    known.push([field.name, value]);
  }
  if (forbidden.length > 0) {
    return {
      errors: [
        saveError(
          "INVALID_FIELD_FOR_INSERT_UPDATE",
          `Unable to create/update fields: ${forbidden.join(", ")}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
          forbidden,
        ),
      ],
    };
  }
  const values: Record<string, FieldValue> = {};
  const errors: SaveError[] = [];
  for (const [name, value] of known) {
    const field = findField(object, name);
    if (field === undefined) continue;
    const converted = convertValue(field, value);
    if ("error" in converted) errors.push(converted.error);
    else values[field.name] = converted.value;
  }
  const unreadable = errors.find((error) => error.statusCode === "JSON_PARSER_ERROR");
  if (unreadable !== undefined) return { errors: [unreadable] };
  return errors.length > 0 ? { errors } : { values };
}

/** Defaults of an insert, before triggers. */
export function withDefaults(object: ObjectDefinition, values: Fields, ownerId: string): Record<string, FieldValue> {
  const record: Record<string, FieldValue> = {};
  for (const field of object.fields.values()) {
    record[field.name] = values[field.name] ?? field.defaultValue ?? (field.type === "boolean" ? false : null);
  }
  if (object.fields.has("OwnerId")) record.OwnerId ??= ownerId;
  return record;
}

/** Required fields that are blank in the record as it would be. Updates are only held to what they set. */
export function missingFields(object: ObjectDefinition, record: Fields, changed: Fields, mode: "insert" | "update"): SaveError[] {
  const missing: string[] = [];
  for (const field of object.fields.values()) {
    if (!isRequired(field) || (mode === "update" && !(field.name in changed))) continue;
    const value = record[field.name];
    if (value === null || value === undefined) missing.push(field.name);
  }
  if (missing.length === 0) return [];
  return [saveError("REQUIRED_FIELD_MISSING", `Required fields are missing: [${missing.join(", ")}]`, missing)];
}
