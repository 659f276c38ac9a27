import { saveError } from "../errors.ts";
import { normalizeId } from "../ids.ts";
import { isRequired } from "../metadata/objects.ts";
import type { FieldDefinition, FieldValue, SaveError } from "../model.ts";
import { parseDate, parseDateTime } from "../timestamps.ts";

export type Converted = { readonly value: FieldValue } | { readonly error: SaveError };

/** As RFC 2822 has it, a local part has no dot at its ends and no two in a row. Source: Salesforce's help on valid addresses. */
const EMAIL = /^(?!\.)(?!.*\.\.)(?!.*\.@)[^\s@,;:"()<>[\]\\]+@[^\s@,;:"()<>[\]\\.]+(?:\.[^\s@,;:"()<>[\]\\.]+)+$/;

function undeserializable(field: FieldDefinition, value: unknown, type: string): Converted {
  const token = typeof value === "string" ? "VALUE_STRING" : typeof value === "number" ? "VALUE_NUMBER_FLOAT" : "START_OBJECT";
  const shown = typeof value === "object" ? JSON.stringify(value) : String(value);
  const column = field.name.length + 6;
  return {
    error: saveError(
      "JSON_PARSER_ERROR",
      `Cannot deserialize instance of ${type} from ${token} value ${shown} or request may be missing a required field at [line:1, column:${column}]`,
      [field.name],
    ),
  };
}

function convertText(field: FieldDefinition, value: string): Converted {
  const trimmed = value.trim();
  if (trimmed === "") return { value: null };
  if (field.length !== undefined && trimmed.length > field.length) {
    const message = `${field.label}: data value too large: ${trimmed} (max length=${field.length})`;
    return { error: saveError("STRING_TOO_LONG", message, [field.name]) };
  }
  if (field.type === "email" && !EMAIL.test(trimmed)) {
    return { error: saveError("INVALID_EMAIL_ADDRESS", `${field.label}: invalid email address: ${trimmed}`, [field.name]) };
  }
  return { value: trimmed };
}

function convertNumber(field: FieldDefinition, value: unknown, type: string): Converted {
  const number =
    typeof value === "number" ? value : typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
  if (value === "") return { value: null };
  if (!Number.isFinite(number)) return undeserializable(field, value, type);
  if (type === "int" && !Number.isInteger(number)) return undeserializable(field, value, type);
  const digits = (field.precision ?? 18) - (field.scale ?? 0);
  if (Math.abs(number) >= 10 ** digits) {
    const message = `${field.label}: value outside of valid range on numeric field: ${number}`;
    return { error: saveError("NUMBER_OUTSIDE_VALID_RANGE", message, [field.name]) };
  }
  const power = 10 ** (field.scale ?? 0);
  const rounded = Math.round(number * power) / power;
  return { value: Number.isFinite(rounded) ? rounded : number };
}

/** Options that one value can have. Source: Salesforce's help, *General Size Limits on Fields*. */
const MOST_CHOSEN = 100;

function convertPicklist(field: FieldDefinition, value: string): Converted {
  const converted = convertText(field, value);
  if ("error" in converted || converted.value === null) return converted;
  const chosen = field.type === "multipicklist" ? String(converted.value).split(";") : [String(converted.value)];
  if (chosen.length > MOST_CHOSEN) {
    const message = `${field.label}: too many values were selected: ${chosen.length} (at most ${MOST_CHOSEN})`;
    return { error: saveError("TOO_MANY_ENUM_VALUE", message, [field.name]) };
  }
  if (field.restrictedPicklist !== true) return converted;
  const options = field.picklistValues ?? [];
  const bad = chosen.find((one) => !options.some((option) => option.active && option.value === one.trim()));
  if (bad === undefined) return converted;
  return {
    error: saveError(
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      `${field.label}: bad value for restricted picklist field: ${bad}`,
      [field.name],
    ),
  };
}

/** A value of a request as the field stores it, or why the field does not take it. Says nothing of references' targets. */
export function convertValue(field: FieldDefinition, value: unknown): Converted {
  if (value === null || value === undefined) {
    return { value: field.type === "boolean" && !isRequired(field) ? false : null };
  }
  if (typeof value === "object") return undeserializable(field, value, field.type);
  switch (field.type) {
    case "boolean":
      if (value === true || value === "true" || value === 1) return { value: true };
      if (value === false || value === "false" || value === 0) return { value: false };
      return undeserializable(field, value, "boolean");
    case "int":
      return convertNumber(field, value, "int");
    case "double":
    case "currency":
    case "percent":
      return convertNumber(field, value, "double");
    case "date":
    case "datetime": {
      if (value === "") return { value: null };
      const parsed = typeof value !== "string" ? null : field.type === "date" ? parseDate(value) : parseDateTime(value);
      return parsed === null ? undeserializable(field, value, field.type) : { value: parsed };
    }
    case "reference":
    case "id": {
      if (value === "") return { value: null };
      const id = normalizeId(value);
      if (id !== null) return { value: id };
      return { error: saveError("MALFORMED_ID", `${field.label}: id value of incorrect type: ${String(value)}`, [field.name]) };
    }
    case "picklist":
    case "multipicklist":
      return convertPicklist(field, String(value));
    default:
      return convertText(field, String(value));
  }
}
