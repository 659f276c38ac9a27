import type { ObjectType, PropertyDefinition } from "./model.ts";
import { standardProperty } from "./property-definition.ts";
import {
  COMPANY_TYPES,
  DEAL_PRIORITIES,
  DEAL_TYPES,
  INDUSTRIES,
  LEAD_SOURCES,
  LEAD_STATUSES,
  LIFECYCLE_STAGES,
  RATINGS,
  TASK_PRIORITIES,
  TASK_STATUSES,
  TASK_TYPES,
} from "./standard-options.ts";

const READ_ONLY = { readOnly: true } as const;
const LONG_TEXT = { fieldType: "textarea" } as const;

/** The property that holds when a record was last modified: contacts have a name of their own for it. */
export const MODIFIED_PROPERTY = {
  contacts: "lastmodifieddate",
  companies: "hs_lastmodifieddate",
  deals: "hs_lastmodifieddate",
  tasks: "hs_lastmodifieddate",
} as const satisfies Record<ObjectType, string>;

/** The property that holds when a record was made: tasks have a name of their own for it. */
export const CREATED_PROPERTY = {
  contacts: "createdate",
  companies: "createdate",
  deals: "createdate",
  tasks: "hs_createdate",
} as const satisfies Record<ObjectType, string>;

/** Properties that the account itself keeps. Contacts' and companies' `createdate` too; deals' can be written. */
export const SYSTEM_PROPERTIES: ReadonlySet<string> = new Set([
  "hs_object_id",
  "lastmodifieddate",
  "hs_lastmodifieddate",
  "hs_createdate",
]);

function owner(): PropertyDefinition {
  return standardProperty("hubspot_owner_id", "Owner", "enumeration");
}

function contactProperties(): readonly PropertyDefinition[] {
  return [
    standardProperty("hs_object_id", "Record ID", "number", READ_ONLY),
    standardProperty("createdate", "Create Date", "datetime", READ_ONLY),
    standardProperty("lastmodifieddate", "Last Modified Date", "datetime", READ_ONLY),
    standardProperty("email", "Email", "string", { unique: true }),
    standardProperty("hs_additional_emails", "Additional email addresses", "enumeration", { fieldType: "checkbox" }),
    standardProperty("hs_merged_object_ids", "Merged record IDs", "enumeration", { fieldType: "checkbox", readOnly: true }),
    standardProperty("firstname", "First Name"),
    standardProperty("lastname", "Last Name"),
    standardProperty("salutation", "Salutation"),
    standardProperty("phone", "Phone Number", "string", { fieldType: "phonenumber" }),
    standardProperty("mobilephone", "Mobile Phone Number", "string", { fieldType: "phonenumber" }),
    standardProperty("fax", "Fax Number"),
    standardProperty("jobtitle", "Job Title"),
    standardProperty("company", "Company Name"),
    standardProperty("address", "Street Address"),
    standardProperty("city", "City"),
    standardProperty("state", "State/Region"),
    standardProperty("zip", "Postal Code"),
    standardProperty("country", "Country/Region"),
    standardProperty("website", "Website URL"),
    standardProperty("industry", "Industry"),
    standardProperty("annualrevenue", "Annual Revenue"),
    standardProperty("numemployees", "Number of Employees", "enumeration", {
      options: ["1-5", "5-25", "25-50", "50-100", "100-500", "500-1000", "1000+"],
    }),
    standardProperty("numberofemployees", "Employees", "number"),
    standardProperty("message", "Message", "string", LONG_TEXT),
    standardProperty("leadsource", "Lead Source", "enumeration", { options: LEAD_SOURCES }),
    standardProperty("rating", "Rating", "enumeration", { options: RATINGS }),
    standardProperty("lifecyclestage", "Lifecycle Stage", "enumeration", { fieldType: "radio", options: LIFECYCLE_STAGES }),
    standardProperty("hs_lead_status", "Lead Status", "enumeration", { fieldType: "radio", options: LEAD_STATUSES }),
    owner(),
    standardProperty("associatedcompanyid", "Primary Associated Company ID", "number"),
    standardProperty("hs_email_optout", "Unsubscribed from all email", "bool", READ_ONLY),
    standardProperty("hs_full_name_or_email", "Full name or email", "string", { calculated: true }),
    standardProperty("salesforcecontactid", "Salesforce Contact ID", "string", READ_ONLY),
    standardProperty("salesforceleadid", "Salesforce Lead ID", "string", READ_ONLY),
    standardProperty("salesforceaccountid", "Salesforce Account ID", "string", READ_ONLY),
    standardProperty("salesforceownerid", "Salesforce Owner ID", "string", READ_ONLY),
    standardProperty("salesforcecampaignids", "Salesforce Campaign IDs", "string", READ_ONLY),
    standardProperty("salesforcedeleted", "Salesforce Deleted", "bool", READ_ONLY),
    standardProperty("salesforcelastsynctime", "Last Salesforce Sync Time", "datetime", READ_ONLY),
  ];
}

