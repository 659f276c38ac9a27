import type { TypeEntry } from "../catalogue-entry.ts";
import { capital, onObject, theField } from "../catalogue-entry.ts";

const RESYNC = "Then resync the records here.";

/** Values that the other side's property or field cannot take. */
export const VALUE_ENTRIES = {
  "type-mismatch": {
    label: "Type mismatch",
    meaning: "The property and the field that are mapped to each other are of different types.",
    advice: (details) => [
      `Map ${theField(details)}${onObject(details)} to a property of the same type${details.expected ? ` (${details.expected})` : ""}, or change the type of one of them.`,
      RESYNC,
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
    direction: "both",
    clearsItself: "no",
  },
  "missing-salesforce-id": {
    label: "Missing Salesforce ID",
    meaning: "A lookup field in Salesforce needs a record's ID, and the HubSpot value is none.",
    advice: (details) => [
      `Put the 18-character ID${details.expected ? ` of the ${details.expected}` : ""} into the HubSpot property that is mapped to ${theField(details)}, or leave it empty.`,
      `If people are to write names there, map it to a text field in Salesforce instead of ${theField(details)}.`,
      RESYNC,
    ],
    who: "HubSpot admin",
    link: "hubspot-record",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "invalid-salesforce-id": {
    label: "Invalid Salesforce ID",
    meaning: "The HubSpot value is an ID that Salesforce does not take for this field.",
    advice: (details) => [
      `Correct the ID in the HubSpot property that is mapped to ${theField(details)}${details.expected ? `: it takes IDs of ${details.expected} records${details.actual ? `, and this is one of ${details.actual}` : ""}` : ""}.`,
      "Copy IDs whole, with their capitals: a sheet or a form that changes their letter case makes them others.",
      RESYNC,
    ],
    who: "record owner",
    link: "hubspot-record",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "string-too-long": {
    label: "String too long",
    meaning: "The text is longer than the field can hold.",
    advice: (details) => [
      details.limit
        ? `Shorten the text to ${details.limit} characters: ${theField(details)}${onObject(details)} holds no more.`
        : `Shorten the text of ${theField(details)}${onObject(details)}.`,
      "Or make the field longer, if people need the whole text on both sides.",
      RESYNC,
    ],
    who: "record owner",
    link: "hubspot-record",
    direction: "both",
    clearsItself: "no",
  },
  "invalid-email": {
    label: "Invalid email",
    meaning: "The value is no email address that the other side takes.",
    advice: (details) => [`Correct the address in ${theField(details)}: no spaces, one @, a full domain.`, RESYNC],
    who: "record owner",
    link: "hubspot-record",
    direction: "both",
    clearsItself: "no",
  },
  "missing-required-country": {
    label: "Missing required country",
    meaning: "Salesforce takes a state only together with its country, and the country is blank.",
    advice: (details) => [
      `Fill in the country${details.country ? ` (${details.country})` : ""} on the HubSpot records${details.state ? ` that have a state, such as “${details.state}”` : ""}, or map the country property if it isn't mapped.`,
      RESYNC,
    ],
    who: "record owner",
    link: "hubspot-record",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "invalid-value": {
    label: "Invalid value",
    meaning: "The value does not fit the field: it is no such number or date, or out of range.",
    advice: (details) => [
      `Correct the value of ${theField(details)}${onObject(details)}${details.expected ? `; it takes: ${details.expected}` : ""}.`,
      RESYNC,
    ],
    who: "record owner",
    link: "hubspot-record",
    direction: "both",
    clearsItself: "no",
  },
  "owner-assignment": {
    label: "Owner assignment",
    meaning: "The record would get an owner that Salesforce does not allow for it, such as a queue.",
    advice: ({ owner, object }) => [
      `Give the HubSpot record to a user rather than ${owner ?? "a queue"}${object ? `: Salesforce takes no such owner for a ${object}` : ""}.`,
      ...(object === "Task"
        ? [
            "A task without an owner in HubSpot takes the owner of its lead or contact: give that to a user, or let the queue have tasks.",
          ]
        : []),
      RESYNC,
    ],
    who: "record owner",
    link: "hubspot-record",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "restricted-unique-value": {
    label: "Restricted unique value",
    meaning: "The field takes each value once, and another record has it already.",
    advice: (details) => [
      details.holder
        ? `${capital(theField(details))} must be unique and ${details.system ? `${details.system}'s ` : ""}record ${details.holder} has the same value: correct one of them, or merge the two.`
        : `${capital(theField(details))} must be unique: find the record that has the same value and correct one of them, or merge the two.`,
      RESYNC,
    ],
    who: "record owner",
    link: "salesforce-record",
    direction: "both",
    clearsItself: "no",
  },
  "missing-required-value": {
    label: "Missing required value",
    meaning: "A value that the other side requires is blank.",
    advice: (details) => [
      `Fill in ${details.fields?.includes(",") ? `the required fields ${details.fields}` : theField(details)}${onObject(details)} on the records, or map a property that is always filled.`,
      "Or make it optional, if it needn't be required.",
      RESYNC,
    ],
    who: "record owner",
    link: "hubspot-record",
    direction: "both",
    clearsItself: "no",
  },
} as const satisfies Record<string, TypeEntry>;
