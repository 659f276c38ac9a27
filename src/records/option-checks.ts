import { hubspotOption, salesforceOption, similarOption, splitOptions } from "./options.ts";
import type { HubSpotProperty, SalesforceField } from "./schema.ts";
import type { SchemaProblem, SchemaProblemKind } from "./schema-problem.ts";

type Report = (kind: SchemaProblemKind, details?: Readonly<Record<string, string>>, limit?: number) => SchemaProblem;

/** Options that a HubSpot property can have. Source: HubSpot's "Property field types". */
const HUBSPOT_OPTION_LIMIT = 5_000;
/** Options that a value of a Salesforce multi-select picklist can have. Source: Salesforce's help, *General Size Limits on Fields*. */
export const SALESFORCE_CHOSEN_LIMIT = 100;

/** What keeps the options of a HubSpot value out of a Salesforce picklist; null where they fit. */
export function checkOptionsForSalesforce(
  text: string,
  field: SalesforceField,
  property: HubSpotProperty | undefined,
  report: Report,
): SchemaProblem | null {
  if (field.picklistValues.length === 0) return null;
  const several = field.type === "multipicklist" || (property?.type === "enumeration" && property.fieldType === "checkbox");
  const chosen = several ? splitOptions(text) : [text];
  if (field.type === "multipicklist" && chosen.length > SALESFORCE_CHOSEN_LIMIT) {
    return report("too-many-options", { chosen: String(chosen.length) }, SALESFORCE_CHOSEN_LIMIT);
  }
  for (const option of chosen) {
    const problem = checkSalesforceOption(option, field, property, report);
    if (problem !== null) return { ...problem, value: option };
  }
  return null;
}

function checkSalesforceOption(
  option: string,
  field: SalesforceField,
  property: HubSpotProperty | undefined,
  report: Report,
): SchemaProblem | null {
  const exact = field.picklistValues.find(({ value }) => value === option);
  if (exact?.active) return null;
  const details = { option, picklist: field.label };
  if (exact !== undefined) {
    return field.restrictedPicklist
      ? report("restricted-option", { ...details, inactive: "yes" })
      : { ...report("not-an-option", { ...details, inactive: "yes" }), certain: false };
  }
  const meant = salesforceOption(option, field, property) ?? similarOption(option, field.picklistValues);
  if (meant?.active) {
    return { ...report("option-spelled-differently", { ...details, expected: meant.value }), certain: field.restrictedPicklist };
  }
  return field.restrictedPicklist
    ? report("restricted-option", details)
    : { ...report("not-an-option", details), certain: false };
}

/** What keeps the options of a Salesforce value out of a HubSpot property; null where they fit. */
export function checkOptionsForHubSpot(
  text: string,
  property: HubSpotProperty,
  field: SalesforceField | undefined,
  report: Report,
): SchemaProblem | null {
  if (property.options.length === 0) return null;
  const several = field?.type === "multipicklist" || property.fieldType === "checkbox";
  for (const option of several ? splitOptions(text) : [text]) {
    if (property.options.some(({ value }) => value === option)) continue;
    const details = { option, property: property.label };
    const meant = hubspotOption(option, property, field) ?? similarOption(option, property.options);
    if (meant) return { ...report("option-spelled-differently", { ...details, expected: meant.value }), value: option };
    const isFull = property.options.length >= HUBSPOT_OPTION_LIMIT;
    const problem = isFull ? report("option-limit", details, HUBSPOT_OPTION_LIMIT) : report("not-an-option", details);
    return { ...problem, value: option };
  }
  return null;
}
