import type { ObjectType } from "../hubspot/model.ts";

export const SALESFORCE_OBJECTS = ["Account", "Contact", "Lead", "Opportunity"] as const;
export type SalesforceObjectName = (typeof SALESFORCE_OBJECTS)[number];
/** What it writes to Salesforce: tasks too, which only go that way and whose HubSpot records show no link. */
export type WrittenObjectName = SalesforceObjectName | "Task";

/** Which system's value a mapping keeps, in HubSpot's words: prefer Salesforce unless blank, always use Salesforce, two-way, don't sync. */
export type SyncRule = "prefer-salesforce" | "always-salesforce" | "two-way" | "none";

/** A field mapping as it is set up in HubSpot's settings of the integration. */
export interface SyncMapping {
  readonly object: ObjectType;
  readonly salesforceObject: WrittenObjectName;
  readonly property: string;
  readonly field: string;
  readonly rule: SyncRule;
}

/** HubSpot's objects for Salesforce's. */
export const HUBSPOT_OBJECT = {
  Account: "companies",
  Contact: "contacts",
  Lead: "contacts",
  Opportunity: "deals",
} as const satisfies Record<SalesforceObjectName, ObjectType>;

/** The HubSpot property that holds the linked record's Salesforce id. */
export const LINK_PROPERTY = {
  Account: "salesforceaccountid",
  Contact: "salesforcecontactid",
  Lead: "salesforceleadid",
  Opportunity: "hs_salesforceopportunityid",
} as const satisfies Record<SalesforceObjectName, string>;

/** A Salesforce object's HubSpot objects in the order in which a link counts: a contact that became a Contact is no longer its Lead. */
export const PARTNERS = {
  contacts: ["Contact", "Lead"],
  companies: ["Account"],
  deals: ["Opportunity"],
  tasks: [],
} as const satisfies Record<ObjectType, readonly SalesforceObjectName[]>;
