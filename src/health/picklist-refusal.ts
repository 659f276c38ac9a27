import { similarOption, splitOptions } from "../records/options.ts";
import { controllerOf, goesWith } from "../records/picklist-dependency.ts";
import type { SalesforceValue } from "../records/record.ts";
import type { SalesforceField } from "../records/schema.ts";
import { isBlank } from "../records/text.ts";
import { diagnoseAddress, isStateOrCountryField } from "./address-refusal.ts";
import { messageText, normaliseCause } from "./cause.ts";
import type { Diagnosis, RefusedWrite } from "./diagnosis.ts";
import type { Refusal } from "./refusal.ts";
import { refusedField, refusedValue, statedValue } from "./refused-field.ts";

/**
 * A value that a picklist refuses. The field's own description decides why: not among its active values (restricted), the same
 * option spelled differently, or active in general and not for this record's record type or controlling value.
 */
export function diagnosePicklist(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const { field, description, option } = refusedOption(refusal, write);
  if (field !== null && isStateOrCountryField(field)) return diagnoseAddress(field, refusal, write);
  const active = activeOptions(description);
  const cause = field === null ? `${refusal.code} ${normaliseCause(refusal.message, Object.values(write.fields))}` : field;
  const base = { salesforceField: field, cause: option === null ? cause : `${cause} ${option}`, value: option };
  const details = option === null ? {} : { option };
  if (description === undefined || option === null) return { type: "restricted-picklist-value", ...base, details };
  if (active.some(({ value }) => value === option)) {
    const reason = whyNotForRecord(option, description, write);
    return {
      type: "missing-picklist-option",
      ...base,
      cause: [base.cause, reason.recordType, reason.controllingField, reason.controllingValue].filter(Boolean).join(" "),
      details: { ...details, ...reason },
    };
  }
  const isInactive = description.picklistValues.some(({ value }) => value === option);
  const similar = isInactive ? null : similarOption(option, active);
  if (similar !== null) return { type: "options-mismatch", ...base, details: { ...details, expected: similar.value } };
  if (!description.restrictedPicklist) return { type: "missing-picklist-option", ...base, details };
  return { type: "restricted-picklist-value", ...base, details: { ...details, ...(isInactive ? { inactive: "yes" } : {}) } };
}

/**
 * The fields of the record that decide why it can't have an option that its field has, beside what is known of it: none where
 * the field itself or the controlling value that is at hand tells.
 */
export function unknownForPicklist(refusal: Refusal, write: RefusedWrite): readonly string[] {
  const { field, description, option } = refusedOption(refusal, write);
  if (field === null || option === null || description === undefined || isStateOrCountryField(field)) return [];
  if (!activeOptions(description).some(({ value }) => value === option)) return [];
  const { schema } = write;
  if (schema === null) return [];
  const controller = controllerOf(description, schema);
  const controlling = controller === null ? undefined : heldValue(controller.name, write);
  if (controller !== null && controlling !== undefined && !goesWith(option, description, controller, controlling)) return [];
  const hasRecordTypes = schema.fields.RecordTypeId !== undefined && schema.recordTypes?.some(({ master }) => !master);
  return [
    ...(controller !== null && controlling === undefined ? [controller.name] : []),
    ...(hasRecordTypes ? ["RecordTypeId"] : []),
  ];
}

/** The field, its description and the one option of what was written that is refused. */
export function refusedOption(
  refusal: Refusal,
  write: RefusedWrite,
): { readonly field: string | null; readonly description: SalesforceField | undefined; readonly option: string | null } {
  const field = refusedField(refusal, write) ?? fieldHolding(refusal, write);
  const description = field === null ? undefined : write.schema?.fields[field];
  const written = refusedValue(field, write) ?? (write.schema === null ? statedValue(refusal.message) : null);
  const options = written === null ? [] : description?.type === "multipicklist" ? splitOptions(written) : [written];
  const text = messageText(refusal.message);
  const active = activeOptions(description);
  const option =
    options.find((candidate) => !active.some(({ value }) => value === candidate)) ??
    options.find((candidate) => text.endsWith(`: ${messageText(candidate)}`)) ??
    written;
  return { field, description, option };
}

function activeOptions(description: SalesforceField | undefined): SalesforceField["picklistValues"] {
  return description?.picklistValues.filter(({ active }) => active) ?? [];
}

/** Why a record can't have an option that the field has: told where it is known, else that one of the two it must be. */
function whyNotForRecord(option: string, field: SalesforceField, write: RefusedWrite): Readonly<Record<string, string>> {
  const controller = write.schema === null ? null : controllerOf(field, write.schema);
  const controlling = controller === null ? undefined : heldValue(controller.name, write);
  if (controller !== null && controlling !== undefined && !goesWith(option, field, controller, controlling)) {
    return {
      reason: "controlling-field",
      controllingField: controller.name,
      controllingLabel: controller.label,
      controllingValue: isBlank(controlling) ? "" : String(controlling),
    };
  }
  const { recordType } = write;
  const isLeftOut = recordType?.picklists[field.name]?.includes(option) === false;
  return { reason: "record-type", ...(recordType !== undefined && isLeftOut ? { recordType: recordType.name } : {}) };
}

/** What the record would hold in a field after the write; undefined where that isn't known. */
function heldValue(field: string, { fields, before }: RefusedWrite): SalesforceValue | undefined {
  const written = fields[field];
  return written === undefined ? before?.[field] : written;
}

/** Without a field: the one whose written value the message ends with (`bad value for restricted picklist field: Gold`). */
function fieldHolding(refusal: Refusal, write: RefusedWrite): string | null {
  const text = messageText(refusal.message);
  const holding = Object.entries(write.fields).filter(
    ([, value]) => typeof value === "string" && value.trim() !== "" && text.endsWith(`: ${messageText(value)}`),
  );
  return holding.length === 1 ? (holding[0]?.[0] ?? null) : null;
}
