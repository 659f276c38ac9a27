import type { HubSpotProperty, SalesforceField, SalesforceObjectSchema } from "../../src/records/schema.ts";
import type { Schemas } from "../../src/records/schemas.ts";

export function field(part: Partial<SalesforceField> = {}): SalesforceField {
  return {
    name: "Field__c",
    label: "Field",
    type: "string",
    length: 255,
    precision: 0,
    scale: 0,
    createable: true,
    updateable: true,
    nillable: true,
    defaultedOnCreate: false,
    calculated: false,
    unique: false,
    restrictedPicklist: false,
    picklistValues: [],
    referenceTo: [],
    ...part,
  };
}

export function property(part: Partial<HubSpotProperty> = {}): HubSpotProperty {
  return {
    name: "property",
    label: "Property",
    type: "string",
    fieldType: "text",
    options: [],
    hasUniqueValue: false,
    calculated: false,
    readOnlyValue: false,
    ...part,
  };
}

export function picklist(...values: readonly string[]): SalesforceField["picklistValues"] {
  return values.map((value) => ({ value, label: value, active: true }));
}

export function objectSchema(name: string, fields: readonly SalesforceField[], keyPrefix = "003"): SalesforceObjectSchema {
  return {
    name,
    label: name,
    keyPrefix,
    createable: true,
    updateable: true,
    queryable: true,
    fields: Object.fromEntries(fields.map((part) => [part.name, part])),
  };
}

export const ADA = {
  id: "0055g00000ABCDEAA5",
  name: "Ada Lovelace",
  email: "Ada@Example.com",
  isActive: true,
  userType: "Standard",
};
export const BOB = { id: "0055g00000ABCDFAA5", name: "Bob", email: "bob@example.com", isActive: false, userType: "Standard" };

export const SCHEMAS: Schemas = {
  hubspot: {},
  salesforce: {},
  pipelines: [
    {
      id: "p1",
      label: "Salesforce - Default",
      stages: [
        { id: "s1", label: "Prospecting" },
        { id: "s2", label: "Closed Won" },
      ],
    },
    { id: "p2", label: "Partners", stages: [{ id: "s9", label: "Signed" }] },
  ],
  owners: [
    { id: "71", email: "ada@example.com", archived: false },
    { id: "72", email: "bob@example.com", archived: false },
    { id: "73", email: "nobody@example.com", archived: false },
  ],
  users: { [ADA.id]: ADA, [BOB.id]: BOB },
};
