import { carriesOwner } from "./owner.ts";
import type { HubSpotProperty, SalesforceField } from "./schema.ts";
import { carriesStage } from "./stage.ts";

/** How the values of a mapping are to be read; `unknown` where no schema says. */
export type ValueKind =
  | "owner"
  | "stage"
  | "id"
  | "boolean"
  | "options"
  | "option"
  | "number"
  | "day"
  | "instant"
  | "email"
  | "phone"
  | "web-address"
  | "time-of-day"
  | "rich-text"
  | "text"
  | "unknown";

const NUMBER_TYPES: readonly string[] = ["double", "currency", "percent", "int", "long", "number"];

/**
 * Salesforce's type decides; HubSpot's only where Salesforce's is plain text or not known. HubSpot maps dropdowns to picklists
 * and lookups, checkboxes to multi-select picklists, single checkboxes to checkboxes, numbers to numbers, text to text and dates
 * to dates or date/times; other pairs stem from older mappings. Source: HubSpot's "Map HubSpot properties to Salesforce fields".
 */
export function valueKind(field: SalesforceField | undefined, property: HubSpotProperty | undefined): ValueKind {
  if (carriesOwner(field, property)) return "owner";
  if (carriesStage(field, property)) return "stage";
  const kind = field === undefined ? "unknown" : salesforceKind(field.type);
  if (kind !== "unknown" && kind !== "text") return byDay(kind, property);
  const theirs = property === undefined ? kind : hubspotKind(property);
  return theirs === "text" ? textKind(field, property) : theirs;
}

/** Text that has several forms. */
function textKind(field: SalesforceField | undefined, property: HubSpotProperty | undefined): ValueKind {
  switch (field?.type) {
    case "phone":
      return "phone";
    case "url":
      return "web-address";
    case "time":
      return "time-of-day";
  }
  if (property?.type === "phone_number" || property?.fieldType === "phonenumber") return "phone";
  return property?.fieldType === "html" ? "rich-text" : "text";
}

function salesforceKind(type: string): ValueKind {
  if (NUMBER_TYPES.includes(type)) return "number";
  switch (type) {
    case "reference":
    case "id":
      return "id";
    case "boolean":
      return "boolean";
    case "multipicklist":
      return "options";
    case "picklist":
    case "combobox":
      return "option";
    case "date":
      return "day";
    case "datetime":
      return "instant";
    case "email":
      return "email";
    default:
      return "text";
  }
}

function hubspotKind({ name, type, fieldType }: HubSpotProperty): ValueKind {
  if (name === "email") return "email";
  switch (type) {
    case "number":
      return "number";
    case "date":
      return "day";
    case "datetime":
      return "instant";
    case "bool":
      return "boolean";
    case "enumeration":
      if (fieldType === "booleancheckbox") return "boolean";
      return fieldType === "checkbox" ? "options" : "option";
    default:
      return "text";
  }
}

/** A day on either side makes the pair one of days: the other's time of day cannot travel. */
function byDay(kind: ValueKind, property: HubSpotProperty | undefined): ValueKind {
  return kind === "instant" && property?.type === "date" ? "day" : kind;
}
