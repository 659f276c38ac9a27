import { SALESFORCE_CHOSEN_LIMIT } from "../records/option-checks.ts";
import { splitOptions } from "../records/options.ts";
import { isBlank, plainText } from "../records/text.ts";
import { diagnoseAddress, isCountryField, isStateOrCountryField } from "./address-refusal.ts";
import { statedAddressField } from "./address-wording.ts";
import { isEntityMessage, isTriggerMessage, lacksContact, readFlowFailure, readTriggerFailure } from "./automation-message.ts";
import { messageText, normaliseCause } from "./cause.ts";
import type { Diagnosis, RefusedWrite } from "./diagnosis.ts";
import { diagnoseDuplicateRule, diagnoseDuplicateValue } from "./duplicate-refusal.ts";
import { classifyHubSpotRefusal } from "./hubspot-refusal.ts";
import { diagnosePicklist } from "./picklist-refusal.ts";
import type { Refusal } from "./refusal.ts";
import { codeOfWording } from "./refusal-wording.ts";
import { refusedField, refusedFields, refusedValue, statedLabel } from "./refused-field.ts";
import type { SyncErrorType } from "./sync-errors.ts";
import { matchingRule } from "./validation-rule.ts";
import { diagnoseId, diagnoseOwner, diagnoseWrongType, isOfAnotherObject } from "./value-refusal.ts";

/**
 * The sync error that Salesforce's (or HubSpot's) refusal of one record means. Codes and fields decide; words only where a code
 * has several meanings and they are not translated. `other` rather than a guess.
 */
export function classifyRecordRefusal(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const diagnosis = refusal.system === "hubspot" ? classifyHubSpotRefusal(refusal, write) : classify(refusal, write);
  const details = { code: refusal.code, message: plainText(messageText(refusal.message), 1_000) };
  return {
    ...diagnosis,
    cause: `${write.object}: ${plainText(diagnosis.cause, 400)}`,
    value: diagnosis.value === null ? null : plainText(diagnosis.value, 1_000),
    details: cleaned({
      ...(write.object !== "" && { object: write.object }),
      ...details,
      ...labelDetails(refusal, write),
      ...fieldDetails(diagnosis.salesforceField, write),
      ...diagnosis.details,
    }),
  };
}

function fieldDetails(field: string | null, write: RefusedWrite): Readonly<Record<string, string>> {
  if (field === null) return {};
  const label = write.schema?.fields[field]?.label;
  return { field, ...(label ? { fieldLabel: label } : {}) };
}

/** Codes whose messages begin with the field's label. */
const LABELLED: ReadonlySet<string> = new Set([
  "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
  "STRING_TOO_LONG",
  "INVALID_EMAIL_ADDRESS",
  "NUMBER_OUTSIDE_VALID_RANGE",
  "MALFORMED_ID",
]);

/** Without a schema, the label that the message itself gives. */
function labelDetails(refusal: Refusal, write: RefusedWrite): Readonly<Record<string, string>> {
  const label = write.schema === null && LABELLED.has(refusal.code) ? statedLabel(refusal.message) : null;
  return label === null ? {} : { fieldLabel: label };
}

function cleaned(details: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(details).map(([key, value]) => [key, plainText(value, 1_000)]));
}

/** The plain case: the code decides the type, the first field named is the one concerned. */
function simple(
  type: SyncErrorType,
  refusal: Refusal,
  write: RefusedWrite,
  details: Readonly<Record<string, string>> = {},
): Diagnosis {
  const field = refusedField(refusal, write);
  return { type, salesforceField: field, cause: field ?? normalised(refusal, write), value: refusedValue(field, write), details };
}

function normalised(refusal: Refusal, write: RefusedWrite): string {
  return `${refusal.code} ${normaliseCause(refusal.message, Object.values(write.fields))}`;
}

