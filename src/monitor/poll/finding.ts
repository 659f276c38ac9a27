import type { Diagnosis } from "../../health/diagnosis.ts";
import type { Refusal } from "../../health/refusal.ts";
import type { Finding, RecordReference } from "../../health/sync-errors.ts";
import type { FieldMapping } from "../../records/mapping.ts";
import type { SchemaProblem } from "../../records/schema-checks.ts";

/** The HubSpot property that is mapped to a Salesforce field. */
export function propertyOf(mappings: readonly FieldMapping[], salesforceField: string | null): string | null {
  return mappings.find((mapping) => mapping.salesforceField === salesforceField)?.hubspotProperty ?? null;
}

/** What a diagnosis means for a record that HubSpot would write to Salesforce. */
export function toFinding(
  { type, salesforceField, cause, value, details }: Diagnosis,
  record: RecordReference,
  mappings: readonly FieldMapping[],
  evidence: Finding["evidence"],
): Finding {
  return {
    type,
    direction: "hubspot-to-salesforce",
    record,
    hubspotProperty: propertyOf(mappings, salesforceField),
    salesforceField,
    cause,
    value,
    details,
    evidence,
  };
}

/** Salesforce's refusal of a record as evidence, with the names that were found for what it doesn't name. */
export function recordRefusalStatement({ code, message }: Refusal, diagnosis: Diagnosis): string {
  const said = `Salesforce answered ${code} to the integration user: ${message}`;
  const named = namedBy(diagnosis);
  return named === null ? said : `${said.replace(/\.$/, "")}. ${named}`;
}

function namedBy({ type, details }: Diagnosis): string | null {
  const {
    rule,
    filter,
    field,
    fieldLabel = field,
    matches,
    owner,
    reason,
    recordType,
    option,
    controllingLabel,
    country,
  } = details;
  switch (type) {
    case "custom-validation-rule":
      if (filter) return `That is the lookup filter of ${fieldLabel}`;
      return rule ? `That is the validation rule ${rule}` : null;
    case "salesforce-automation":
    case "salesforce-flow":
      return rule ? `It ran into the validation rule ${rule}` : null;
    case "salesforce-duplicate-rule":
      return rule ? `The duplicate rule ${rule} found ${matches ?? "another record"}` : null;
    case "inactive-owner":
    case "owner-assignment":
      return owner ? `The owner is ${owner}` : null;
    case "missing-picklist-option":
      if (reason === "record-type" && recordType) return `The record's record type, ${recordType}, doesn't take ${option}`;
      if (reason !== "controlling-field") return null;
      return `It depends on ${controllingLabel}, which is ${details.controllingValue || "blank"} on the record`;
    case "state-country-mismatch":
      return reason === "other-country" ? `The record's country is ${country}` : null;
    case "insufficient-access-or-missing-record":
      return whereaboutsText(details);
    default:
      return null;
  }
}

function whereaboutsText({ record, whereabouts, mergedInto }: Diagnosis["details"]): string | null {
  switch (whereabouts) {
    case "deleted":
      return `${record} is in Salesforce's Recycle Bin`;
    case "merged":
      return `${record} was merged into ${mergedInto}`;
    case "there":
      return `${record} is there, and the integration user can see it`;
    case "not-found":
      return `The integration user finds no ${record}, not in the Recycle Bin either: it may not see it, or it is gone for good`;
    default:
      return null;
  }
}

/** A problem with a schema as evidence: what the target expects, in one sentence. */
export function schemaStatement(problem: SchemaProblem, target: "Salesforce" | "HubSpot"): string {
  const { kind, fieldLabel, value, limit, details } = problem;
  const quoted = value === null ? "no value" : `"${value.length > 80 ? `${value.slice(0, 79)}…` : value}"`;
  const field = `${target}'s ${fieldLabel}`;
  switch (kind) {
    case "read-only":
      return `${field} can't be written by the integration user`;
    case "not-in-address-list":
      return details.reason === "other-country"
        ? `${field} has ${quoted} for another country, not for ${details.country}`
        : `${field} doesn't list ${quoted}${details.country ? ` for ${details.country}` : ""}`;
    case "required":
      if (details.state) return `${field} is blank beside the state "${details.state}", which needs a country`;
      return `${field} is required and would be empty`;
    case "too-long":
      return `${field} takes ${limit ?? "fewer"} characters; the value has ${value?.length ?? "more"}`;
    case "not-an-option":
    case "restricted-option":
      return `${field} has no active option ${quoted}`;
    case "option-spelled-differently":
      return `${field} has the option ${quoted} in another spelling`;
    case "option-limit":
      return `${field} has no option ${quoted} and can't get it: it has ${limit?.toLocaleString("en-US") ?? "all the"} options, the most that ${target} allows`;
    case "too-many-options":
      return `${field} takes ${limit ?? "fewer"} options at once; the value has ${details.chosen ?? "more"}`;
    case "broken-rule":
      return `${field} takes ${details.expected} by a rule of the property's; the value is ${quoted}`;
    case "inactive-owner":
      return `The owner ${quoted} is an inactive Salesforce user`;
    case "owner-not-synced":
      return ownerStatement(problem, target);
    case "unknown-stage":
      return `${quoted} is no stage of the ${target} pipeline${details.pipeline ? ` “${details.pipeline}”` : ""}`;
    case "not-an-id":
      return `${field} takes IDs of ${details.expected || "records"}; ${quoted} is no ID`;
    case "wrong-id":
      return `${field} takes IDs of ${details.expected || "records"}; ${quoted} is ${notSuchAnId(details)}`;
    case "out-of-range":
      return `${field} doesn't take ${quoted}: it is out of range`;
    default:
      return `${field} doesn't take ${quoted} (${kind.replaceAll("-", " ")})`;
  }
}

function ownerStatement({ value, details: { owner, email, reason, userType } }: SchemaProblem, target: string): string {
  const who = owner ? `${owner}${email ? ` (${email})` : ""}` : `"${value}"`;
  if (reason === "queue") return `The owner ${who} is a queue, which owns no records in ${target}`;
  if (reason === "user-type")
    return `The owner ${who} is a Salesforce user of type ${userType}, which ${target} takes as no owner`;
  if (reason === "deactivated") return `The owner ${who} is deactivated in ${target}`;
  return `The owner ${who} has no counterpart in ${target}`;
}

function notSuchAnId({ reason, actual }: SchemaProblem["details"]): string {
  if (reason === "altered") return "no ID that Salesforce has given: a letter or its case was changed";
  return actual ? `one of ${actual}` : "one of another object";
}
