import type { SalesforceObject, SyncedObject } from "./record.ts";

/** The way a value travels through the native sync. */
export type Direction = "hubspot-to-salesforce" | "salesforce-to-hubspot";

/**
 * Which system's value a mapping keeps.
 * `prefer-salesforce`: HubSpot's value passes only where Salesforce is empty. `always-salesforce`: HubSpot never writes.
 * `two-way`: the most recent change wins. `none`: not synced.
 */
export const SYNC_RULES = ["prefer-salesforce", "always-salesforce", "two-way", "none"] as const;
export type SyncRule = (typeof SYNC_RULES)[number];

/** One field mapping of the native sync, as people keep it in syncwarden.yaml or in a mappings CSV. */
export interface FieldMapping {
  readonly object: SyncedObject;
  readonly salesforceObject: SalesforceObject;
  readonly hubspotProperty: string;
  readonly salesforceField: string;
  readonly rule: SyncRule;
}