function classify(refusal: Refusal, write: RefusedWrite): Diagnosis {
  switch (refusal.code.toUpperCase()) {
    case "FIELD_CUSTOM_VALIDATION_EXCEPTION":
      return diagnoseValidationRule(refusal, write);
    case "FIELD_FILTER_VALIDATION_EXCEPTION":
      return diagnoseLookupFilter(refusal, write);
    case "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY":
    case "APEX_ERROR":
    case "APEX_FAILED":
    case "APEX_TRIGGER_COUPLING_LIMIT":
    case "CUSTOM_APEX_ERROR":
    case "SELF_REFERENCE_FROM_TRIGGER":
      return diagnoseAutomation(refusal, write);
    case "CANNOT_EXECUTE_FLOW_TRIGGER":
    case "FLOW_EXCEPTION":
    case "MAX_DEPTH_IN_FLOW_EXECUTION":
    case "SELF_REFERENCE_FROM_FLOW":
      return diagnoseFlow(refusal, write);
    case "UNKNOWN_EXCEPTION":
      return diagnoseUnknown(refusal, write);
    case "DUPLICATES_DETECTED":
      return diagnoseDuplicateRule(refusal, write);
    case "DUPLICATE_VALUE":
    case "DUPLICATE_EXTERNAL_ID":
      return diagnoseDuplicateValue(refusal, write);
    case "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY":
    case "INVALID_CROSS_REFERENCE_KEY":
    case "ENTITY_IS_DELETED":
    case "NOT_FOUND":
    case "MISSING_RECORD":
      return simple("insufficient-access-or-missing-record", refusal, write);
    case "INVALID_FIELD_FOR_INSERT_UPDATE":
    case "FIELD_NOT_UPDATABLE":
      return diagnoseFieldPermission(refusal, write);
    case "INVALID_FIELD":
      return diagnoseInvalidField(refusal, write);
    case "INSUFFICIENT_ACCESS":
    case "INSUFFICIENT_ACCESS_OR_READONLY":
    case "ENTITY_IS_LOCKED":
    case "TXN_SECURITY_NO_ACCESS":
      return simple("insufficient-access", refusal, write);
    case "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST":
      return diagnosePicklist(refusal, write);
    case "TOO_MANY_ENUM_VALUE":
      return simple("option-limit-exceeded", refusal, write, chosenTooMany(refusedField(refusal, write), write));
    case "FIELD_INTEGRITY_EXCEPTION":
      return diagnoseIntegrity(refusal, write);
    case "INACTIVE_OWNER_OR_USER":
      return diagnoseOwner("inactive-owner", refusal, write);
    case "OP_WITH_INVALID_USER_TYPE_EXCEPTION":
      return diagnoseOwner("owner-assignment", refusal, write);
    case "REQUIRED_FIELD_MISSING":
      return diagnoseRequired(refusal, write);
    case "STRING_TOO_LONG":
      return diagnoseLength(refusal, write);
    case "INVALID_EMAIL_ADDRESS":
      return simple("invalid-email", refusal, write);
    case "MALFORMED_ID":
    case "INVALID_ID_FIELD":
    case "INVALID_CROSS_REFERENCE_TYPE_FOR_FIELD":
      return diagnoseId(refusal, write);
    case "JSON_PARSER_ERROR":
      // The same code is given for a body that is no JSON at all: a fault of the client, in English as the parser's.
      return /deserialize/i.test(refusal.message) ? diagnoseWrongType(refusal, write) : other(refusal, write);
    case "INVALID_TYPE_ON_FIELD_IN_RECORD":
      return diagnoseWrongType(refusal, write);
    case "INVALID_OPERATION":
      return isQueueRefused(refusal) ? diagnoseOwner("owner-assignment", refusal, write) : other(refusal, write);
    case "INVALID_EMPTY_KEY_OWNER":
      return { ...simple("missing-required-value", refusal, write), salesforceField: "OwnerId" };
    case "INVALID_TYPE":
      return simple("insufficient-access", refusal, write);
    case "INVALID_CURRENCY_ISO":
    case "TEXT_DATA_OUTSIDE_SUPPORTED_CHARSET":
    case "NUMBER_OUTSIDE_VALID_RANGE":
      return simple("invalid-value", refusal, write);
    default:
      return other(refusal, write);
  }
}

