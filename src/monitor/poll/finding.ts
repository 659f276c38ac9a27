import type { FieldMapping } from "../../records/mapping.ts";
import type { SchemaProblem } from "../../records/schema-checks.ts";

/** The HubSpot property that is mapped to a Salesforce field. */
export function propertyOf(mappings: readonly FieldMapping[], salesforceField: string | null): string | null {
  return mappings.find((mapping) => mapping.salesforceField === salesforceField)?.hubspotProperty ?? null;
}

/** A problem with a schema as evidence: what the target expects, in one sentence. */
export function schemaStatement(problem: SchemaProblem, target: "Salesforce" | "HubSpot"): string {
  const { kind, fieldLabel, value, limit, details } = problem;
  const quoted = value === null ? "no value" : `"${value.length > 80 ? `${value.slice(0, 79)}…` : value}"`;
  const field = `${target}'s ${fieldLabel}`;
  switch (kind) {
    case "read-only":
      return `${field} can't be written by the integration user`;
    case "required":
      return `${field} is required and would be empty`;
    case "too-long":
      return `${field} takes ${limit ?? "fewer"} characters; the value has ${value?.length ?? "more"}`;
    case "not-an-option":
    case "restricted-option":
      return `${field} has no active option ${quoted}`;
    case "option-spelled-differently":
      return `${field} has the option ${quoted} in another spelling`;
    case "inactive-owner":
      return `The owner ${quoted} is an inactive Salesforce user`;
    case "owner-not-synced":
      return `The owner ${quoted} has no counterpart in ${target}`;
    case "unknown-stage":
      return `${quoted} is no stage of the ${target} pipeline`;
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

function notSuchAnId({ reason, actual }: SchemaProblem["details"]): string {
  if (reason === "altered") return "no ID that Salesforce has given: a letter or its case was changed";
  return actual ? `one of ${actual}` : "one of another object";
}
