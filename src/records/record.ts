/** One of the two CRMs. */
export type CrmSystem = "salesforce" | "hubspot";

/** What people call them, in every language. */
export const SYSTEM_NAMES = { hubspot: "HubSpot", salesforce: "Salesforce" } as const satisfies Record<CrmSystem, string>;

/** HubSpot's names of the synced objects. */
export const SYNCED_OBJECTS = ["contacts", "companies", "deals", "tasks"] as const;
export type SyncedObject = (typeof SYNCED_OBJECTS)[number];

export const SALESFORCE_OBJECTS = ["Contact", "Lead", "Account", "Opportunity", "Task"] as const;
export type SalesforceObject = (typeof SALESFORCE_OBJECTS)[number];

/** HubSpot's ids of its object types. */
export const HUBSPOT_TYPE_IDS = {
  contacts: "0-1",
  companies: "0-2",
  deals: "0-3",
  tasks: "0-27",
} as const satisfies Record<SyncedObject, string>;

/** Which Salesforce objects each HubSpot object syncs with. */
export const PARTNER_OBJECTS = {
  contacts: ["Contact", "Lead"],
  companies: ["Account"],
  deals: ["Opportunity"],
  tasks: ["Task"],
} as const satisfies Record<SyncedObject, readonly SalesforceObject[]>;

/** The HubSpot properties that hold a linked record's Salesforce id. Tasks show none. */
export const LINK_PROPERTIES = {
  Contact: "salesforcecontactid",
  Lead: "salesforceleadid",
  Account: "salesforceaccountid",
  Opportunity: "hs_salesforceopportunityid",
} as const satisfies Partial<Record<SalesforceObject, string>>;

/** Salesforce's objects whose records HubSpot shows to be linked: only their changes can be tied to a HubSpot record. */
export type LinkedObject = keyof typeof LINK_PROPERTIES;

export function isLinkedObject(object: SalesforceObject): object is LinkedObject {
  return object in LINK_PROPERTIES;
}

/** Whether HubSpot shows which Salesforce record one of its records is linked to. */
export function showsLink(object: SyncedObject): boolean {
  return PARTNER_OBJECTS[object].some(isLinkedObject);
}

/** HubSpot's object for one of Salesforce's. */
export function syncedObject(object: SalesforceObject): SyncedObject {
  const found = SYNCED_OBJECTS.find((synced) => (PARTNER_OBJECTS[synced] as readonly SalesforceObject[]).includes(object));
  if (found === undefined) throw new Error(`${object} syncs with nothing`);
  return found;
}

export interface HubSpotRecord {
  readonly object: SyncedObject;
  readonly id: string;
  /** HubSpot sends every value as text; a property without a value is null or absent. */
  readonly properties: Readonly<Record<string, string | null>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/**
 * The property with the ids of the records that were merged into this one, separated by semicolons. They lead to it: HubSpot
 * answers a read by one of them with this record, under its own id. Source: HubSpot's changelog, *Updated merge functionality for
 * contacts and companies*.
 */
export const MERGED_IDS_PROPERTY = "hs_merged_object_ids";

/** The ids that a record goes by: its own, then those of the records that were merged into it, as far as they were read. */
export function idsOf({ id, properties }: Pick<HubSpotRecord, "id" | "properties">): readonly string[] {
  return [id, ...(properties[MERGED_IDS_PROPERTY]?.split(";").map((merged) => merged.trim()) ?? [])];
}

export type SalesforceValue = string | number | boolean | null;

export interface SalesforceRecord {
  readonly object: SalesforceObject;
  /** 18 characters. */
  readonly id: string;
  readonly fields: Readonly<Record<string, SalesforceValue>>;
  readonly createdAt: Date;
  /** SystemModstamp. */
  readonly modifiedAt: Date;
  /** LastModifiedById. */
  readonly modifiedById: string | null;
}
