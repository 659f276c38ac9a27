import { type Sentence, sentence } from "../language/sentence.ts";
import type { FieldMapping } from "../records/mapping.ts";
import { salesforceOption } from "../records/options.ts";
import { carriesOwner } from "../records/owner.ts";
import type { HubSpotProperty, SalesforceField, SalesforceObjectSchema } from "../records/schema.ts";
import type { Schemas } from "../records/schemas.ts";
import type { Warning } from "./warnings.ts";

/** What a changed field refuses from now on that it took before. */
type Risk =
  | { readonly problem: "options"; readonly options: readonly string[] }
  | { readonly problem: "required" }
  | { readonly problem: "length"; readonly limit: number; readonly before: number }
  | { readonly problem: "unique" };

/**
 * Mapped fields of one Salesforce object that will refuse values they took when the schema was last read: options that HubSpot
 * still offers and the restricted picklist no longer has, a field made required, shorter or unique. Only what HubSpot writes.
 */
export function fieldRisks(
  before: SalesforceObjectSchema,
  after: SalesforceObjectSchema,
  mappings: readonly FieldMapping[],
  schemas: Schemas,
  at: Date,
): readonly Warning[] {
  return written(mappings, after).flatMap(({ mapping, field }) => {
    const old = before.fields[field.name];
    if (old === undefined) return [];
    const property = schemas.hubspot[mapping.object]?.[mapping.hubspotProperty];
    return risksOf(old, field, property).map((risk) => warningOf(risk, after, field, mapping, at));
  });
}

/** Whether what a warning says of a field still holds. */
export function isStillAtRisk(
  { details }: Pick<Warning, "details">,
  schema: SalesforceObjectSchema | undefined,
  mappings: readonly FieldMapping[],
  schemas: Schemas,
): boolean {
  const field = schema?.fields[details.field ?? ""];
  const mapping = mappings.find(({ salesforceField, salesforceObject }) => {
    return salesforceField === details.field && salesforceObject === details.object;
  });
  if (field === undefined || mapping === undefined || mapping.rule === "none") return false;
  switch (details.problem) {
    case "options": {
      const property = schemas.hubspot[mapping.object]?.[mapping.hubspotProperty];
      const refused = new Set(refusedOptions(field, property));
      return (details.options ?? "").split("; ").some((option) => refused.has(option));
    }
    case "required":
      return isRequired(field);
    case "length":
      return field.length > 0 && field.length < Number(details.before);
    default:
      return field.unique;
  }
}

function written(mappings: readonly FieldMapping[], schema: SalesforceObjectSchema) {
  return mappings.flatMap((mapping) => {
    const field = schema.fields[mapping.salesforceField];
    const isWritten =
      mapping.salesforceObject === schema.name && (mapping.rule === "two-way" || mapping.rule === "prefer-salesforce");
    return isWritten && field?.updateable ? [{ mapping, field }] : [];
  });
}

function risksOf(before: SalesforceField, after: SalesforceField, property: HubSpotProperty | undefined): readonly Risk[] {
  const risks: Risk[] = [];
  const refusedBefore = new Set(refusedOptions(before, property));
  const options = refusedOptions(after, property).filter((option) => !refusedBefore.has(option));
  if (options.length > 0) risks.push({ problem: "options", options });
  if (isRequired(after) && !isRequired(before)) risks.push({ problem: "required" });
  if (after.length > 0 && after.length < before.length)
    risks.push({ problem: "length", limit: after.length, before: before.length });
  if (after.unique && !before.unique) risks.push({ problem: "unique" });
  return risks;
}

/** HubSpot's visible options that a restricted picklist doesn't take. */
function refusedOptions(field: SalesforceField, property: HubSpotProperty | undefined): readonly string[] {
  if (property === undefined || !field.restrictedPicklist || carriesOwner(field, property)) return [];
  const active = { ...field, picklistValues: field.picklistValues.filter((option) => option.active) };
  return property.options
    .filter((option) => !option.hidden && salesforceOption(option.value, active, property) === null)
    .map((option) => option.value);
}

function isRequired({ nillable, defaultedOnCreate, type }: SalesforceField): boolean {
  return !nillable && !defaultedOnCreate && type !== "boolean";
}

function warningOf(risk: Risk, schema: SalesforceObjectSchema, field: SalesforceField, mapping: FieldMapping, at: Date): Warning {
  const { problem } = risk;
  return {
    key: `field-about-to-fail:${schema.name}.${field.name}:${problem}`,
    kind: "field-about-to-fail",
    details: {
      problem,
      object: schema.name,
      field: field.name,
      fieldLabel: field.label,
      property: mapping.hubspotProperty,
      ...(problem === "options" && { options: risk.options.join("; ") }),
      ...(problem === "length" && { limit: String(risk.limit), before: String(risk.before) }),
    },
    evidence: { at: at.toISOString(), statement: statementOf(risk, schema, field, mapping) },
  };
}

const OPTIONS_NAMED = 5;

function statementOf(
  risk: Risk,
  schema: SalesforceObjectSchema,
  { label: field }: SalesforceField,
  { hubspotProperty: property }: FieldMapping,
): Sentence {
  const of = { field, object: schema.label };
  switch (risk.problem) {
    case "options": {
      const options = risk.options.slice(0, OPTIONS_NAMED).join(", ");
      const more = risk.options.length - OPTIONS_NAMED;
      return more > 0
        ? sentence(
            "{field} of {object} no longer takes {options} and {more, number} more, which HubSpot's {property} still offers",
            { ...of, options, more, property },
          )
        : sentence("{field} of {object} no longer takes {options}, which HubSpot's {property} still offers", {
            ...of,
            options,
            property,
          });
    }
    case "required":
      return sentence("{field} of {object} has been made required", of);
    case "length":
      return sentence(
        "{field} of {object} takes {limit, plural, one {# character} other {# characters}} now, {before, number} before",
        { ...of, limit: risk.limit, before: risk.before },
      );
    case "unique":
      return sentence("{field} of {object} takes each value only once now", of);
  }
}
