import { readTriggerFailure } from "./automation-message.ts";
import type { Finding, SyncErrorType } from "./sync-errors.ts";

/**
 * The order in which the native sync meets what holds a record back. Its own rank counts, not the place in the list.
 *
 * HubSpot reacts to its own changes at once and looks at Salesforce every 15 minutes, so the way to Salesforce comes first.
 * On that way a save goes through Salesforce's order of execution: the request is read (types, ids), rights are checked, the
 * record is loaded, then what Salesforce checks of API requests before anything runs (foreign keys, restricted picklists),
 * flows and triggers before the save, system validation (required fields, lengths, formats, addresses), validation rules,
 * duplicate rules, the save itself (unique values), triggers after it, flows after it.
 * Source: Salesforce's Apex developer guide, *Triggers and Order of Execution*.
 */
const STAGES = {
  "missing-salesforce-id": 10,
  "invalid-salesforce-id": 10,
  "type-mismatch": 10,
  "field-permission": 20,
  "insufficient-access": 30,
  "insufficient-access-or-missing-record": 30,
  "inactive-owner": 40,
  "owner-assignment": 40,
  "restricted-picklist-value": 40,
  "missing-picklist-option": 40,
  "options-mismatch": 40,
  "salesforce-automation": 50,
  "missing-required-value": 60,
  "missing-contact-id": 60,
  "string-too-long": 60,
  "invalid-email": 60,
  "invalid-value": 60,
  "missing-required-country": 60,
  "state-country-mismatch": 60,
  "option-limit-exceeded": 60,
  "custom-validation-rule": 70,
  "salesforce-duplicate-rule": 80,
  "restricted-unique-value": 90,
  "salesforce-flow": 110,
  // On the way to HubSpot: the account first, whose contacts and opportunities wait for it; then whom the record is; its values.
  "waiting-for-account": 10,
  "email-already-in-use": 20,
  "owners-not-synced": 40,
  "default-sales-process-unavailable": 50,
  "inactive-opportunity-stage": 50,
  "missing-or-invalid-stage": 50,
  "association-limit-reached": 100,
  other: 120,
} as const satisfies Record<SyncErrorType, number>;

const AFTER_SAVE_TRIGGER = 100;

/** The findings of one record, the one that the native sync would meet first leading. Those it meets together stay in their order. */
export function inSyncOrder(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((one, other) => directionRank(one) - directionRank(other) || stageOf(one) - stageOf(other));
}

function directionRank({ direction }: Finding): number {
  return direction === "hubspot-to-salesforce" ? 0 : 1;
}

function stageOf({ type, evidence }: Finding): number {
  const message = evidence.refusal?.message;
  if (type === "salesforce-automation" && message !== undefined && readTriggerFailure(message).isAfterSave)
    return AFTER_SAVE_TRIGGER;
  return STAGES[type];
}
