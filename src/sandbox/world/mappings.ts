import type { ObjectType } from "../hubspot/model.ts";
import type { SyncMapping, SyncRule, WrittenObjectName } from "../native-sync/mapping.ts";

type Row = readonly [property: string, field: string, rule: SyncRule];

function rows(object: ObjectType, salesforceObject: WrittenObjectName, list: readonly Row[]): readonly SyncMapping[] {
  return list.map(([property, field, rule]) => ({ object, salesforceObject, property, field, rule }));
}

/** The text property and field that a resync touches, on every object. */
export const TOUCH_PROPERTY = "syncwarden_resync";
export const TOUCH_FIELD = "Syncwarden_Resync__c";

const TOUCH: Row = [TOUCH_PROPERTY, TOUCH_FIELD, "two-way"];
const OWNER: Row = ["hubspot_owner_id", "OwnerId", "two-way"];

/** The world's field mappings: HubSpot's default ones and some of the company's own. Of each rule there are several. */
export const WORLD_MAPPINGS: readonly SyncMapping[] = [
  ...rows("contacts", "Contact", [
    ["email", "Email", "two-way"],
    ["firstname", "FirstName", "prefer-salesforce"],
    ["lastname", "LastName", "prefer-salesforce"],
    ["jobtitle", "Title", "two-way"],
    ["phone", "Phone", "two-way"],
    ["mobilephone", "MobilePhone", "prefer-salesforce"],
    ["address", "MailingStreet", "two-way"],
    ["city", "MailingCity", "two-way"],
    ["state", "MailingState", "two-way"],
    ["zip", "MailingPostalCode", "two-way"],
    ["country", "MailingCountry", "two-way"],
    ["salesforceaccountid", "AccountId", "always-salesforce"],
    OWNER,
    ["customer_tier", "Customer_Tier__c", "two-way"],
    ["support_level", "Support_Level__c", "two-way"],
    ["customer_number", "Customer_Number__c", "two-way"],
    ["sales_region", "Sales_Region__c", "two-way"],
    ["health_score", "Health_Score__c", "two-way"],
    ["product_interest", "Product_Interest__c", "always-salesforce"],
    ["referred_by", "Referred_By__c", "two-way"],
    ["last_event", "Last_Event__c", "always-salesforce"],
    ["topics", "Topics__c", "two-way"],
    ["contract_number", "Contract_Number__c", "always-salesforce"],
    ["seats", "Seats__c", "always-salesforce"],
    ["meeting_notes", "Meeting_Notes__c", "always-salesforce"],
    TOUCH,
  ]),
  ...rows("contacts", "Lead", [
    ["email", "Email", "two-way"],
    ["firstname", "FirstName", "prefer-salesforce"],
    ["lastname", "LastName", "prefer-salesforce"],
    ["jobtitle", "Title", "two-way"],
    ["phone", "Phone", "two-way"],
    ["company", "Company", "two-way"],
    ["address", "Street", "two-way"],
    ["city", "City", "two-way"],
    ["state", "State", "two-way"],
    ["zip", "PostalCode", "two-way"],
    ["country", "Country", "two-way"],
    ["website", "Website", "prefer-salesforce"],
    ["industry", "Industry", "prefer-salesforce"],
    ["annualrevenue", "AnnualRevenue", "prefer-salesforce"],
    ["numberofemployees", "NumberOfEmployees", "prefer-salesforce"],
    ["rating", "Rating", "prefer-salesforce"],
    ["lead_status", "Status", "always-salesforce"],
    ["leadsource", "LeadSource", "prefer-salesforce"],
    OWNER,
    TOUCH,
  ]),
  ...rows("companies", "Account", [
    ["name", "Name", "two-way"],
    ["website", "Website", "two-way"],
    ["phone", "Phone", "two-way"],
    ["address", "BillingStreet", "two-way"],
    ["city", "BillingCity", "two-way"],
    ["state", "BillingState", "two-way"],
    ["zip", "BillingPostalCode", "two-way"],
    ["country", "BillingCountry", "two-way"],
    ["annualrevenue", "AnnualRevenue", "prefer-salesforce"],
    ["numberofemployees", "NumberOfEmployees", "prefer-salesforce"],
    ["description", "Description", "two-way"],
    OWNER,
    TOUCH,
  ]),
  ...rows("deals", "Opportunity", [
    ["dealname", "Name", "two-way"],
    ["amount", "Amount", "two-way"],
    ["closedate", "CloseDate", "two-way"],
    ["dealstage", "StageName", "two-way"],
    ["hs_next_step", "NextStep", "two-way"],
    ["description", "Description", "two-way"],
    OWNER,
    TOUCH,
  ]),
  ...rows("tasks", "Task", [
    ["hs_task_subject", "Subject", "prefer-salesforce"],
    ["hs_task_body", "Description", "prefer-salesforce"],
    ["hs_timestamp", "ActivityDate", "prefer-salesforce"],
    ["hs_task_status", "Status", "prefer-salesforce"],
    ["hs_task_priority", "Priority", "prefer-salesforce"],
    OWNER,
    TOUCH,
  ]),
];
