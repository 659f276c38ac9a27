import type { AccountRefusal } from "../hubspot/model.ts";
import type { FieldDefinition, SaveError } from "../salesforce/model.ts";
import type { SyncMapping } from "./mapping.ts";

export type SyncDirection = "hubspot-to-salesforce" | "salesforce-to-hubspot";

/** Why a record does not sync, in HubSpot's category and type. */
export interface SyncFailure {
  readonly category: string;
  readonly type: string;
  readonly direction: SyncDirection;
  /** API name of the Salesforce field concerned. */
  readonly field: string | null;
  /** Name of the HubSpot property concerned. */
  readonly property: string | null;
  /** What refused, in its own words. */
  readonly message: string;
}

const CATEGORY_OF: Readonly<Record<string, string>> = {
  "association-limit-reached": "associations",
  "waiting-for-account": "associations",
  "salesforce-automation": "custom-code",
  "missing-contact-id": "custom-code",
  "custom-validation-rule": "custom-code",
  "salesforce-flow": "custom-code",
  "email-already-in-use": "duplicates",
  "salesforce-duplicate-rule": "duplicates",
  "insufficient-access-or-missing-record": "permissions",
  "field-permission": "permissions",
  "insufficient-access": "permissions",
  "missing-picklist-option": "picklists",
  "state-country-mismatch": "picklists",
  "options-mismatch": "picklists",
  "inactive-owner": "picklists",
  "restricted-picklist-value": "picklists",
  "inactive-opportunity-stage": "picklists",
  "owners-not-synced": "picklists",
  "option-limit-exceeded": "picklists",
  "default-sales-process-unavailable": "picklists",
  "missing-or-invalid-stage": "picklists",
  "type-mismatch": "property-mappings",
  "missing-salesforce-id": "property-mappings",
  "invalid-salesforce-id": "property-mappings",
  "string-too-long": "property-values",
  "invalid-email": "property-values",
  "missing-required-country": "property-values",
  "invalid-value": "property-values",
  "owner-assignment": "property-values",
  "restricted-unique-value": "property-values",
  "missing-required-value": "property-values",
};

const TYPE_BY_SALESFORCE_CODE: Readonly<Record<string, string>> = {
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: "salesforce-automation",
  APEX_ERROR: "salesforce-automation",
  FIELD_CUSTOM_VALIDATION_EXCEPTION: "custom-validation-rule",
  FIELD_FILTER_VALIDATION_EXCEPTION: "custom-validation-rule",
  CANNOT_EXECUTE_FLOW_TRIGGER: "salesforce-flow",
  DUPLICATES_DETECTED: "salesforce-duplicate-rule",
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: "insufficient-access-or-missing-record",
  INVALID_CROSS_REFERENCE_KEY: "insufficient-access-or-missing-record",
  ENTITY_IS_DELETED: "insufficient-access-or-missing-record",
  NOT_FOUND: "insufficient-access-or-missing-record",
  INVALID_FIELD_FOR_INSERT_UPDATE: "field-permission",
  INSUFFICIENT_ACCESS_OR_READONLY: "insufficient-access",
  INSUFFICIENT_ACCESS: "insufficient-access",
  ENTITY_IS_LOCKED: "insufficient-access",
  TXN_SECURITY_NO_ACCESS: "insufficient-access",
  INACTIVE_OWNER_OR_USER: "inactive-owner",
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: "restricted-picklist-value",
  TOO_MANY_ENUM_VALUE: "option-limit-exceeded",
  JSON_PARSER_ERROR: "type-mismatch",
  INVALID_TYPE_ON_FIELD_IN_RECORD: "type-mismatch",
  MALFORMED_ID: "invalid-salesforce-id",
  STRING_TOO_LONG: "string-too-long",
  INVALID_EMAIL_ADDRESS: "invalid-email",
  NUMBER_OUTSIDE_VALID_RANGE: "invalid-value",
  OP_WITH_INVALID_USER_TYPE_EXCEPTION: "owner-assignment",
  DUPLICATE_VALUE: "restricted-unique-value",
  REQUIRED_FIELD_MISSING: "missing-required-value",
};

export function syncFailure(
  type: string,
  direction: SyncDirection,
  message: string,
  mapping?: Pick<SyncMapping, "field" | "property"> | null,
): SyncFailure {
  return {
    category: CATEGORY_OF[type] ?? "other",
    type,
    direction,
    field: mapping?.field ?? null,
    property: mapping?.property ?? null,
    message,
  };
}

