import type { FieldDefinition } from "../model.ts";
import {
  address,
  checkbox,
  currency,
  date,
  dateTime,
  double,
  email,
  integer,
  owner,
  phone,
  picklist,
  readOnly,
  reference,
  systemFields,
  text,
  textArea,
  url,
} from "./fields.ts";
import type { ObjectBlueprint } from "./objects.ts";
import {
  ACCOUNT_TYPES,
  CAMPAIGN_STATUSES,
  CAMPAIGN_TYPES,
  INDUSTRIES,
  LEAD_SOURCES,
  LEAD_STATUSES,
  OPPORTUNITY_STAGES,
  OPPORTUNITY_TYPES,
  RATINGS,
  SALUTATIONS,
  TASK_STATUSES,
} from "./picklists.ts";

const REQUIRED = { required: true, nillable: false };

/** The record that was kept when this one was merged into it. */
function masterRecord(object: string): FieldDefinition {
  return readOnly(reference("MasterRecordId", "Master Record ID", [object], "MasterRecord"));
}

/** First, last and whole name; the last is required. */
function personName(): FieldDefinition[] {
  return [
    text("LastName", "Last Name", 80, REQUIRED),
    text("FirstName", "First Name", 40, { permissionable: false }),
    picklist("Salutation", "Salutation", SALUTATIONS, { permissionable: false }),
    readOnly(text("Name", "Full Name", 121, { nillable: false })),
  ];
}

function accountFields(): FieldDefinition[] {
  return [
    ...systemFields("Account"),
    masterRecord("Account"),
    text("Name", "Account Name", 255, REQUIRED),
    picklist("Type", "Account Type", ACCOUNT_TYPES),
    reference("ParentId", "Parent Account ID", ["Account"], "Parent"),
    ...address("Billing"),
    ...address("Shipping"),
    phone("Phone", "Account Phone"),
    phone("Fax", "Account Fax"),
    text("AccountNumber", "Account Number", 40),
    url("Website", "Website"),
    picklist("Industry", "Industry", INDUSTRIES),
    currency("AnnualRevenue", "Annual Revenue"),
    integer("NumberOfEmployees", "Employees"),
    picklist("Ownership", "Ownership", ["Public", "Private", "Subsidiary", "Other"]),
    picklist("Rating", "Account Rating", RATINGS),
    picklist("AccountSource", "Account Source", LEAD_SOURCES),
    text("Site", "Account Site", 80),
    textArea("Description", "Account Description", 32000),
    reference("RecordTypeId", "Record Type ID", ["RecordType"], "RecordType", { permissionable: false }),
    owner("Account"),
  ];
}

function contactFields(): FieldDefinition[] {
  return [
    ...systemFields("Contact"),
    masterRecord("Contact"),
    ...personName(),
    reference("AccountId", "Account ID", ["Account"], "Account"),
    text("Title", "Title", 128),
    text("Department", "Department", 80),
    email("Email", "Email"),
    phone("Phone", "Business Phone"),
    phone("MobilePhone", "Mobile Phone"),
    phone("HomePhone", "Home Phone"),
    phone("OtherPhone", "Other Phone"),
    phone("Fax", "Business Fax"),
    ...address("Mailing"),
    ...address("Other"),
    date("Birthdate", "Birthdate"),
    picklist("LeadSource", "Lead Source", LEAD_SOURCES),
    reference("ReportsToId", "Reports To ID", ["Contact"], "ReportsTo"),
    textArea("Description", "Contact Description", 32000),
    checkbox("HasOptedOutOfEmail", "Email Opt Out"),
    checkbox("DoNotCall", "Do Not Call"),
    readOnly(dateTime("LastActivityDate", "Last Activity")),
    reference("RecordTypeId", "Record Type ID", ["RecordType"], "RecordType", { permissionable: false }),
    owner("Contact"),
  ];
}

function leadFields(): FieldDefinition[] {
  return [
    ...systemFields("Lead"),
    masterRecord("Lead"),
    ...personName(),
    text("Company", "Company", 255, REQUIRED),
    text("Title", "Title", 128),
    email("Email", "Email"),
    phone("Phone", "Phone"),
    phone("MobilePhone", "Mobile Phone"),
    phone("Fax", "Fax"),
    url("Website", "Website"),
    ...address(""),
    picklist("Status", "Status", LEAD_STATUSES, { ...REQUIRED, defaultedOnCreate: true, defaultValue: LEAD_STATUSES[0] ?? null }),
    picklist("Industry", "Industry", INDUSTRIES),
    picklist("Rating", "Rating", RATINGS),
    picklist("LeadSource", "Lead Source", LEAD_SOURCES),
    currency("AnnualRevenue", "Annual Revenue"),
    integer("NumberOfEmployees", "Employees"),
    textArea("Description", "Description", 32000),
    checkbox("HasOptedOutOfEmail", "Email Opt Out"),
    checkbox("DoNotCall", "Do Not Call"),
    checkbox("IsConverted", "Converted", { createable: false, updateable: false, permissionable: false }),
    readOnly(date("ConvertedDate", "Converted Date")),
    readOnly(reference("ConvertedContactId", "Converted Contact ID", ["Contact"], "ConvertedContact")),
    readOnly(reference("ConvertedAccountId", "Converted Account ID", ["Account"], "ConvertedAccount")),
    readOnly(reference("ConvertedOpportunityId", "Converted Opportunity ID", ["Opportunity"], "ConvertedOpportunity")),
    reference("RecordTypeId", "Record Type ID", ["RecordType"], "RecordType", { permissionable: false }),
    owner("Lead"),
  ];
}