function other(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const field = refusedField(refusal, write);
  return {
    type: "other",
    salesforceField: field,
    cause: normalised(refusal, write),
    value: refusedValue(field, write),
    details: {},
  };
}

function diagnoseValidationRule(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const rule = matchingRule(refusal.message, refusal.fields, write.validationRules);
  const field = refusedField(refusal, write);
  return {
    type: "custom-validation-rule",
    salesforceField: field,
    cause: rule === null ? normalised(refusal, write) : `rule ${rule}`,
    value: refusedValue(field, write),
    details: rule === null ? (write.schema === null ? { unread: "rules" } : {}) : { rule },
  };
}

function diagnoseLookupFilter(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const value = refusedValue(refusedField(refusal, write), write);
  return simple("custom-validation-rule", refusal, write, { filter: "lookup filter", ...(value === null ? {} : { value }) });
}

function diagnoseAutomation(refusal: Refusal, write: RefusedWrite): Diagnosis {
  if (refusal.code.toUpperCase() === "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY") {
    if (isEntityMessage(refusal.message)) return simple("insufficient-access", refusal, write);
    const isFlow =
      !isTriggerMessage(refusal.message) && codeOfWording(messageText(refusal.message)) === "CANNOT_EXECUTE_FLOW_TRIGGER";
    if (isFlow) return diagnoseFlow(refusal, write);
  }
  if (lacksContact(refusal.message)) return missingContact(refusal, write);
  const { name, inner, line } = readTriggerFailure(refusal.message);
  const innerRule = inner && matchingRule(inner.message, [], write.validationRules);
  return {
    type: "salesforce-automation",
    salesforceField: refusedField(refusal, write),
    cause: name === null ? normalised(refusal, write) : `trigger ${name} ${innerCause(inner, innerRule, write)}`.trim(),
    value: null,
    details: {
      ...(name === null ? {} : { trigger: name }),
      ...(inner === null ? {} : { innerCode: inner.code, innerMessage: inner.message }),
      ...(innerRule === null ? {} : { rule: innerRule }),
      ...(line === null ? {} : { line }),
    },
  };
}

/** Salesforce gives its code for internal errors to automations too that fail within a conversion or an action. */
function diagnoseUnknown(refusal: Refusal, write: RefusedWrite): Diagnosis {
  if (isTriggerMessage(refusal.message)) return diagnoseAutomation(refusal, write);
  const isFlow = codeOfWording(messageText(refusal.message)) === "CANNOT_EXECUTE_FLOW_TRIGGER";
  return isFlow ? diagnoseFlow(refusal, write) : other(refusal, write);
}

/** The automation asks for a contact: what is missing is named, not the automation. */
function missingContact(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const field = /\b(?:ContactId|WhoId)\b/.exec(refusal.message)?.[0] ?? null;
  const { name } = readTriggerFailure(refusal.message);
  return {
    type: "missing-contact-id",
    salesforceField: field,
    cause: `${field} ${name ?? normalised(refusal, write)}`,
    value: null,
    details: { ...(field === null ? {} : { fields: field }), ...(name === null ? {} : { trigger: name }) },
  };
}

function diagnoseFlow(refusal: Refusal, write: RefusedWrite): Diagnosis {
  if (lacksContact(refusal.message)) return missingContact(refusal, write);
  const { name, inner } = readFlowFailure(refusal.message);
  const innerRule = inner && matchingRule(inner.message, [], write.validationRules);
  return {
    type: "salesforce-flow",
    salesforceField: refusedField(refusal, write),
    cause: name === null ? normalised(refusal, write) : `flow ${name} ${innerCause(inner, innerRule, write)}`.trim(),
    value: null,
    details: {
      ...(name === null ? {} : { flow: name }),
      ...(inner === null ? {} : { innerCode: inner.code, innerMessage: inner.message }),
      ...(innerRule === null ? {} : { rule: innerRule }),
    },
  };
}

