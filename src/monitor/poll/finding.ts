import { nameOf } from "../../health/catalogue-entry.ts";
import type { Diagnosis } from "../../health/diagnosis.ts";
import { expectedBy, objectNames } from "../../health/expected.ts";
import type { Refusal } from "../../health/refusal.ts";
import { refusalAnswer } from "../../health/refusal-statement.ts";
import type { Finding, RecordReference } from "../../health/sync-errors.ts";
import { type Sentence, sentence } from "../../language/sentence.ts";
import type { FieldMapping } from "../../records/mapping.ts";
import type { SchemaProblem } from "../../records/schema-checks.ts";
import { plainText } from "../../records/text.ts";

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
export function recordRefusalStatement(refusal: Refusal, diagnosis: Diagnosis): Sentence {
  const named = namedBy(diagnosis);
  if (named === null) return refusalAnswer(refusal);
  const said = { code: refusal.code, message: refusal.message.replace(/\.\s*$/, ""), named };
  return sentence("Salesforce answered {code} to the integration user: {message}. {named}", said);
}

function namedBy({ type, details }: Diagnosis): Sentence | null {
  const { rule, filter, field = "", fieldLabel = field, reason } = details;
  switch (type) {
    case "custom-validation-rule":
      if (filter) return sentence("That is the lookup filter of {field}", { field: fieldLabel });
      return rule ? sentence("That is the validation rule {rule}", { rule }) : null;
    case "salesforce-automation":
    case "salesforce-flow":
      return rule ? sentence("It ran into the validation rule {rule}", { rule }) : null;
    case "salesforce-duplicate-rule":
      if (!rule) return null;
      return sentence("The duplicate rule {rule} found {records, select, unnamed {another record} other {{records}}}", {
        rule,
        records: nameOf(details.matches),
      });
    case "inactive-owner":
    case "owner-assignment":
      return ownerText(details);
    case "missing-picklist-option":
      return optionText(details);
    case "state-country-mismatch":
      return reason === "other-country"
        ? sentence("The record's country is {country}", { country: details.country ?? "" })
        : null;
    case "insufficient-access-or-missing-record":
      return whereaboutsText(details);
    default:
      return null;
  }
}

function ownerText({ owner, ownerIs }: Diagnosis["details"]): Sentence | null {
  if (!owner) return null;
  return ownerIs === "queue"
    ? sentence("The owner is the queue “{owner}”", { owner })
    : sentence("The owner is {owner}", { owner });
}

function optionText({ reason, recordType, option = "", controllingLabel = "", controllingValue }: Diagnosis["details"]) {
  if (reason === "record-type" && recordType) {
    return sentence("The record's record type, {recordType}, doesn't take {option}", { recordType, option });
  }
  if (reason !== "controlling-field") return null;
  return sentence("It depends on {field}, which is {value, select, unnamed {blank} other {{value}}} on the record", {
    field: controllingLabel,
    value: nameOf(controllingValue),
  });
}

function whereaboutsText({ record = "", whereabouts, mergedInto = "" }: Diagnosis["details"]): Sentence | null {
  switch (whereabouts) {
    case "deleted":
      return sentence("{record} is in Salesforce's Recycle Bin", { record });
    case "merged":
      return sentence("{record} was merged into {kept}", { record, kept: mergedInto });
    case "there":
      return sentence("{record} is there, and the integration user can see it", { record });
    case "not-found":
      return sentence(
        "The integration user finds no {record}, not in the Recycle Bin either: it may not see it, or it is gone for good",
        { record },
      );
    default:
      return null;
  }
}

