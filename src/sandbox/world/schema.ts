import { type HubSpotAccount, OBJECT_TYPES, type ObjectType, type PropertyDefinition } from "../hubspot/model.ts";
import type { FieldDefinition, SalesforceOrg } from "../salesforce/model.ts";
import { TOUCH_FIELD, TOUCH_PROPERTY } from "./mappings.ts";

export const CUSTOMER_TIERS = ["Bronze", "Silver", "Gold"] as const;
export const PRODUCTS = ["Starter", "Team", "Enterprise"] as const;
/** Which levels of support a customer can have depends on the tier. */
export const SUPPORT_LEVELS = ["Standard", "Priority", "Dedicated"] as const;
export const SALES_REGIONS = ["Nordics", "Central Europe", "British Isles"] as const;

/** More than anybody should be able to tick at once. */
export const TOPICS = Array.from({ length: 120 }, (_, index) => `Topic ${index + 1}`);
const EVENTS = ["Spring Fair", "User Conference"] as const;

/** The stages of the org's sales process, as Salesforce has them in a new org. */
export const STAGES = [
  { name: "Prospecting", closed: false },
  { name: "Qualification", closed: false },
  { name: "Needs Analysis", closed: false },
  { name: "Value Proposition", closed: false },
  { name: "Proposal/Price Quote", closed: false },
  { name: "Negotiation/Review", closed: false },
  { name: "Closed Won", closed: true },
  { name: "Closed Lost", closed: true },
] as const;

/** The record type of the org's opportunities; HubSpot names their pipeline after it. */
export const DEAL_RECORD_TYPE = "New Business";
export const DEAL_PIPELINE = { id: "85310111", label: `Salesforce - ${DEAL_RECORD_TYPE}` } as const;
/** A pipeline whose deals don't sync: its name doesn't start with "Salesforce - ". */
export const OTHER_PIPELINE = { id: "85310112", label: "Partner referrals" } as const;

const PICKLIST = (values: readonly string[]) => values.map((value) => ({ value, label: value, active: true }));

const TOUCH: FieldDefinition = { name: TOUCH_FIELD, label: "Syncwarden resync", type: "string", length: 80, nillable: true };

/** Fields that the company has added in Salesforce, by object. */
const CUSTOM_FIELDS: Readonly<Record<string, readonly FieldDefinition[]>> = {
  Contact: [
    {
      name: "Customer_Tier__c",
      label: "Customer Tier",
      type: "picklist",
      length: 255,
      nillable: true,
      restrictedPicklist: true,
      picklistValues: PICKLIST(CUSTOMER_TIERS),
    },
    {
      name: "Support_Level__c",
      label: "Support Level",
      type: "picklist",
      length: 255,
      nillable: true,
      restrictedPicklist: true,
      controllerName: "Customer_Tier__c",
      picklistValues: [
        { value: "Standard", label: "Standard", active: true, validFor: ["Bronze", "Silver", "Gold"] },
        { value: "Priority", label: "Priority", active: true, validFor: ["Silver", "Gold"] },
        { value: "Dedicated", label: "Dedicated", active: true, validFor: ["Gold"] },
      ],
    },
    { name: "Customer_Number__c", label: "Customer Number", type: "string", length: 20, nillable: true, unique: true },
    { name: "Sales_Region__c", label: "Sales Region", type: "string", length: 60, nillable: true },
    { name: "Health_Score__c", label: "Health Score", type: "double", precision: 5, scale: 2, nillable: true },
    {
      name: "Product_Interest__c",
      label: "Product Interest",
      type: "picklist",
      length: 255,
      nillable: true,
      picklistValues: PICKLIST(PRODUCTS),
    },
    {
      name: "Referred_By__c",
      label: "Referred By",
      type: "reference",
      length: 18,
      nillable: true,
      referenceTo: ["Contact"],
      relationshipName: "Referred_By__r",
    },
    {
      name: "Last_Event__c",
      label: "Last Event",
      type: "picklist",
      length: 255,
      nillable: true,
      picklistValues: PICKLIST(EVENTS),
    },
    {
      name: "Topics__c",
      label: "Topics",
      type: "multipicklist",
      length: 4_099,
      nillable: true,
      restrictedPicklist: true,
      picklistValues: PICKLIST(TOPICS),
    },
    { name: "Contract_Number__c", label: "Contract Number", type: "string", length: 30, nillable: true },
    { name: "Seats__c", label: "Seats", type: "string", length: 40, nillable: true },
    { name: "Meeting_Notes__c", label: "Meeting Notes", type: "textarea", length: 131_072, nillable: true },
    TOUCH,
  ],
  Lead: [TOUCH],
  Account: [TOUCH],
  Opportunity: [TOUCH],
  Task: [TOUCH],
};

