import type { Diagnosis } from "../../health/diagnosis.ts";
import type { Finding, RecordReference } from "../../health/sync-errors.ts";
import type { Said } from "../../language/sentence.ts";
import type { FieldMapping } from "../../records/mapping.ts";
import type { HubSpotRecord, SalesforceRecord } from "../../records/record.ts";

/** A Salesforce record whose values should travel to HubSpot. */
export interface Incoming {
  readonly key: string;
  readonly reference: RecordReference;
  readonly salesforce: SalesforceRecord;
  /** The HubSpot record they go to; null where one is to be made. */
  readonly hubspot: HubSpotRecord | null;
  readonly mappings: readonly FieldMapping[];
  /** The record is held up until HubSpot has its account. */
  readonly needsAccount: boolean;
}

/** A reason why HubSpot doesn't take an incoming record, as a finding. */
export function incomingFinding(
  { type, salesforceField, cause, value, details }: Diagnosis,
  { reference }: Incoming,
  hubspotProperty: string | null,
  statement: Said,
  at: Date,
): Finding {
  return {
    type,
    direction: "salesforce-to-hubspot",
    record: reference,
    hubspotProperty,
    salesforceField,
    cause,
    value,
    details,
    evidence: { at: at.toISOString(), statement },
  };
}
