import type { FieldMapping, SyncRule } from "./mapping.ts";
import type { SalesforceObject, SyncedObject } from "./record.ts";

type Row = readonly [hubspotProperty: string, salesforceField: string, rule?: SyncRule];

function mappings(object: SyncedObject, salesforceObject: SalesforceObject, rows: readonly Row[]): readonly FieldMapping[] {
  return rows.map(([hubspotProperty, salesforceField, rule = "prefer-salesforce"]) => ({
    object,
    salesforceObject,
    hubspotProperty,
    salesforceField,
    rule,
  }));
}

/** What HubSpot maps for people of both kinds, by default and for good. */
const PERSON: readonly Row[] = [
  ["email", "Email"],
  ["firstname", "FirstName"],
  ["lastname", "LastName"],
  ["jobtitle", "Title"],
  ["hubspot_owner_id", "OwnerId", "two-way"],
];

/**
 * What HubSpot fills a Salesforce task with. Nobody can change these in HubSpot. Contact, deal and company go to WhoId and WhatId
 * by their links. Source: HubSpot's knowledge base, "Sync HubSpot activities and tasks to Salesforce".
 */
export const TASK_MAPPINGS: readonly FieldMapping[] = mappings("tasks", "Task", [
  ["hs_task_subject", "Subject"],
  ["hs_task_body", "Description"],
  ["hs_timestamp", "ActivityDate"],
  ["hs_task_status", "Status"],
  ["hs_task_priority", "Priority"],
  ["hubspot_owner_id", "OwnerId", "two-way"],
]);

/**
 * HubSpot's default mappings, which it makes with every connection. The rule is the one HubSpot gives new mappings; owners
 * are always two-way. Source: HubSpot's knowledge base, "Map HubSpot properties to Salesforce fields".
 */
export const DEFAULT_MAPPINGS: readonly FieldMapping[] = [
  ...mappings("contacts", "Contact", [
    ...PERSON,
    ["salesforceaccountid", "AccountId", "always-salesforce"],
    ["phone", "Phone"],
    ["mobilephone", "MobilePhone"],
    ["fax", "Fax"],
    ["address", "MailingStreet"],
    ["city", "MailingCity"],
    ["state", "MailingState"],
    ["zip", "MailingPostalCode"],
    ["country", "MailingCountry"],
  ]),
  ...mappings("contacts", "Lead", [
    ...PERSON,
    ["company", "Company"],
    ["phone", "Phone"],
    ["mobilephone", "MobilePhone"],
    ["fax", "Fax"],
    ["website", "Website"],
    ["industry", "Industry"],
    ["annualrevenue", "AnnualRevenue"],
    ["numemployees", "NumberOfEmployees"],
    ["address", "Street"],
    ["city", "City"],
    ["state", "State"],
    ["zip", "PostalCode"],
    ["country", "Country"],
  ]),
  ...mappings("companies", "Account", [
    ["name", "Name"],
    ["website", "Website"],
    ["phone", "Phone"],
    ["industry", "Industry"],
    ["annualrevenue", "AnnualRevenue"],
    ["numberofemployees", "NumberOfEmployees"],
    ["description", "Description"],
    ["address", "BillingStreet"],
    ["city", "BillingCity"],
    ["state", "BillingState"],
    ["zip", "BillingPostalCode"],
    ["country", "BillingCountry"],
    ["hubspot_owner_id", "OwnerId", "two-way"],
  ]),
  ...mappings("deals", "Opportunity", [
    ["dealname", "Name"],
    ["amount", "Amount"],
    ["closedate", "CloseDate"],
    ["dealstage", "StageName"],
    ["dealtype", "Type"],
    ["description", "Description"],
    ["hubspot_owner_id", "OwnerId", "two-way"],
  ]),
  ...TASK_MAPPINGS,
];
