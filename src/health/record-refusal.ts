import { isBlank, plainText } from "../records/text.ts";
import { diagnoseAddress, isCountryField, isStateOrCountryField } from "./address-refusal.ts";
import { isTriggerMessage, readFlowFailure, readTriggerFailure } from "./automation-message.ts";
import { messageText, normaliseCause } from "./cause.ts";
import type { Diagnosis, RefusedWrite } from "./diagnosis.ts";
import { diagnoseDuplicateRule, diagnoseDuplicateValue } from "./duplicate-refusal.ts";
import { classifyHubSpotRefusal } from "./hubspot-refusal.ts";
import { diagnosePicklist } from "./picklist-refusal.ts";
import type { Refusal } from "./refusal.ts";
import { refusedField, refusedFields, refusedValue } from "./refused-field.ts";
import type { SyncErrorType } from "./sync-errors.ts";
import { matchingRule } from "./validation-rule.ts";
import { diagnoseId, diagnoseOwner, diagnoseWrongType, isOfAnotherObject } from "./value-refusal.ts";

/**
 * The sync error that Salesforce's (or HubSpot's) refusal of one record means. Codes and fields decide; words only where a code
 * has several meanings and they are not translated. `other` rather than a guess.
 */
export function classifyRecordRefusal(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const diagnosis = refusal.system === "hubspot" ? classifyHubSpotRefusal(refusal, write) : classify(refusal, write);
  const details = { object: write.object, code: refusal.code, message: plainText(messageText(refusal.message), 1_000) };
  return {
    ...diagnosis,
    cause: `${write.object}: ${plainText(diagnosis.cause, 400)}`,
    value: diagnosis.value === null ? null : plainText(diagnosis.value, 1_000),
    details: cleaned({ ...details, ...fieldDetails(diagnosis.salesforceField, write), ...diagnosis.details }),
  };
}

function fieldDetails(field: string | null, write: RefusedWrite): Readonly<Record<string, string>> {
  if (field === null) return {};
  const label = write.schema?.fields[field]?.label;
  return { field, ...(label ? { fieldLabel: label } : {}) };
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
      return simple("custom-validation-rule", refusal, write, { filter: "lookup filter" });
    case "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY":
    case "APEX_ERROR":
    case "APEX_FAILED":
      return diagnoseAutomation(refusal, write);
    case "CANNOT_EXECUTE_FLOW_TRIGGER":
    case "FLOW_EXCEPTION":
      return diagnoseFlow(refusal, write);
    case "DUPLICATES_DETECTED":
      return diagnoseDuplicateRule(refusal, write);
    case "DUPLICATE_VALUE":
    case "DUPLICATE_EXTERNAL_ID":
      return diagnoseDuplicateValue(refusal, write);
    case "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY":
    case "INVALID_CROSS_REFERENCE_KEY":
    case "INVALID_CROSS_REFERENCE_TYPE_FOR_FIELD":
    case "ENTITY_IS_DELETED":
    case "NOT_FOUND":
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
      return simple("option-limit-exceeded", refusal, write);
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
      return diagnoseId(refusal, write);
    case "JSON_PARSER_ERROR":
    case "INVALID_TYPE_ON_FIELD_IN_RECORD":
      return diagnoseWrongType(refusal, write);
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
    details: rule === null ? {} : { rule },
  };
}

function diagnoseAutomation(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const isTrigger = isTriggerMessage(refusal.message);
  if (!isTrigger && /entity type cannot be (?:inserted|updated)/i.test(refusal.message)) {
    return simple("insufficient-access", refusal, write);
  }
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

function diagnoseFlow(refusal: Refusal, write: RefusedWrite): Diagnosis {
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
  const named = field ?? column;
  if (named === null) return other(refusal, write);
  if (write.schema !== null && write.schema.fields[named] !== undefined) return simple("invalid-value", refusal, write);
  return { type: "field-permission", salesforceField: named, cause: named, value: refusedValue(named, write), details: {} };
}

function diagnoseIntegrity(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const field = refusedFields(refusal, write).find(isStateOrCountryField);
  if (field !== undefined) return diagnoseAddress(field, refusal, write);
  return isOfAnotherObject(refusal, write) ? diagnoseId(refusal, write) : other(refusal, write);
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

function diagnoseLength(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const field = refusedField(refusal, write);
  const value = refusedValue(field, write);
  const stated = /\(?max(?:imum)? length ?[=:] ?(\d+)\)?\.?$/i.exec(refusal.message.trim())?.[1];
  const limit = (field === null ? 0 : write.schema?.fields[field]?.length) || Number(stated ?? 0);
  return {
    type: "string-too-long",
    salesforceField: field,
    cause: field ?? normalised(refusal, write),
    value,
    details: { ...(limit > 0 ? { limit: String(limit) } : {}), ...(isBlank(value) ? {} : { length: String(value.length) }) },
  };
}