function opportunityFields(): FieldDefinition[] {
  const stages = OPPORTUNITY_STAGES.map((stage) => stage.name);
  return [
    ...systemFields("Opportunity"),
    text("Name", "Name", 120, REQUIRED),
    picklist("StageName", "Stage", stages, REQUIRED),
    date("CloseDate", "Close Date", REQUIRED),
    reference("AccountId", "Account ID", ["Account"], "Account"),
    currency("Amount", "Amount", 18, 2),
    double("Probability", "Probability (%)", 3, 0, { defaultedOnCreate: true }),
    picklist("Type", "Opportunity Type", OPPORTUNITY_TYPES),
    picklist("LeadSource", "Lead Source", LEAD_SOURCES),
    text("NextStep", "Next Step", 255),
    textArea("Description", "Description", 32000),
    readOnly(checkbox("IsClosed", "Closed")),
    readOnly(checkbox("IsWon", "Won")),
    reference("CampaignId", "Campaign ID", ["Campaign"], "Campaign"),
    reference("ContactId", "Contact ID", ["Contact"], "Contact", { updateable: false, permissionable: false }),
    reference("RecordTypeId", "Record Type ID", ["RecordType"], "RecordType", { permissionable: false }),
    owner("Opportunity"),
  ];
}

function taskFields(): FieldDefinition[] {
  return [
    ...systemFields("Task"),
    text("Subject", "Subject", 255),
    date("ActivityDate", "Due Date Only"),
    picklist("Status", "Status", TASK_STATUSES, { ...REQUIRED, defaultedOnCreate: true, defaultValue: "Not Started" }),
    picklist("Priority", "Priority", ["High", "Normal", "Low"], { ...REQUIRED, defaultedOnCreate: true, defaultValue: "Normal" }),
    reference("WhoId", "Name ID", ["Contact", "Lead"], "Who"),
    reference("WhatId", "Related To ID", ["Account", "Opportunity", "Campaign"], "What"),
    textArea("Description", "Description", 32000),
    picklist("TaskSubtype", "Task Subtype", ["Task", "Email", "Call"], { updateable: false, permissionable: false }),
    picklist("CallType", "Call Type", ["Internal", "Inbound", "Outbound"]),
    integer("CallDurationInSeconds", "Call Duration"),
    readOnly(checkbox("IsClosed", "Closed")),
    owner("Task"),
  ];
}

function campaignFields(): FieldDefinition[] {
  return [
    ...systemFields("Campaign"),
    text("Name", "Name", 80, REQUIRED),
    picklist("Type", "Type", CAMPAIGN_TYPES),
    picklist("Status", "Status", CAMPAIGN_STATUSES),
    date("StartDate", "Start Date"),
    date("EndDate", "End Date"),
    checkbox("IsActive", "Active"),
    textArea("Description", "Description", 32000),
    reference("ParentId", "Parent Campaign ID", ["Campaign"], "Parent"),
    owner("Campaign"),
  ];
}

function campaignMemberFields(): FieldDefinition[] {
  return [
    ...systemFields("CampaignMember"),
    reference("CampaignId", "Campaign ID", ["Campaign"], "Campaign", { ...REQUIRED, updateable: false }),
    reference("LeadId", "Lead ID", ["Lead"], "Lead", { updateable: false, permissionable: false }),
    reference("ContactId", "Contact ID", ["Contact"], "Contact", { updateable: false, permissionable: false }),
    picklist("Status", "Status", ["Sent", "Responded"], { defaultedOnCreate: true, defaultValue: "Sent" }),
    readOnly(checkbox("HasResponded", "Responded")),
  ];
}

/** The objects whose records people and integrations edit. */
export const CRM_OBJECTS: readonly ObjectBlueprint[] = [
  {
    name: "Account",
    label: "Account",
    labelPlural: "Accounts",
    keyPrefix: "001",
    kind: "stored",
    permissionable: true,
    fields: accountFields,
    children: {
      Contacts: { object: "Contact", field: "AccountId" },
      Opportunities: { object: "Opportunity", field: "AccountId" },
      Tasks: { object: "Task", field: "WhatId" },
    },
  },
  {
    name: "Contact",
    label: "Contact",
    labelPlural: "Contacts",
    keyPrefix: "003",
    kind: "stored",
    permissionable: true,
    fields: contactFields,
    children: {
      CampaignMembers: { object: "CampaignMember", field: "ContactId" },
      Tasks: { object: "Task", field: "WhoId" },
    },
  },
  {
    name: "Lead",
    label: "Lead",
    labelPlural: "Leads",
    keyPrefix: "00Q",
    kind: "stored",
    permissionable: true,
    fields: leadFields,
    children: {
      CampaignMembers: { object: "CampaignMember", field: "LeadId" },
      Tasks: { object: "Task", field: "WhoId" },
    },
  },
  {
    name: "Opportunity",
    label: "Opportunity",
    labelPlural: "Opportunities",
    keyPrefix: "006",
    kind: "stored",
    permissionable: true,
    fields: opportunityFields,
    children: { Tasks: { object: "Task", field: "WhatId" } },
  },
  {
    name: "Task",
    label: "Task",
    labelPlural: "Tasks",
    keyPrefix: "00T",
    kind: "stored",
    permissionable: false,
    fields: taskFields,
    children: {},
  },
  {
    name: "Campaign",
    label: "Campaign",
    labelPlural: "Campaigns",
    keyPrefix: "701",
    kind: "stored",
    permissionable: true,
    fields: campaignFields,
    children: { CampaignMembers: { object: "CampaignMember", field: "CampaignId" } },
  },
  {
    name: "CampaignMember",
    label: "Campaign Member",
    labelPlural: "Campaign Members",
    keyPrefix: "00v",
    kind: "stored",
    permissionable: false,
    fields: campaignMemberFields,
    children: {},
  },
];
