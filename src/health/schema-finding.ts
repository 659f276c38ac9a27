import type { Direction } from "../records/mapping.ts";
import type { SchemaProblem } from "../records/schema-checks.ts";
import { plainText } from "../records/text.ts";
import { isCountryField, isStateOrCountryField } from "./address-refusal.ts";
import type { Diagnosis } from "./record-refusal.ts";
import type { SyncErrorType } from "./sync-errors.ts";

/** The sync error that a problem with a schema means. */
export function findingType(problem: SchemaProblem, direction: Direction): Diagnosis {
  const { kind, value, limit, details, salesforceField, hubspotProperty, fieldLabel } = problem;
  const field = direction === "hubspot-to-salesforce" ? salesforceField : hubspotProperty;
  return {
    type: typeOf(problem, direction),
    salesforceField,
    cause: [kind, field ?? fieldLabel, ownCause(problem)].filter((part) => part !== "").join(" "),
    value: value === null ? null : plainText(value, 1_000),
    details: {
      ...(field === null ? {} : { field }),
      fieldLabel: plainText(fieldLabel),
      ...(kind === "required" && field !== null ? { fields: field } : {}),
      ...(limit === undefined ? {} : { limit: String(limit) }),
      ...Object.fromEntries(Object.entries(details).map(([key, text]) => [key, plainText(text)])),
    },
  };
}

/** What sets one error apart from another at the same field: the option, the owner, the stage. */
function ownCause({ details }: SchemaProblem): string {
  return plainText(details.option ?? details.user ?? details.owner ?? details.stage ?? "");
}

function typeOf({ kind, salesforceField, value, certain }: SchemaProblem, direction: Direction): SyncErrorType {
  const toSalesforce = direction === "hubspot-to-salesforce";
  const isAddress = toSalesforce && salesforceField !== null && isStateOrCountryField(salesforceField);
  switch (kind) {
    case "read-only":
      return toSalesforce ? "field-permission" : "type-mismatch";
    case "required":
      return toSalesforce && salesforceField !== null && isCountryField(salesforceField)
        ? "missing-required-country"
        : "missing-required-value";
    case "too-long":
      return "string-too-long";
    case "not-a-number":
    case "out-of-range":
    case "not-a-date":
    case "not-a-boolean":
      return "invalid-value";
    case "not-an-email":
      return "invalid-email";
    case "not-an-id":
      return "missing-salesforce-id";
    case "wrong-id":
      return value?.startsWith("00G") && salesforceField === "OwnerId" ? "owner-assignment" : "invalid-salesforce-id";
    case "wrong-type":
      return "type-mismatch";
    case "option-spelled-differently":
      return isAddress ? "state-country-mismatch" : "options-mismatch";
    case "not-an-option":
      if (!toSalesforce) return "options-mismatch";
      return isAddress && certain ? "state-country-mismatch" : "missing-picklist-option";
    case "restricted-option":
      return isAddress ? "state-country-mismatch" : "restricted-picklist-value";
    case "inactive-owner":
      return "inactive-owner";
    case "owner-not-synced":
      return "owners-not-synced";
    case "unknown-stage":
      return "missing-or-invalid-stage";
  }
}