/** One automation can fail for several reasons: each is an error of its own. */
function innerCause(
  inner: { readonly code: string; readonly message: string } | null,
  rule: string | null,
  write: RefusedWrite,
): string {
  if (inner === null) return "";
  return `${inner.code} ${rule ?? normaliseCause(inner.message, Object.values(write.fields))}`;
}

function diagnoseFieldPermission(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const fields = refusedFields(refusal, write);
  const field = fields[0] ?? null;
  return {
    type: "field-permission",
    salesforceField: field,
    cause: fields.length > 0 ? fields.toSorted().join(", ") : normalised(refusal, write),
    value: refusedValue(field, write),
    details: fields.length > 1 ? { fields: fields.join(", ") } : {},
  };
}

/** "No such column": the user may not read it. On a field that the user sees, the value is what is wrong. */
function diagnoseInvalidField(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const field = refusedField(refusal, write);
  const column = /'([\w.]+)'/.exec(messageText(refusal.message))?.[1] ?? null;
  if (column === null || /not a valid value|deserialize/i.test(refusal.message)) return invalidField(field, refusal, write);
  const named = field ?? column;
  if (write.schema !== null && write.schema.fields[named] !== undefined) return simple("invalid-value", refusal, write);
  return { type: "field-permission", salesforceField: named, cause: named, value: refusedValue(named, write), details: {} };
}

/** The Bulk API gives the same code to a value that it cannot read as the field's type. */
function invalidField(field: string | null, refusal: Refusal, write: RefusedWrite): Diagnosis {
  if (/not a valid value|deserialize/i.test(refusal.message)) return simple("invalid-value", refusal, write);
  if (field === null) return other(refusal, write);
  const isShown = write.schema?.fields[field] !== undefined;
  return simple(isShown ? "invalid-value" : "field-permission", refusal, write);
}

function diagnoseIntegrity(refusal: Refusal, write: RefusedWrite): Diagnosis {
  if (isQueueRefused(refusal)) return diagnoseOwner("owner-assignment", refusal, write);
  const field = refusedFields(refusal, write).find(isStateOrCountryField) ?? statedAddressField(refusal);
  if (field !== null) return diagnoseAddress(field, refusal, write);
  return isOfAnotherObject(refusal, write) ? diagnoseId(refusal, write) : other(refusal, write);
}

/** Whether a queue was to own a record of an object that it doesn't take. */
function isQueueRefused({ message }: Refusal): boolean {
  return /queue not associated|owner\s*id\b.{0,80}\b00G[a-zA-Z0-9]{12}/i.test(message);
}

function diagnoseRequired(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const fields = refusedFields(refusal, write);
  const cause = fields.length > 0 ? fields.toSorted().join(", ") : normalised(refusal, write);
  const base = {
    salesforceField: fields[0] ?? null,
    cause,
    value: null,
    details: fields.length > 0 ? { fields: fields.join(", ") } : {},
  };
  if (fields.some((field) => field === "ContactId" || field === "WhoId")) return { type: "missing-contact-id", ...base };
  if (fields.length > 0 && fields.every(isCountryField)) return { type: "missing-required-country", ...base };
  return { type: "missing-required-value", ...base };
}

/** How many options a multi-select picklist was given. */
function chosenTooMany(field: string | null, write: RefusedWrite): Readonly<Record<string, string>> {
  const value = refusedValue(field, write);
  return { limit: String(SALESFORCE_CHOSEN_LIMIT), chosen: isBlank(value) ? "more" : String(splitOptions(value).length) };
}

function diagnoseLength(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const field = refusedField(refusal, write);
  const value = refusedValue(field, write);
  // "(max length=80)", in the user's language.
  const stated = /[(（][^()（）]{0,60}[=:：] ?(\d+)[)）]\.?$/.exec(messageText(refusal.message))?.[1];
  const limit = (field === null ? 0 : write.schema?.fields[field]?.length) || Number(stated ?? 0);
  return {
    type: "string-too-long",
    salesforceField: field,
    cause: field ?? normalised(refusal, write),
    value,
    details: { ...(limit > 0 ? { limit: String(limit) } : {}), ...(isBlank(value) ? {} : { length: String(value.length) }) },
  };
}
