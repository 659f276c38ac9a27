import type { Direction } from "../records/mapping.ts";
import type { SalesforceObject, SyncedObject } from "../records/record.ts";
import type { Evidence } from "./evidence.ts";

/** HubSpot's eight categories of sync errors with their types, in HubSpot's order. */
export const SYNC_ERROR_TYPES_BY_CATEGORY = {
  associations: ["association-limit-reached", "waiting-for-account"],
  "custom-code": ["salesforce-automation", "missing-contact-id", "custom-validation-rule", "salesforce-flow"],
  duplicates: ["email-already-in-use", "salesforce-duplicate-rule"],
  permissions: ["insufficient-access-or-missing-record", "field-permission", "insufficient-access"],
  picklists: [
    "missing-picklist-option",
    "state-country-mismatch",
    "options-mismatch",
    "inactive-owner",
    "restricted-picklist-value",
    "inactive-opportunity-stage",
    "owners-not-synced",
    "option-limit-exceeded",
    "default-sales-process-unavailable",
    "missing-or-invalid-stage",
  ],
  "property-mappings": ["type-mismatch", "missing-salesforce-id", "invalid-salesforce-id"],
  "property-values": [
    "string-too-long",
    "invalid-email",
    "missing-required-country",
    "invalid-value",
    "owner-assignment",
    "restricted-unique-value",
    "missing-required-value",
  ],
  other: ["other"],
} as const;

export type SyncErrorCategory = keyof typeof SYNC_ERROR_TYPES_BY_CATEGORY;
export type SyncErrorType = (typeof SYNC_ERROR_TYPES_BY_CATEGORY)[SyncErrorCategory][number];

/** One record that does not sync, by its ids on both sides (one of them at least). */
export interface RecordReference {
  readonly object: SyncedObject;
  readonly hubspotId: string | null;
  readonly salesforceObject: SalesforceObject | null;
  readonly salesforceId: string | null;
  /** What people call it: an email, else a name, else an id. Comes from a CRM: escape before showing. */
  readonly label: string;
}

/** One reason why one record does not sync. Findings with the same cause are one sync error. */
export interface Finding {
  readonly type: SyncErrorType;
  readonly direction: Direction;
  readonly record: RecordReference;
  /** API name of the HubSpot property concerned, where one is. */
  readonly hubspotProperty: string | null;
  /** API name of the Salesforce field concerned, where one is. */
  readonly salesforceField: string | null;
  /**
   * What findings of one cause share, normalised: rule, option, owner, account or trigger name, or the message with
   * ids, emails, numbers and quoted values taken out. Used for grouping, never shown.
   */
  readonly cause: string;
  /** The record's own offending value, where there is one. */
  readonly value: string | null;
  /** What the advice names, e.g. `rule`, `option`, `limit`, `owner`, `account`, `trigger`. */
  readonly details: Readonly<Record<string, string>>;
  readonly evidence: Evidence;
}
