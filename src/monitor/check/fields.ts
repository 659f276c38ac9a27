import type { MappingVerdict } from "../../records/comparison.ts";
import type { FieldMapping } from "../../records/mapping.ts";
import { carriesOwner, isQueue } from "../../records/owner.ts";
import { LINK_PROPERTIES, type SalesforceValue } from "../../records/record.ts";
import { longId } from "../../records/salesforce-id.ts";
import type { Schemas } from "../../records/schemas.ts";
import { carriesStage, stageName } from "../../records/stage.ts";
import { isBlank } from "../../records/text.ts";
import type { Connection } from "../context.ts";
import { judgeMappings } from "../poll/difference.ts";
import type { SchemaCache } from "../poll/schema.ts";
import type { Situated } from "../poll/situation.ts";
import type { FieldReport, FieldVerdict } from "./check-report.ts";

const ORDER: readonly FieldVerdict["verdict"][] = ["travels", "left", "unreadable", "new", "same"];

/** Every mapped field of a record with both values and its verdict, differences first, else in the order of the mappings. */
export function fieldReports({ settings }: Connection, cache: SchemaCache, situated: Situated): readonly FieldReport[] {
  const schemas = cache.schemas(settings);
  const { hubspot, salesforce, situation, history } = situated;
  const reports =
    hubspot !== null && salesforce !== null
      ? judgeMappings(hubspot, salesforce, settings.mappings, schemas, history).map((judged) =>
          report(judged, schemas, situated, verdictOf(judged, situated)),
        )
      : oneSided(settings.mappings, situated).map((mapping) => {
          const values = {
            mapping,
            hubspotValue: hubspot?.properties[mapping.hubspotProperty] ?? null,
            salesforceValue: salesforce?.fields[mapping.salesforceField] ?? null,
          };
          return report(values, schemas, situated, oneSidedVerdict(situation.state));
        });
  return reports.toSorted((one, other) => ORDER.indexOf(one.verdict.verdict) - ORDER.indexOf(other.verdict.verdict));
}

/** The mappings of a record that has no partner to compare it with; what has no value isn't part of a new record. */
function oneSided(mappings: readonly FieldMapping[], { hubspot, salesforce, situation }: Situated): readonly FieldMapping[] {
  const links: readonly string[] = Object.values(LINK_PROPERTIES);
  const partner = partnerObject(situation);
  return mappings.filter(
    (mapping) =>
      mapping.rule !== "none" &&
      !links.includes(mapping.hubspotProperty) &&
      (hubspot === null
        ? mapping.salesforceObject === salesforce?.object && !isBlank(salesforce.fields[mapping.salesforceField])
        : mapping.object === hubspot.object &&
          mapping.salesforceObject === partner &&
          !(situation.state === "create-in-salesforce" && mapping.rule === "always-salesforce") &&
          !isBlank(hubspot.properties[mapping.hubspotProperty])),
  );
}

function partnerObject(situation: Situated["situation"]) {
  if (situation.state === "create-in-salesforce") return situation.as;
  return situation.state === "partner-missing" || situation.state === "partner-gone" ? situation.link.object : null;
}

function oneSidedVerdict(state: Situated["situation"]["state"]): FieldVerdict {
  if (state === "partner-missing" || state === "partner-gone") return { verdict: "unreadable", side: "salesforce" };
  return { verdict: "new", direction: state === "create-in-salesforce" ? "hubspot-to-salesforce" : "salesforce-to-hubspot" };
}

function verdictOf(judged: MappingVerdict, { hubspot, salesforce, history }: Situated): FieldVerdict {
  if (judged.verdict !== "travels") return judged;
  const { direction, mapping } = judged;
  const changed =
    direction === "hubspot-to-salesforce"
      ? (history?.[mapping.hubspotProperty]?.[0]?.at ?? hubspot?.updatedAt)
      : salesforce?.modifiedAt;
  return { verdict: "travels", direction, since: changed ?? new Date(0) };
}

function report(
  { mapping, hubspotValue, salesforceValue }: Pick<MappingVerdict, "mapping" | "hubspotValue" | "salesforceValue">,
  schemas: Schemas,
  { history }: Situated,
  verdict: FieldVerdict,
): FieldReport {
  const { hubspotProperty, salesforceField, rule } = mapping;
  const newest = history?.[hubspotProperty]?.[0];
  return {
    hubspotProperty,
    salesforceField,
    rule,
    hubspotValue: inHubSpot(hubspotValue, mapping, schemas),
    salesforceValue: inSalesforce(salesforceValue, mapping, schemas),
    verdict: stripped(verdict),
    changed: newest === undefined ? null : { at: newest.at, source: newest.sourceType },
  };
}

/** Without the values that a judged mapping brings along. */
function stripped(verdict: FieldVerdict): FieldVerdict {
  switch (verdict.verdict) {
    case "same":
      return { verdict: "same" };
    case "left":
      return { verdict: "left", because: verdict.because };
    case "unreadable":
      return { verdict: "unreadable", side: verdict.side };
    default:
      return verdict;
  }
}

function inHubSpot(value: string | null, { object, hubspotProperty }: FieldMapping, schemas: Schemas): string | null {
  if (isBlank(value)) return null;
  const property = schemas.hubspot[object]?.[hubspotProperty];
  if (hubspotProperty === "hubspot_owner_id") return named(value, schemas.owners.find(({ id }) => id === value)?.email);
  if (carriesStage(undefined, property)) return named(value, stageName(value, schemas.pipelines));
  const option = property?.options.find((one) => one.value === value);
  return named(value, option?.label);
}

function inSalesforce(
  value: SalesforceValue,
  { object, hubspotProperty, salesforceObject, salesforceField }: FieldMapping,
  schemas: Schemas,
): string | null {
  if (isBlank(value)) return null;
  const text = String(value);
  const field = schemas.salesforce[salesforceObject]?.fields[salesforceField];
  if (!carriesOwner(field, schemas.hubspot[object]?.[hubspotProperty])) return text;
  return named(text, isQueue(text) ? "a queue" : schemas.users[longId(text)]?.email);
}

function named(value: string, name: string | null | undefined): string {
  return !name || name === value ? value : `${value} (${name})`;
}
