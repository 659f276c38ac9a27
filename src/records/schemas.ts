import type { SalesforceObject, SyncedObject } from "./record.ts";
import type { HubSpotOwner, HubSpotPipeline, HubSpotProperty, SalesforceObjectSchema, SalesforceUser } from "./schema.ts";

/** What is known of both systems' schemas. A part that is absent has not been read: nothing is concluded from its absence. */
export interface Schemas {
  readonly hubspot: Readonly<Partial<Record<SyncedObject, Readonly<Record<string, HubSpotProperty>>>>>;
  readonly salesforce: Readonly<Partial<Record<SalesforceObject, SalesforceObjectSchema>>>;
  readonly pipelines: readonly HubSpotPipeline[];
  readonly owners: readonly HubSpotOwner[];
  /** By id (18 characters). Those that own compared records, at least. */
  readonly users: Readonly<Record<string, SalesforceUser>>;
  /** The user that HubSpot syncs as; null where it isn't known yet. */
  readonly integrationUserId?: string | null;
}

/** The parts that translate an owner or a deal stage from one system to the other. */
export type Translation = Pick<Schemas, "owners" | "users"> & Partial<Pick<Schemas, "pipelines">>;
