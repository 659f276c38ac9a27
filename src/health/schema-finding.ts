import type { Direction } from "../records/mapping.ts";
import type { SalesforceObject } from "../records/record.ts";
import type { SchemaProblem } from "../records/schema-checks.ts";
import { plainText } from "../records/text.ts";
import { addressCause, isCountryField, isStateOrCountryField } from "./address-refusal.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { SyncErrorType } from "./sync-errors.ts";

/**
 * The sync error that a problem with a schema means. With the Salesforce object, its cause is the same as that of Salesforce's own
 * refusal for that reason, so that both are one sync error.
 */
export function findingType(problem: SchemaProblem, direction: Direction, object: SalesforceObject | null = null): Diagnosis {
  const { kind, value, limit, details, salesforceField, hubspotProperty, fieldLabel } = problem;
  const field = direction === "hubspot-to-salesforce" ? salesforceField : hubspotProperty;
  const cause = causeOf(problem, field ?? fieldLabel);
  return {
    type: typeOf(problem, direction),
    salesforceField,
    cause: object === null ? cause : `${object}: ${cause}`,
    value: value === null ? null : plainText(value, 1_000),
    details: {
      ...(object === null ? {} : { object }),
      ...(field === null ? {} : { field }),
      fieldLabel: plainText(fieldLabel),
      ...(kind === "required" && field !== null ? { fields: field } : {}),
      ...(limit === undefined ? {} : { limit: String(limit) }),
      ...Object.fromEntries(Object.entries(details).map(([key, text]) => [key, plainText(text)])),
    },
  };
}

/** What sets one error apart from another at the same field: the owner, the option, the stage. */
function causeOf({ kind, details }: SchemaProblem, field: string): string {
  if (kind === "not-in-address-list") {
    const country = details.reason === "other-country" ? (details.country ?? null) : null;
    return plainText(addressCause(field, details.option ?? null, country), 400);
  }
  // Whatever the option, it is the property that is full.
  if (kind === "option-limit" || kind === "too-many-options") return field;
  if (details.user !== undefined) return `owner ${plainText(details.user)}`;
  return `${field} ${plainText(details.option ?? details.stage ?? "")}`.trim();
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
    case "broken-rule":
      return "invalid-value";
    case "option-limit":
    case "too-many-options":
      return "option-limit-exceeded";
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
    case "not-in-address-list":
      return "state-country-mismatch";
    case "inactive-owner":
      return "inactive-owner";
    case "owner-not-synced":
      return "owners-not-synced";
    case "unknown-stage":
      return "missing-or-invalid-stage";
  }
}
