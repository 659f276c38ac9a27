import type { Refusal } from "../health/refusal.ts";
import type { Trace } from "../health/whereabouts.ts";
import type { SalesforceObject, SalesforceRecord, SalesforceValue } from "../records/record.ts";
import type { SalesforceObjectSchema, SalesforceUser } from "../records/schema.ts";

/** From `/limits` (numbers as Salesforce sends them; storage in MB). */
export interface OrgLimits {
  readonly apiRequests: { readonly max: number; readonly remaining: number };
  readonly dataStorageMb: { readonly max: number; readonly remaining: number } | null;
  readonly fileStorageMb: { readonly max: number; readonly remaining: number } | null;
}

/** Records of one object changed at or after `since`, by SystemModstamp, oldest first. */
export interface ChangedQuery {
  readonly object: SalesforceObject;
  readonly fields: readonly string[];
  readonly since: Date;
}

/** One page of at most 2,000 records; `next` fetches the following one for one more call. */
export interface ChangesPage {
  readonly records: readonly SalesforceRecord[];
  readonly next: string | null;
}

/** What the integration user's profile and permission sets allow, in sum. */
export interface IntegrationRights {
  readonly apiEnabled: boolean;
  /** Whether HubSpot's own permission set (namespace `HubSpot_Inc`) is assigned. */
  readonly hubspotPermissionSet: boolean;
  readonly objects: Readonly<Record<string, { readonly read: boolean; readonly create: boolean; readonly edit: boolean }>>;
  /** By `Object.Field`. Only fields that field-level security governs: an absent one is a system or required field, or unreadable. */
  readonly fields: Readonly<Record<string, { readonly read: boolean; readonly edit: boolean }>>;
}

/** A validation rule as it was changed last; `field` is where it shows its message. */
export interface ChangedRule {
  readonly object: string;
  readonly name: string;
  readonly active: boolean;
  readonly errorMessage: string;
  readonly field: string | null;
  readonly changedAt: Date;
  readonly changedBy: string | null;
}

export interface ProbeRequest {
  /** Whether `/limits` is asked for: a call of its own. What every answer tells of the calls comes without it. */
  readonly limits: boolean;
  /** At most four: those whose records show a link in HubSpot. */
  readonly changes: readonly ChangedQuery[];
  /** An object whose schema is to be read along (it rides in the same call). */
  readonly describe: SalesforceObject | null;
}

/**
 * What one look as the integration user has shown. `unusable` when the whole connection refuses; in `usable`, single
 * parts can still be refused (an object that the user may not read).
 */
export type SalesforceProbe =
  | { readonly state: "unusable"; readonly refusal: Refusal; readonly limits: OrgLimits | null }
  | {
      readonly state: "usable";
      readonly limits: OrgLimits | null;
      readonly rights: IntegrationRights | Refusal;
      readonly changes: ReadonlyMap<SalesforceObject, ChangesPage | Refusal>;
      readonly schema: SalesforceObjectSchema | Refusal | null;
    };

/** One record to create (`id` null) or update, with only the fields to set. */
export interface SalesforceWrite {
  readonly object: SalesforceObject;
  readonly id: string | null;
  readonly fields: Readonly<Record<string, SalesforceValue>>;
}

/**
 * What a rolled-back write proved about one record. `unproven`: nothing was said against it, and no other record stood before
 * it. `untried`: the calls ran out while others' failures hid what it would have met.
 */
export type TrialOutcome =
  | { readonly verdict: "refused"; readonly refusals: readonly Refusal[] }
  | { readonly verdict: "unproven" }
  | { readonly verdict: "untried" };

/** What a real write did to one record. */
export type WriteOutcome =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/** What a write on a condition did. `changed`: somebody has changed the record since, and nothing was written. */
export type ConditionalOutcome = WriteOutcome | "changed";

/** Who Syncwarden is in this org, and where the org is. */
export interface SalesforceIdentity {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly instanceUrl: string;
  /** The integration user. */
  readonly userId: string;
  readonly username: string;
}

/** Calls of one app to the org in a span of time, from `ApiTotalUsage` event logs. */
export interface ApiShare {
  readonly from: Date;
  readonly to: Date;
  readonly hubspotCalls: number;
}

/**
 * One Salesforce org, seen as the integration user. Calls reject with `RefusedError` when the call as a whole is
 * refused; outcomes for single records are values.
 */
