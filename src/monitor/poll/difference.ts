import type { PropertyVersion } from "../../hubspot/hubspot.ts";
import { codesBehind } from "../../records/address.ts";
import { compareRecords, type Difference, judgeMapping, type MappingVerdict } from "../../records/comparison.ts";
import { sameValue } from "../../records/equality.ts";
import type { FieldMapping } from "../../records/mapping.ts";
import type { CrmSystem, HubSpotRecord, SalesforceRecord } from "../../records/record.ts";
import type { Schemas } from "../../records/schemas.ts";

/** A difference that should travel, and since when. */
export interface DatedDifference extends Difference {
  readonly changedAt: Date;
}

/** Versions of HubSpot's properties by name, newest first. */
export type History = Readonly<Record<string, readonly PropertyVersion[]>>;

/**
 * What could be out of step whichever side is newer. A record's own times don't tell: the sync stamps HubSpot's record, and
 * fields that aren't mapped change too. Empty means in step for certain; else histories decide.
 */
export function possibleDifferences(
  hubspot: HubSpotRecord,
  salesforce: SalesforceRecord,
  mappings: readonly FieldMapping[],
  schemas: Schemas,
): readonly Difference[] {
  const byMapping = new Map<FieldMapping, Difference>();
  for (const newer of ["salesforce", "hubspot"] as const) {
    for (const difference of compareRecords(hubspot, salesforce, mappings, schemas, newer))
      byMapping.set(difference.mapping, difference);
  }
  return [...byMapping.values()];
}

/** The differences that should travel, each in its direction, judged by the history of HubSpot's property. */
export function certainDifferences(
  hubspot: HubSpotRecord,
  salesforce: SalesforceRecord,
  mappings: readonly FieldMapping[],
  schemas: Schemas,
  history: History | undefined,
): readonly DatedDifference[] {
  return judgeMappings(hubspot, salesforce, mappings, schemas, history).flatMap((judged) => {
    if (judged.verdict !== "travels") return [];
    const { mapping, direction, hubspotValue, salesforceValue } = judged;
    const inHubSpot = direction === "hubspot-to-salesforce";
    const changedAt = inHubSpot ? (history?.[mapping.hubspotProperty]?.[0]?.at ?? hubspot.updatedAt) : salesforce.modifiedAt;
    return [{ mapping, direction, hubspotValue, salesforceValue, changedAt }];
  });
}

/** What each mapping means for a pair, judged by the history of HubSpot's property. */
export function judgeMappings(
  hubspot: HubSpotRecord,
  salesforce: SalesforceRecord,
  mappings: readonly FieldMapping[],
  schemas: Schemas,
  history: History | undefined,
): readonly MappingVerdict[] {
  return mappings.flatMap((mapping) => {
    const newer = newerSide(mapping, history?.[mapping.hubspotProperty] ?? [], salesforce, schemas);
    return judgeMapping(hubspot, salesforce, mapping, schemas, newer) ?? [];
  });
}

/**
 * The side whose value was changed last. Where Salesforce still holds a value that HubSpot had before, HubSpot's was changed;
 * where the native sync wrote HubSpot's value last, Salesforce's has been changed since.
 */
function newerSide(
  mapping: FieldMapping,
  versions: readonly PropertyVersion[],
  salesforce: SalesforceRecord,
  schemas: Schemas,
): CrmSystem {
  const [newest, ...older] = versions;
  if (newest === undefined || newest.sourceType === "SALESFORCE") return "salesforce";
  const property = schemas.hubspot[mapping.object]?.[mapping.hubspotProperty];
  const schema = schemas.salesforce[mapping.salesforceObject];
  const field = schema?.fields[mapping.salesforceField];
  const codes = codesBehind(mapping.salesforceField, schema);
  const value = salesforce.fields[mapping.salesforceField];
  const isEarlierValue = older.some((version) => sameValue(version.value, value, { ...schemas, property, field, codes }));
  const wasBlankBefore = older.length === 0 && sameValue("", value, { ...schemas, property, field });
  return isEarlierValue || wasBlankBefore || newest.at > salesforce.modifiedAt ? "hubspot" : "salesforce";
}
