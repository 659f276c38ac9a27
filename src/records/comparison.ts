import { sameValue } from "./equality.ts";
import type { Direction, FieldMapping } from "./mapping.ts";
import type { CrmSystem, HubSpotRecord, SalesforceRecord, SalesforceValue } from "./record.ts";
import type { Schemas } from "./schemas.ts";

/** One mapped value that should have travelled and hasn't. */
export interface Difference {
  readonly mapping: FieldMapping;
  /** The way the value should travel. */
  readonly direction: Direction;
  readonly hubspotValue: string | null;
  readonly salesforceValue: SalesforceValue;
}

/** The mapped values of a pair that differ although their sync rule says that they should not. */
export function compareRecords(
  hubspot: HubSpotRecord,
  salesforce: SalesforceRecord,
  mappings: readonly FieldMapping[],
  schemas: Schemas,
  newer: CrmSystem,
): readonly Difference[] {
  return mappings
    .filter((mapping) => mapping.object === hubspot.object && mapping.salesforceObject === salesforce.object)
    .map((mapping) => ({
      mapping,
      direction: newer === "hubspot" ? ("hubspot-to-salesforce" as const) : ("salesforce-to-hubspot" as const),
      hubspotValue: hubspot.properties[mapping.hubspotProperty] ?? null,
      salesforceValue: salesforce.fields[mapping.salesforceField] ?? null,
    }))
    .filter((difference) => !sameValue(difference.hubspotValue, difference.salesforceValue, schemas));
}