/** What HubSpot calls Salesforce's refusal of a record. `fields` are those of the record's object. */
export function failureFromSalesforce(
  error: SaveError,
  mappings: readonly SyncMapping[],
  fields: ReadonlyMap<string, FieldDefinition>,
): SyncFailure {
  const type = typeOfSalesforceError(error, fields);
  const named = error.fields[0] ?? (type === "missing-contact-id" ? (WANTED_CONTACT.exec(error.message)?.[1] ?? null) : null);
  const field = type === "missing-required-country" ? (named?.replace(/State(Code)?$/, "Country") ?? null) : named;
  const mapping = mappings.find((candidate) => candidate.field === field);
  return { ...syncFailure(type, "hubspot-to-salesforce", error.message, mapping), field };
}

/** Salesforce says the same of a value that is no id and of an id of something else: HubSpot tells them apart by the value. */
const WRONG_ID = /: id value of incorrect type: (.*)$/;

/** The save itself, or what an automation tried to save besides, lacks a contact. */
const WANTED_CONTACT = /\bREQUIRED_FIELD_MISSING\b.*\[(ContactId|WhoId)\]/s;

function typeOfSalesforceError(error: SaveError, fields: ReadonlyMap<string, FieldDefinition>): string {
  const refusedId = WRONG_ID.exec(error.message)?.[1];
  if (refusedId !== undefined) {
    return /^(?=.*\d)\w{15}(?:\w{3})?$/.test(refusedId) ? "invalid-salesforce-id" : "missing-salesforce-id";
  }
  if (error.statusCode === "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST") return typeOfRefusedOption(error, fields);
  if (WANTED_CONTACT.test(`${error.statusCode} ${error.message}`)) return "missing-contact-id";
  if (error.statusCode !== "FIELD_INTEGRITY_EXCEPTION") return TYPE_BY_SALESFORCE_CODE[error.statusCode] ?? "other";
  const onAddress = error.fields.some((field) => /(State|Country)(Code)?$/.test(field));
  if (!onAddress) return "other";
  return /must be specified/i.test(error.message) ? "missing-required-country" : "state-country-mismatch";
}

/** HubSpot sees in the describe that an option is there, and yet not for this record. */
function typeOfRefusedOption(error: SaveError, fields: ReadonlyMap<string, FieldDefinition>): string {
  const field = fields.get(error.fields[0] ?? "");
  if (field?.compoundFieldName !== undefined) return "state-country-mismatch";
  const isThere = field?.picklistValues?.some(({ value, active }) => active && error.message.endsWith(`: ${value}`));
  return isThere ? "missing-picklist-option" : "restricted-picklist-value";
}

const TYPE_BY_HUBSPOT_CODE: Readonly<Record<string, string>> = {
  INVALID_OPTION: "options-mismatch",
  INVALID_EMAIL: "invalid-email",
  CONFLICTING_UNIQUE_VALUE: "restricted-unique-value",
  INVALID_OWNER_ID: "owners-not-synced",
  PROPERTY_TOO_LARGE: "string-too-long",
  INVALID_MIN_LENGTH: "missing-required-value",
};

/** Codes of a value that is none of its property's type: whose fault that is, the types of the mapping's two ends say. */
const WRONG_TYPE_CODES: ReadonlySet<string> = new Set(["INVALID_INTEGER", "INVALID_LONG", "INVALID_DATE", "INVALID_OPTION"]);

/** What HubSpot calls its own refusal of a record from Salesforce. */
export function failuresFromHubSpot(
  refusal: AccountRefusal,
  mappings: readonly SyncMapping[],
  fitsType: (mapping: SyncMapping) => boolean,
): readonly SyncFailure[] {
  const mappingOf = (property: string | undefined) => mappings.find((candidate) => candidate.property === property);
  if (refusal.status === 409) {
    return [syncFailure("email-already-in-use", "salesforce-to-hubspot", refusal.message, mappingOf("email"))];
  }
  if (refusal.context?.properties) {
    return refusal.context.properties.map((property) => {
      const mapping = mappingOf(property) ?? null;
      return { ...syncFailure("missing-required-value", "salesforce-to-hubspot", refusal.message, mapping), property };
    });
  }
  const errors = refusal.errors ?? [{ message: refusal.message }];
  return errors.map((error) => {
    const property = error.context?.propertyName?.[0];
    const mapping = mappingOf(property);
    const type = typeOfHubSpotError(error.code, property, mapping === undefined || fitsType(mapping));
    return syncFailure(type, "salesforce-to-hubspot", error.message, mapping);
  });
}

function typeOfHubSpotError(code: string | undefined, property: string | undefined, typesFit: boolean): string {
  if (property === "dealstage" || property === "pipeline") return "missing-or-invalid-stage";
  if (code === undefined) return "other";
  if (!typesFit && WRONG_TYPE_CODES.has(code)) return "type-mismatch";
  return TYPE_BY_HUBSPOT_CODE[code] ?? (property ? "invalid-value" : "other");
}