/** A problem with a schema as evidence: what the target expects, in one sentence without a full stop. */
export function schemaStatement(problem: SchemaProblem, system: "Salesforce" | "HubSpot"): Sentence {
  const { kind, fieldLabel: field, limit, details } = problem;
  const value = nameOf(problem.value === null ? undefined : plainText(problem.value, 80));
  const at = { system, field, value };
  switch (kind) {
    case "read-only":
      return sentence("{system}'s {field} can't be written by the integration user", { system, field });
    case "not-in-address-list":
      return addressStatement(at, details);
    case "required":
      return details.state
        ? sentence('{system}\'s {field} is blank beside the state "{state}", which needs a country', {
            system,
            field,
            state: details.state,
          })
        : sentence("{system}'s {field} is required and would be empty", { system, field });
    case "too-long":
      return sentence(
        "{system}'s {field} takes {limit, plural, one {# character} other {# characters}}; the value has {length, number}",
        { system, field, limit: limit ?? 0, length: problem.value?.length ?? 0 },
      );
    case "not-an-option":
    case "restricted-option":
      return sentence('{system}\'s {field} has no active option {value, select, unnamed {no value} other {"{value}"}}', at);
    case "option-spelled-differently":
      return sentence(
        '{system}\'s {field} has the option {value, select, unnamed {no value} other {"{value}"}} in another spelling',
        at,
      );
    case "option-limit":
      return sentence(
        "{system}'s {field} has no option {value, select, unnamed {no value} other {\"{value}\"}} and can't get it: it has {limit, plural, one {# option} other {# options}}, the most that {system} allows",
        { ...at, limit: limit ?? 0 },
      );
    case "too-many-options":
      return sentence(
        "{system}'s {field} takes {limit, plural, one {# option} other {# options}} at once; the value has {chosen, select, unnamed {more} other {{chosen}}}",
        { system, field, limit: limit ?? 0, chosen: nameOf(details.chosen) },
      );
    case "broken-rule":
      return sentence(
        "{system}'s {field} takes {expected} by a rule of the property's; the value is {value, select, unnamed {no value} other {\"{value}\"}}",
        { ...at, expected: expectedBy(details) ?? "" },
      );
    case "inactive-owner":
      return sentence('The owner "{value}" is an inactive Salesforce user', { value });
    case "owner-not-synced":
      return ownerStatement(problem, system);
    case "unknown-stage":
      return sentence('"{value}" is no stage of the {system} pipeline{pipeline, select, unnamed {} other { “{pipeline}”}}', {
        value,
        system,
        pipeline: nameOf(details.pipeline),
      });
    case "not-an-id":
    case "wrong-id":
      return idStatement(at, kind === "not-an-id" ? "none" : details.reason, details);
    case "out-of-range":
      return sentence(
        "{system}'s {field} doesn't take {value, select, unnamed {no value} other {\"{value}\"}}: it is out of range",
        at,
      );
    default:
      return sentence(
        "{system}'s {field} doesn't take {value, select, unnamed {no value} other {\"{value}\"}} ({problem, select, not_a_number {not a number} not_a_date {not a date} not_a_boolean {not a boolean} not_an_email {not an email} other {wrong type}})",
        { ...at, problem: kind.replaceAll("-", "_") },
      );
  }
}

type At = Readonly<Record<"system" | "field" | "value", string>>;

function addressStatement(at: At, { reason, country }: SchemaProblem["details"]): Sentence {
  return reason === "other-country"
    ? sentence(
        '{system}\'s {field} has {value, select, unnamed {no value} other {"{value}"}} for another country, not for {country}',
        { ...at, country: country ?? "" },
      )
    : sentence(
        "{system}'s {field} doesn't list {value, select, unnamed {no value} other {\"{value}\"}}{country, select, unnamed {} other { for {country}}}",
        { ...at, country: nameOf(country) },
      );
}

function idStatement(at: At, reason: string | undefined, { expected, actual }: SchemaProblem["details"]): Sentence {
  const values = { ...at, objects: objectNames(expected) ?? nameOf(undefined) };
  switch (reason) {
    case "none":
      return sentence(
        '{system}\'s {field} takes IDs of {objects, select, unnamed {records} other {{objects}}}; "{value}" is no ID',
        values,
      );
    case "altered":
      return sentence(
        '{system}\'s {field} takes IDs of {objects, select, unnamed {records} other {{objects}}}; "{value}" is no ID that Salesforce has given: a letter or its case was changed',
        values,
      );
    default:
      return sentence(
        '{system}\'s {field} takes IDs of {objects, select, unnamed {records} other {{objects}}}; "{value}" is one of {actual, select, unnamed {another object} other {{actual}}}',
        { ...values, actual: nameOf(actual) },
      );
  }
}

function ownerStatement({ value, details }: SchemaProblem, system: string): Sentence {
  const { owner, email, reason, userType = "" } = details;
  const who = { owner: owner || `"${value}"`, email: nameOf(owner ? email : undefined), system };
  switch (reason) {
    case "queue":
      return sentence(
        "The owner {owner}{email, select, unnamed {} other { ({email})}} is a queue, which owns no records in {system}",
        who,
      );
    case "user-type":
      return sentence(
        "The owner {owner}{email, select, unnamed {} other { ({email})}} is a Salesforce user of type {userType}, which {system} takes as no owner",
        { ...who, userType },
      );
    case "deactivated":
      return sentence("The owner {owner}{email, select, unnamed {} other { ({email})}} is deactivated in {system}", who);
    default:
      return sentence("The owner {owner}{email, select, unnamed {} other { ({email})}} has no counterpart in {system}", who);
  }
}