function text(name: string, label: string): PropertyDefinition {
  return { name, label, type: "string", fieldType: "text", options: [] };
}

function select(name: string, label: string, values: readonly string[]): PropertyDefinition {
  const options = values.map((value) => ({ value, label: value, hidden: false }));
  return { name, label, type: "enumeration", fieldType: "select", options };
}

const TOUCH_TEXT = text(TOUCH_PROPERTY, "Syncwarden resync");

/** Properties that the company has added in HubSpot, by object. */
const CUSTOM_PROPERTIES: Readonly<Record<ObjectType, readonly PropertyDefinition[]>> = {
  contacts: [
    select("customer_tier", "Customer tier", CUSTOMER_TIERS),
    select("support_level", "Support level", SUPPORT_LEVELS),
    text("customer_number", "Customer number"),
    text("sales_region", "Sales region"),
    { name: "health_score", label: "Health score", type: "number", fieldType: "number", options: [] },
    select("product_interest", "Product interest", PRODUCTS),
    text("lead_status", "Salesforce lead status"),
    text("referred_by", "Referred by (Salesforce contact)"),
    select("last_event", "Last event", EVENTS),
    { ...select("topics", "Topics", TOPICS), fieldType: "checkbox" },
    { ...text("contract_number", "Contract number"), hasUniqueValue: true },
    { name: "seats", label: "Seats", type: "number", fieldType: "number", options: [] },
    { name: "meeting_notes", label: "Meeting notes", type: "string", fieldType: "textarea", options: [] },
    {
      name: "keep_out_of_salesforce",
      label: "Keep out of Salesforce",
      type: "bool",
      fieldType: "booleancheckbox",
      options: [
        { value: "true", label: "Yes", hidden: false },
        { value: "false", label: "No", hidden: false },
      ],
    },
    TOUCH_TEXT,
  ],
  companies: [TOUCH_TEXT],
  deals: [TOUCH_TEXT],
  tasks: [TOUCH_TEXT],
};

/** Gives both systems the company's own fields and properties, and HubSpot the pipelines that the integration makes. */
export function prepareSchemas(org: SalesforceOrg, account: HubSpotAccount): void {
  org.switchOnStateCountryPicklists();
  org.seed("RecordType", { Name: "Customer", DeveloperName: "Customer", SobjectType: "Contact" });
  for (const [object, fields] of Object.entries(CUSTOM_FIELDS)) {
    // A field definition is changed by scenarios: every world has its own.
    for (const field of fields) org.addField(object, structuredClone(field));
  }
  org.seed("RecordType", {
    Name: DEAL_RECORD_TYPE,
    DeveloperName: DEAL_RECORD_TYPE.replaceAll(" ", "_"),
    SobjectType: "Opportunity",
    IsActive: true,
  });
  for (const object of OBJECT_TYPES) {
    for (const property of CUSTOM_PROPERTIES[object]) account.addProperty(object, structuredClone(property));
  }
  const stages = STAGES.map((stage, index) => ({ id: String(155_310_201 + index), label: stage.name, closed: stage.closed }));
  account.pipelines().push(
    { ...DEAL_PIPELINE, stages },
    {
      ...OTHER_PIPELINE,
      stages: [
        { id: "155310301", label: "Introduced", closed: false },
        { id: "155310302", label: "Signed", closed: true },
      ],
    },
  );
}