function companyProperties(): readonly PropertyDefinition[] {
  return [
    standardProperty("hs_object_id", "Record ID", "number", READ_ONLY),
    standardProperty("createdate", "Create Date", "datetime", READ_ONLY),
    standardProperty("hs_lastmodifieddate", "Last Modified Date", "datetime", READ_ONLY),
    standardProperty("name", "Company name"),
    standardProperty("domain", "Company Domain Name"),
    standardProperty("website", "Website URL"),
    standardProperty("phone", "Phone Number", "string", { fieldType: "phonenumber" }),
    standardProperty("address", "Street Address"),
    standardProperty("address2", "Street Address 2"),
    standardProperty("city", "City"),
    standardProperty("state", "State/Region"),
    standardProperty("zip", "Postal Code"),
    standardProperty("country", "Country/Region"),
    standardProperty("industry", "Industry", "enumeration", { options: INDUSTRIES }),
    standardProperty("annualrevenue", "Annual Revenue", "number"),
    standardProperty("numberofemployees", "Number of Employees", "number"),
    standardProperty("description", "Description", "string", LONG_TEXT),
    standardProperty("type", "Type", "enumeration", { fieldType: "radio", options: COMPANY_TYPES }),
    standardProperty("lifecyclestage", "Lifecycle Stage", "enumeration", { fieldType: "radio", options: LIFECYCLE_STAGES }),
    standardProperty("hs_lead_status", "Lead Status", "enumeration", { fieldType: "radio", options: LEAD_STATUSES }),
    owner(),
    standardProperty("salesforceaccountid", "Salesforce Account ID", "string", READ_ONLY),
    standardProperty("salesforcedeleted", "Salesforce Deleted", "bool", READ_ONLY),
    standardProperty("salesforcelastsynctime", "Last Salesforce Sync Time", "datetime", READ_ONLY),
  ];
}

function dealProperties(): readonly PropertyDefinition[] {
  return [
    standardProperty("hs_object_id", "Record ID", "number", READ_ONLY),
    standardProperty("createdate", "Create Date", "datetime"),
    standardProperty("hs_lastmodifieddate", "Last Modified Date", "datetime", READ_ONLY),
    standardProperty("dealname", "Deal Name"),
    standardProperty("amount", "Amount", "number"),
    standardProperty("closedate", "Close Date", "datetime"),
    standardProperty("pipeline", "Pipeline", "enumeration"),
    standardProperty("dealstage", "Deal Stage", "enumeration", { fieldType: "radio" }),
    standardProperty("dealtype", "Deal Type", "enumeration", { fieldType: "radio", options: DEAL_TYPES }),
    standardProperty("description", "Deal Description", "string", LONG_TEXT),
    standardProperty("hs_next_step", "Next step"),
    standardProperty("hs_priority", "Priority", "enumeration", { options: DEAL_PRIORITIES }),
    standardProperty("hs_is_closed", "Is Deal Closed?", "bool", { calculated: true }),
    owner(),
    standardProperty("hs_salesforceopportunityid", "Salesforce Opportunity ID", "string", READ_ONLY),
    standardProperty("salesforcelastsynctime", "Last Salesforce Sync Time", "datetime", READ_ONLY),
  ];
}

function taskProperties(): readonly PropertyDefinition[] {
  return [
    standardProperty("hs_object_id", "Record ID", "number", READ_ONLY),
    standardProperty("hs_createdate", "Create date", "datetime", READ_ONLY),
    standardProperty("hs_lastmodifieddate", "Last modified date", "datetime", READ_ONLY),
    standardProperty("hs_timestamp", "Due date", "datetime"),
    standardProperty("hs_task_subject", "Task Title"),
    standardProperty("hs_task_body", "Notes", "string", { fieldType: "html" }),
    standardProperty("hs_task_status", "Task Status", "enumeration", { options: TASK_STATUSES }),
    standardProperty("hs_task_priority", "Priority", "enumeration", { options: TASK_PRIORITIES }),
    standardProperty("hs_task_type", "Task Type", "enumeration", { options: TASK_TYPES }),
    owner(),
  ];
}

/** HubSpot's own properties of an object, those a CRM sync meets; names, types and options as HubSpot's. */
export function standardProperties(object: ObjectType): Map<string, PropertyDefinition> {
  const definitions = { contacts: contactProperties, companies: companyProperties, deals: dealProperties, tasks: taskProperties }[
    object
  ]();
  return new Map(definitions.map((definition) => [definition.name, definition]));
}

/** Properties that an answer has when none are asked for. */
export const DEFAULT_PROPERTIES = {
  contacts: ["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"],
  companies: ["createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"],
  deals: ["amount", "closedate", "createdate", "dealname", "dealstage", "hs_lastmodifieddate", "hs_object_id", "pipeline"],
  tasks: ["hs_createdate", "hs_lastmodifieddate", "hs_object_id"],
} as const satisfies Record<ObjectType, readonly string[]>;

/** What a new record must bring: at least one of each group. */
export const REQUIRED_ON_CREATE = {
  contacts: [["email", "firstname", "lastname"]],
  companies: [["name", "domain"]],
  deals: [["dealname"], ["dealstage"]],
  tasks: [["hs_timestamp"]],
} as const satisfies Record<ObjectType, readonly (readonly string[])[]>;
