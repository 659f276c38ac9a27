import type { Refusal } from "../health/refusal.ts";
import type { HubSpotRecord, SyncedObject } from "../records/record.ts";
import type { HubSpotOwner, HubSpotPipeline, HubSpotProperty, PropertyRules } from "../records/schema.ts";

export interface HubSpotAccountDetails {
  readonly portalId: number;
  readonly timeZone: string;
  readonly currency: string;
  /** e.g. `app.hubspot.com` or `app-eu1.hubspot.com`: links into the account start with it. */
  readonly uiDomain: string;
}

/** Calls of private apps and service keys today, and the account's daily limit. */
export interface HubSpotApiUse {
  readonly used: number;
  readonly limit: number;
  readonly resetsAt: Date | null;
}

export interface HubSpotUpdate {
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
}

export type HubSpotUpdateOutcome =
  | { readonly ok: true; readonly id: string; readonly updatedAt: Date }
  | { readonly ok: false; readonly id: string; readonly refusal: Refusal };

/** A record that was deleted. */
export interface ArchivedRecord extends HubSpotRecord {
  readonly archivedAt: Date;
}

export type HubSpotCreateOutcome = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly refusal: Refusal };

/** A static list. `isNew` false: it was there already. */
export interface HubSpotList {
  readonly id: string;
  readonly isNew: boolean;
}

/** Which records of one object have as many records of another as HubSpot allows. */
export interface AssociationLimits {
  readonly limit: number;
  /** Their labels by id: of those that HubSpot shows, samples where there are very many. */
  readonly atLimit: ReadonlyMap<string, string | null>;
}

/** One value that a property had, newest first. */
export interface PropertyVersion {
  readonly value: string;
  readonly at: Date;
  /** `SALESFORCE` for the native sync, `CRM_UI`, `INTEGRATION` … */
  readonly sourceType: string;
}

/**
 * One HubSpot account. Calls reject with `RefusedError` when the call as a whole is refused; outcomes for single
 * records are values.
 */
export interface HubSpot {
  account(): Promise<HubSpotAccountDetails>;
  apiUse(): Promise<HubSpotApiUse>;
  /**
   * Records changed at or after `since`, oldest change first, 200 a page and a call; goes on past search's 10,000 results.
   * A record changed while paging can come twice.
   */
  changedRecords(object: SyncedObject, since: Date, properties: readonly string[]): AsyncIterable<readonly HubSpotRecord[]>;
  /** Records whose property has one of the values (exact), in as few searches as the limits allow. */
  recordsByProperty(
    object: SyncedObject,
    property: string,
    values: readonly string[],
    properties: readonly string[],
  ): Promise<readonly HubSpotRecord[]>;
  /** By id, 100 a call. Records that are gone are left out. */
  recordsByIds(
    object: SyncedObject,
    ids: readonly string[],
    properties: readonly string[],
  ): AsyncIterable<readonly HubSpotRecord[]>;
  /**
   * The next (at most 100) records behind a cursor, null for the first: one call, two where so many properties are asked for
   * that they don't fit into a URL. Not a search: no lag, no 10,000 results, none of the account's 5 searches a second.
   */
  recordsAfter(
    object: SyncedObject,
    after: string | null,
    properties: readonly string[],
  ): Promise<{ readonly records: readonly HubSpotRecord[]; readonly next: string | null }>;
  /** The same of deleted records, which HubSpot keeps for 90 days: one call. */
  archivedAfter(
    object: SyncedObject,
    after: string | null,
    properties: readonly string[],
  ): Promise<{ readonly records: readonly ArchivedRecord[]; readonly next: string | null }>;
  /** How many records there are, by one search. */
  recordCount(object: SyncedObject): Promise<number>;
  /** Ids of the `to` records that each `from` record is associated with, 1,000 a call; those without any are left out. */
  associatedIds(from: SyncedObject, to: SyncedObject, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** By id with the history of some properties, 50 a call. */
  histories(
    object: SyncedObject,
    ids: readonly string[],
    properties: readonly string[],
  ): Promise<ReadonlyMap<string, Readonly<Record<string, readonly PropertyVersion[]>>>>;
  properties(object: SyncedObject): Promise<Readonly<Record<string, HubSpotProperty>>>;
  propertyRules(object: SyncedObject): Promise<PropertyRules>;
  /** Properties without which no record of the object can be made. */
  requiredProperties(object: SyncedObject): Promise<readonly string[]>;
  associationLimits(from: SyncedObject, to: SyncedObject): Promise<AssociationLimits>;
  /** How many `to` records admins let a `from` record have; null where they have set no number. */
  associationMaximum(from: SyncedObject, to: SyncedObject): Promise<number | null>;
  pipelines(): Promise<readonly HubSpotPipeline[]>;
  owners(): Promise<readonly HubSpotOwner[]>;
  /** Which of these contacts are in the inclusion list. */
  members(listId: string, contactIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** The next (at most 250) contacts of the inclusion list behind a cursor, null for the first: one call. */
  membersAfter(
    listId: string,
    after: string | null,
  ): Promise<{ readonly contactIds: readonly string[]; readonly next: string | null }>;
  /** Makes a static list, or finds the one that has this name: one call, two where it is there. */
  createList(object: SyncedObject, name: string): Promise<HubSpotList>;
  /** Adds records to a static list, 500 a call; those that are in it stay. `missing`: records that HubSpot doesn't have any more. */
  addToList(listId: string, ids: readonly string[]): Promise<{ readonly missing: number }>;
  /** Updates records, 100 a call, each by itself. In the order given. */
  update(object: SyncedObject, updates: readonly HubSpotUpdate[]): Promise<readonly HubSpotUpdateOutcome[]>;
  /**
   * Makes one record: one call. A value that only one record may have (a contact's email) and another one has is a refusal with
   * status 409. Rejects with `RefusedError` where the refusal isn't about this record.
   */
  create(object: SyncedObject, properties: Readonly<Record<string, string>>): Promise<HubSpotCreateOutcome>;
  /** Calls other than searches that may be made in a second, by HubSpot's newest word on it. */
  callsPerSecond(): number;
  /** Calls made by this client so far. */
  callsMade(): number;
}
