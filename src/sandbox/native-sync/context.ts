import type { ObjectType } from "../hubspot/model.ts";
import type { OrgRecord } from "../salesforce/model.ts";
import type { SalesforceObjectName, SyncMapping, WrittenObjectName } from "./mapping.ts";
import type { Base } from "./plan.ts";
import type { SyncSettings, SyncTimes } from "./settings.ts";
import type { Translation } from "./values.ts";

/** What the parts of the native sync work on. */
export interface SyncContext extends Translation {
  readonly mappings: readonly SyncMapping[];
  readonly settings: SyncSettings;
  readonly times: SyncTimes;
  readonly inclusionList: string | null;
  readonly now: () => Date;
  /** By Salesforce id: what both sides had when last in step. */
  readonly bases: Map<string, Base>;
  /** Accounts that have, or once had, a company. One whose company was deleted does not get another until it is edited. */
  readonly accountsOnceLinked: Set<string>;
  /** HubSpot's tasks that have their Salesforce task: it keeps that to itself. */
  readonly tasksSynced: Set<string>;
}

/** A record that the native sync has to look at, by what is known of it. */
export interface SyncReference {
  readonly object: ObjectType;
  readonly hubspotId: string | null;
  readonly salesforceObject: SalesforceObjectName | null;
  readonly salesforceId: string | null;
}

export function keyOf(reference: SyncReference): string {
  return reference.hubspotId === null
    ? `salesforce:${reference.salesforceId}`
    : `hubspot:${reference.object}:${reference.hubspotId}`;
}

export function mappingsOf(context: SyncContext, salesforceObject: WrittenObjectName): readonly SyncMapping[] {
  return context.mappings.filter((mapping) => mapping.salesforceObject === salesforceObject);
}

export function isGone(record: OrgRecord | null): record is null {
  return record === null || record.fields.IsDeleted === true;
}
