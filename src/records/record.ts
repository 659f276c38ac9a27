/** One of the two CRMs. */
export type CrmSystem = "salesforce" | "hubspot";

/** HubSpot's names of the synced objects. */
export const SYNCED_OBJECTS = ["contacts", "companies", "deals"] as const;
export type SyncedObject = (typeof SYNCED_OBJECTS)[number];

export const SALESFORCE_OBJECTS = ["Contact", "Lead", "Account", "Opportunity"] as const;
export type SalesforceObject = (typeof SALESFORCE_OBJECTS)[number];

/** Which Salesforce objects each HubSpot object syncs with. */
export const PARTNER_OBJECTS = {
  contacts: ["Contact", "Lead"],
  companies: ["Account"],
  deals: ["Opportunity"],
} as const satisfies Record<SyncedObject, readonly SalesforceObject[]>;

/** The HubSpot properties that hold a linked record's Salesforce id. */
export const LINK_PROPERTIES = {
  Contact: "salesforcecontactid",
  Lead: "salesforceleadid",
  Account: "salesforceaccountid",
  Opportunity: "hs_salesforceopportunityid",
} as const satisfies Record<SalesforceObject, string>;

export interface HubSpotRecord {
  readonly object: SyncedObject;
  readonly id: string;
  /** HubSpot sends every value as text; a property without a value is null or absent. */
  readonly properties: Readonly<Record<string, string | null>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
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
