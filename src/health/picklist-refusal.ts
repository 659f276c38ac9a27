import { similarOption, splitOptions } from "../records/options.ts";
import { diagnoseAddress, isStateOrCountryField } from "./address-refusal.ts";
import { messageText, normaliseCause } from "./cause.ts";
import type { Diagnosis, RefusedWrite } from "./diagnosis.ts";
import type { Refusal } from "./refusal.ts";
import { refusedField, refusedValue } from "./refused-field.ts";

/**
 * A value that a picklist refuses. The field's own description decides why: not among its active values (restricted), the same
 * option spelled differently, or active in general and not for this record type or controlling value.
 */
export function diagnosePicklist(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const field = refusedField(refusal, write) ?? fieldHolding(refusal, write);
  if (field !== null && isStateOrCountryField(field)) return diagnoseAddress(field, refusal, write);
  const description = field === null ? undefined : write.schema?.fields[field];
  const written = refusedValue(field, write);
  const active = description?.picklistValues.filter((option) => option.active) ?? [];
  const options = written === null ? [] : description?.type === "multipicklist" ? splitOptions(written) : [written];
  const option = options.find((candidate) => !active.some(({ value }) => value === candidate)) ?? written;
  const cause = field === null ? `${refusal.code} ${normaliseCause(refusal.message, Object.values(write.fields))}` : field;
  const base = { salesforceField: field, cause: option === null ? cause : `${cause} ${option}`, value: option };
  const details = option === null ? {} : { option };
  if (description === undefined || option === null) return { type: "restricted-picklist-value", ...base, details };
  if (active.some(({ value }) => value === option)) {
    return { type: "missing-picklist-option", ...base, details: { ...details, reason: "record-type" } };
  }
  const isInactive = description.picklistValues.some(({ value }) => value === option);
  const similar = isInactive ? null : similarOption(option, active);
  if (similar !== null) return { type: "options-mismatch", ...base, details: { ...details, expected: similar.value } };
  if (!description.restrictedPicklist) return { type: "missing-picklist-option", ...base, details };
  return { type: "restricted-picklist-value", ...base, details: { ...details, ...(isInactive ? { inactive: "yes" } : {}) } };
}

/** Without a field: the one whose written value the message ends with (`bad value for restricted picklist field: Gold`). */
function fieldHolding(refusal: Refusal, write: RefusedWrite): string | null {
  const text = messageText(refusal.message);
  const holding = Object.entries(write.fields).filter(
    ([, value]) => typeof value === "string" && value.trim() !== "" && text.endsWith(`: ${messageText(value)}`),
  );
  return holding.length === 1 ? (holding[0]?.[0] ?? null) : null;
}
