import { checkAddresses } from "../records/address.ts";
import { toSalesforceValue } from "../records/conversion.ts";
import type { FieldMapping } from "../records/mapping.ts";
import { splitOptions } from "../records/options.ts";
import { controllerOf, goesWith } from "../records/picklist-dependency.ts";
import type { SalesforceValue } from "../records/record.ts";
import { checkForHubSpot, checkForSalesforce, type SchemaProblem } from "../records/schema-checks.ts";
import { isBlank } from "../records/text.ts";
import { isStateOrCountryField } from "./address-refusal.ts";
import type { FixableRecord, FixSides, FixWorld } from "./remedy.ts";

/** Why a value would fail again, in either system. */
export type FixProblem =
  | { readonly kind: "blank" }
  | { readonly kind: "schema"; readonly problem: SchemaProblem; readonly target: "Salesforce" | "HubSpot" }
  /** The option is there, and not with what another field of the record has. */
  | { readonly kind: "controlled"; readonly option: string; readonly by: string; readonly value: string }
  /** The option is there, and not for the record's record type. */
  | { readonly kind: "record-type"; readonly option: string };

/** What both schemas have against a value for this record; empty where nothing speaks against it. */
export function problemsWith(
  value: SalesforceValue,
  record: FixableRecord,
  sides: FixSides,
  { mappings, schemas, rules }: FixWorld,
): readonly FixProblem[] {
  if (isBlank(value)) return [{ kind: "blank" }];
  const { property, field, direction } = sides;
  const schema = (problem: SchemaProblem, target: "Salesforce" | "HubSpot"): FixProblem => ({ kind: "schema", problem, target });
  if (direction === "salesforce-to-hubspot") {
    return [
      ...checkForSalesforce(value, field, schemas).map((problem) => schema(problem, "Salesforce")),
      ...checkForHubSpot(value, property, schemas, field, rules[property.name]).map((problem) => schema(problem, "HubSpot")),
    ];
  }
  return [
    ...checkForHubSpot(value, property, schemas, undefined, rules[property.name]).map((problem) => schema(problem, "HubSpot")),
    ...checkForSalesforce(value, field, schemas, property).map((problem) => schema(problem, "Salesforce")),
    ...optionProblems(value, record, sides, { mappings, schemas, rules }),
    ...addressProblems(value, record, sides, { mappings, schemas, rules }).map((problem) => schema(problem, "Salesforce")),
  ];
}

/** Options that the field has, and yet not for this record. */
function optionProblems(value: SalesforceValue, record: FixableRecord, sides: FixSides, world: FixWorld): readonly FixProblem[] {
  const { field, property } = sides;
  const schema = world.schemas.salesforce[record.salesforceObject];
  if (field.picklistValues.length === 0 || schema === undefined) return [];
  const arriving = toSalesforceValue(String(value), field, property, world.schemas);
  const options = splitOptions(String(arriving ?? ""));
  const { allowed } = record;
  const leftOut = allowed === null ? [] : options.filter((option) => !allowed.includes(option));
  const controller = controllerOf(field, schema);
  const controlling = controller === null ? undefined : arrivingIn(controller.name, record, world);
  const apart =
    controller === null || controlling === undefined
      ? []
      : options.filter((option) => !goesWith(option, field, controller, controlling));
  return [
    ...leftOut.map((option) => ({ kind: "record-type" as const, option })),
    ...apart.map((option) => ({
      kind: "controlled" as const,
      option,
      by: controller?.label ?? "",
      value: isBlank(controlling) ? "" : String(controlling),
    })),
  ];
}

function addressProblems(
  value: SalesforceValue,
  record: FixableRecord,
  sides: FixSides,
  world: FixWorld,
): readonly SchemaProblem[] {
  const { field, property } = sides;
  const schema = world.schemas.salesforce[record.salesforceObject];
  if (schema === undefined || !isStateOrCountryField(field.name)) return [];
  const written: Record<string, SalesforceValue> = {};
  // The other half of the address travels along where HubSpot has it.
  for (const mapping of world.mappings) {
    if (!isOfSameAddress(mapping, sides.mapping)) continue;
    const other = record.hubspot?.[mapping.hubspotProperty];
    if (!isBlank(other)) written[mapping.salesforceField] = other;
  }
  written[field.name] = toSalesforceValue(String(value), field, property, world.schemas);
  return checkAddresses(written, record.salesforce, schema);
}

function isOfSameAddress(one: FieldMapping, other: FieldMapping): boolean {
  const prefix = (name: string) => name.replace(/(?:State|Country)(?:Code)?$/, "");
  return (
    one.object === other.object &&
    one.salesforceObject === other.salesforceObject &&
    one.rule !== "none" &&
    one.rule !== "always-salesforce" &&
    isStateOrCountryField(one.salesforceField) &&
    prefix(one.salesforceField) === prefix(other.salesforceField)
  );
}

/** What a Salesforce field will have once the record has synced: HubSpot's value where it travels, else what is there. */
function arrivingIn(field: string, record: FixableRecord, { mappings, schemas }: FixWorld): SalesforceValue | undefined {
  const mapping = mappings.find(
    (one) => one.salesforceObject === record.salesforceObject && one.salesforceField === field && one.rule === "two-way",
  );
  const held = mapping === undefined ? null : record.hubspot?.[mapping.hubspotProperty];
  if (mapping === undefined || isBlank(held)) return record.salesforce?.[field];
  const description = schemas.salesforce[record.salesforceObject]?.fields[field];
  const property = schemas.hubspot[mapping.object]?.[mapping.hubspotProperty];
  return description === undefined ? held : toSalesforceValue(held, description, property, schemas);
}
