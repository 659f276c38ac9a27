import type { SalesforceValue } from "./record.ts";
import type { SalesforceField, SalesforceObjectSchema } from "./schema.ts";
import { isBlank } from "./text.ts";

/** The field on whose value the options of another depend; null where they depend on none, or it can't be read. */
export function controllerOf(field: SalesforceField, schema: SalesforceObjectSchema): SalesforceField | null {
  return field.controllerName === undefined ? null : (schema.fields[field.controllerName] ?? null);
}

/**
 * Whether an option of a dependent picklist goes with a value of its controlling field. An option that the field doesn't have
 * goes with none.
 */
export function goesWith(
  option: string,
  field: SalesforceField,
  controller: SalesforceField,
  controlling: SalesforceValue,
): boolean {
  const place = placeOf(controller, controlling);
  // Two options can have the same value: states of two countries with one code.
  return field.picklistValues.some(
    ({ value, validFor }) => value === option && (validFor === undefined || (place !== null && hasBit(validFor, place))),
  );
}

/** A checkbox controls as a picklist of false and true. Source: Salesforce's SOAP API guide, PicklistEntry. */
function placeOf(controller: SalesforceField, value: SalesforceValue): number | null {
  if (controller.type === "boolean") return value === true || value === "true" ? 1 : 0;
  if (isBlank(value)) return null;
  const place = controller.picklistValues.findIndex((option) => option.value === String(value));
  return place === -1 ? null : place;
}

/** `validFor` is a set of bits in base64, the leftmost for the first controlling value. Source: the same. */
export function hasBit(validFor: string, place: number): boolean {
  const byte = Buffer.from(validFor, "base64")[place >> 3] ?? 0;
  return (byte & (0x80 >> (place & 7))) !== 0;
}