export interface Salesforce {
  /** Logs in if needed. Costs up to two calls the first time, then none. */
  identity(): Promise<SalesforceIdentity>;
  /** At most two API calls, whatever is asked. Never rejects. */
  probe(request: ProbeRequest): Promise<SalesforceProbe>;
  /** The next page of a changed query: one API call. */
  moreChanges(object: SalesforceObject, next: string): Promise<ChangesPage>;
  /** Current values by id, one API call for each 2,000. Records that are gone are left out. */
  recordsByIds(
    object: SalesforceObject,
    ids: readonly string[],
    fields: readonly string[],
  ): AsyncIterable<readonly SalesforceRecord[]>;
  /** Records in the recycle bin, as they were and modified when they were deleted: one call for each 1,000 ids. */
  deletedRecords(
    object: SalesforceObject,
    ids: readonly string[],
    fields: readonly string[],
  ): Promise<readonly SalesforceRecord[]>;
  /** Lists whose email is one of `emails`, for finding duplicates: one call for each 200 emails. */
  recordsByEmail(object: "Contact" | "Lead", emails: readonly string[]): Promise<readonly SalesforceRecord[]>;
  /** The next (at most 2,000) records by id, behind `afterId` or from the first on: one API call. */
  recordsAfter(
    object: SalesforceObject,
    afterId: string | null,
    fields: readonly string[],
  ): Promise<{ readonly records: readonly SalesforceRecord[]; readonly isLast: boolean }>;
  /** How many records there are of each object, in one API call; absent where that is refused. */
  recordCounts(objects: readonly SalesforceObject[]): Promise<ReadonlyMap<SalesforceObject, number>>;
  /** Tasks about one of some contacts and leads, made at or after `since`: one call for each 1,000 people. */
  tasksAbout(people: readonly string[], since: Date): Promise<readonly SalesforceRecord[]>;
  /** What the integration user still finds of records by id, the Recycle Bin included; absent: nothing. One call for five objects. */
  traces(ids: readonly string[]): Promise<ReadonlyMap<string, Trace>>;
  /** Several schemas in one API call. */
  schemas(objects: readonly SalesforceObject[]): Promise<ReadonlyMap<SalesforceObject, SalesforceObjectSchema | Refusal>>;
  /** Whether a field exists in the org at all, readable to the integration user or not. One API call for all. */
  existingFields(fields: readonly { readonly object: SalesforceObject; readonly field: string }[]): Promise<ReadonlySet<string>>;
  /** Users by id, inactive ones too: one call for each 1,000. */
  users(ids: readonly string[]): Promise<readonly SalesforceUser[]>;
  /** Users whose email is one of `emails`, inactive ones too: one call for each 1,000. */
  usersByEmail(emails: readonly string[]): Promise<readonly SalesforceUser[]>;
  /** Active validation rules, for naming a cause; empty where the user may not see them. */
  validationRules(
    object: SalesforceObject,
  ): Promise<readonly { readonly name: string; readonly errorMessage: string; readonly field: string | null }[]>;
  /** The active options that a record type takes, by picklist field: one call. Null where the user may not see them. */
  picklistValues(object: SalesforceObject, recordTypeId: string): Promise<Readonly<Record<string, readonly string[]>> | null>;
  /**
   * Validation rules changed after a moment, of any object, and those of the given names whenever they were changed: one call of
   * the Tooling API. Empty where the user may not see them.
   */
  rulesChangedSince(since: Date, names: readonly string[]): Promise<readonly ChangedRule[]>;
  /** The records of an object that were changed last: one call. */
  newestRecords(object: SalesforceObject, fields: readonly string[], count: number): Promise<readonly SalesforceRecord[]>;
  /** HubSpot's share of the calls, or null where the org has no such logs. */
  hubspotShare(since: Date): Promise<ApiShare | null>;
  /**
   * Writes at most 200 records for real and has Salesforce undo it. One API call where nothing fails and two where each failure
   * shows; where Salesforce shows only the first, one for each failing record and one more. Never more than `maxCalls`.
   */
  tryWrites(writes: readonly SalesforceWrite[], options: { readonly maxCalls: number }): Promise<readonly TrialOutcome[]>;
  /** Writes for real, 200 records a call, each by itself (`allOrNone: false`). In the order given. */
  write(writes: readonly SalesforceWrite[]): Promise<readonly WriteOutcome[]>;
  /**
   * Writes one record that is there, unless it was changed after `unmodifiedSince` (its LastModifiedDate when it was read): one call.
   * Salesforce looks at whole seconds, rounded down: what was changed within the same second passes.
   */
  writeIfUnmodified(write: SalesforceWrite & { readonly id: string }, unmodifiedSince: Date): Promise<ConditionalOutcome>;
  /** The newest known use of the org's daily calls, from `Sforce-Limit-Info` or `/limits`; null before the first answer. */
  apiUse(): { readonly used: number; readonly max: number; readonly at: Date } | null;
  /** Calls made by this client so far. */
  callsMade(): number;
}
