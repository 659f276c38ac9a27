import type { ConnectionSettings } from "../../config/config.ts";
import {
  type HubSpotRecord,
  isLinkedObject,
  LINK_PROPERTIES,
  MERGED_IDS_PROPERTY,
  PARTNER_OBJECTS,
  type SalesforceObject,
  type SyncedObject,
} from "../../records/record.ts";
import type { Schemas } from "../../records/schemas.ts";

/** What is read of every HubSpot record beside its mapped properties: links, labels, signs of the sync and of merges. */
const HUBSPOT_PROPERTIES = {
  contacts: [
    "email",
    "firstname",
    "lastname",
    LINK_PROPERTIES.Contact,
    LINK_PROPERTIES.Lead,
    "salesforceaccountid",
    "salesforcedeleted",
    "salesforcelastsynctime",
    MERGED_IDS_PROPERTY,
  ],
  companies: ["name", "domain", LINK_PROPERTIES.Account, "salesforcelastsynctime", MERGED_IDS_PROPERTY],
  deals: ["dealname", "pipeline", "dealstage", LINK_PROPERTIES.Opportunity, "salesforcelastsynctime"],
  tasks: ["hs_task_subject", "hs_timestamp", "hubspot_owner_id"],
} as const satisfies Record<SyncedObject, readonly string[]>;

const SALESFORCE_FIELDS = {
  Contact: ["Email", "FirstName", "LastName", "AccountId"],
  Lead: ["Email", "FirstName", "LastName", "IsConverted"],
  Account: ["Name"],
  Opportunity: ["Name", "AccountId", "StageName"],
  Task: ["Subject", "WhoId", "WhatId"],
} as const satisfies Record<SalesforceObject, readonly string[]>;

/** Read where the object is known to have them. */
const OPTIONAL_FIELDS: Readonly<Record<SalesforceObject, readonly string[]>> = {
  Contact: [],
  Lead: [],
  Account: [],
  Opportunity: ["RecordTypeId"],
  Task: [],
};

/** The Salesforce objects whose changes are read: those that can be tied to a HubSpot record. */
export function watchedObjects(settings: Pick<ConnectionSettings, "objects">): SalesforceObject[] {
  return salesforceObjects(settings).filter(isLinkedObject);
}

/** The Salesforce objects that the connection's synced objects sync with. */
export function salesforceObjects({ objects }: Pick<ConnectionSettings, "objects">): SalesforceObject[] {
  return objects.flatMap((object) => [...PARTNER_OBJECTS[object]]);
}

/** The properties to read of HubSpot's records. */
export function propertiesToRead(settings: ConnectionSettings, object: SyncedObject): string[] {
  const mapped = settings.mappings.filter((mapping) => mapping.object === object).map((mapping) => mapping.hubspotProperty);
  return [...new Set([...HUBSPOT_PROPERTIES[object], ...mapped])];
}

/**
 * The fields to read of Salesforce's records. Those that the schema is known not to show are left out, since one of them would
 * have the whole query refused.
 */
export function fieldsToRead(settings: ConnectionSettings, object: SalesforceObject, schemas: Schemas): string[] {
  const mapped = settings.mappings
    .filter((mapping) => mapping.salesforceObject === object && mapping.rule !== "none")
    .map((mapping) => mapping.salesforceField);
  const known = schemas.salesforce[object]?.fields;
  const wanted = [...new Set([...SALESFORCE_FIELDS[object], ...mapped])];
  // Objects without record types don't have that field.
  return known === undefined ? wanted : [...wanted, ...OPTIONAL_FIELDS[object]].filter((field) => field in known);
}

/** Whether a deal is in a pipeline that syncs: those named "Salesforce - [record type]". Null where pipelines aren't known. */
export function inSyncedPipeline(deal: HubSpotRecord, { pipelines }: Schemas): boolean | null {
  const pipeline = pipelines.find(({ id }) => id === deal.properties.pipeline);
  return pipeline === undefined ? (pipelines.length === 0 ? null : false) : pipeline.label.startsWith("Salesforce - ");
}
