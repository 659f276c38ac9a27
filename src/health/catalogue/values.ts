import { type Sentence, sentence } from "../../language/sentence.ts";
import { type Details, fieldName, fieldOnObject, nameOf, RESYNC, type TypeEntry } from "../catalogue-entry.ts";
import { expectedBy, objectNames } from "../expected.ts";

function idAdvice(details: Details): Sentence {
  const { actual } = details;
  const expected = objectNames(details.expected);
  const field = fieldName(details);
  if (!expected)
    return sentence(
      "Correct the ID in the HubSpot property that is mapped to {field, select, unnamed {the field} other {the field {field}}}.",
      { field },
    );
  return sentence(
    "Correct the ID in the HubSpot property that is mapped to {field, select, unnamed {the field} other {the field {field}}}: it takes IDs of {expected} records{actual, select, unnamed {} other {, and this is one of {actual}}}.",
    { field, expected, actual: nameOf(actual) },
  );
}

/** `system`: which of both the record that has the value is in. */
function uniqueAdvice(details: Details): Sentence {
  const { holder, system } = details;
  const field = fieldName(details);
  if (!holder) {
    return sentence(
      "{field, select, unnamed {The field} other {The field {field}}} must be unique: find the record that has the same value and correct one of them, or merge the two.",
      { field },
    );
  }
  return system
    ? sentence(
        "{field, select, unnamed {The field} other {The field {field}}} must be unique and {system}'s record {record} has the same value: correct one of them, or merge the two.",
        { field, system, record: holder },
      )
    : sentence(
        "{field, select, unnamed {The field} other {The field {field}}} must be unique and record {record} has the same value: correct one of them, or merge the two.",
        { field, record: holder },
      );
}

function requiredAdvice(details: Details): Sentence {
  return details.fields?.includes(",")
    ? sentence(
        "Fill in the required fields {fields}{object, select, unnamed {} other { on {object}}} on the records, or map properties that are always filled.",
        { fields: details.fields, object: nameOf(details.object) },
      )
    : sentence(
        "Fill in {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}} on the records, or map a property that is always filled.",
        fieldOnObject(details),
      );
}

/** Values that the other side's property or field cannot take. */
export const VALUE_ENTRIES = {
  "type-mismatch": {
    label: "Type mismatch",
    meaning: sentence("The property and the field that are mapped to each other are of different types."),
    advice: (details) => [
      sentence(
        "Map {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}} to a property of the same type{expected, select, unnamed {} other { ({expected})}}, or change the type of one of them.",
        { ...fieldOnObject(details), expected: expectedBy(details) ?? nameOf(undefined) },
      ),
      RESYNC,
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
    direction: "both",
    clearsItself: "no",
  },
  "missing-salesforce-id": {
    label: "Missing Salesforce ID",
    meaning: sentence("A lookup field in Salesforce needs a record's ID, and the HubSpot value is none."),
    advice: (details) => [
      sentence(
        "Put the 18-character ID{expected, select, unnamed {} other { of the {expected}}} into the HubSpot property that is mapped to {field, select, unnamed {the field} other {the field {field}}}, or leave it empty.",
        { field: fieldName(details), expected: objectNames(details.expected) ?? nameOf(undefined) },
      ),
      sentence(
        "If people are to write names there, map it to a text field in Salesforce instead of {field, select, unnamed {the field} other {the field {field}}}.",
        {
          field: fieldName(details),
        },
      ),
      RESYNC,
    ],
    who: "HubSpot admin",
    link: "hubspot-record",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "invalid-salesforce-id": {
    label: "Invalid Salesforce ID",
    meaning: sentence("The HubSpot value is an ID that Salesforce does not take for this field."),
    advice: (details) => [
      idAdvice(details),
      sentence("Copy IDs whole, with their capitals: a sheet or a form that changes their letter case makes them others."),
      RESYNC,
    ],
    who: "record owner",
    link: "hubspot-record",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "string-too-long": {
    label: "String too long",
    meaning: sentence("The text is longer than the field can hold."),
    advice: (details) => [
      details.limit
        ? sentence(
            "Shorten the text to {limit} characters: {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}} holds no more.",
            {
              ...fieldOnObject(details),
              limit: details.limit,
            },
          )
        : sentence(
            "Shorten the text of {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}}.",
            fieldOnObject(details),
          ),
      sentence("Or make the field longer, if people need the whole text on both sides."),
      RESYNC,
    ],
    who: "record owner",
    link: "hubspot-record",
    direction: "both",
    clearsItself: "no",
  },
  "invalid-email": {
    label: "Invalid email",
    meaning: sentence("The value is no email address that the other side takes."),
    advice: (details) => [
      sentence(
        "Correct the address in {field, select, unnamed {the field} other {the field {field}}}: no spaces, one @, a full domain.",
        { field: fieldName(details) },
      ),
      RESYNC,
    ],
    who: "record owner",
    link: "hubspot-record",
    direction: "both",
    clearsItself: "no",
  },
  "missing-required-country": {
    label: "Missing required country",
    meaning: sentence("Salesforce takes a state only together with its country, and the country is blank."),
    advice: ({ country, state }) => [
      sentence(
        "Fill in the country{country, select, unnamed {} other { ({country})}} on the HubSpot records{state, select, unnamed {} other { that have a state, such as “{state}”}}, or map the country property if it isn't mapped.",
        { country: nameOf(country), state: nameOf(state) },
      ),
      RESYNC,
    ],
    who: "record owner",
    link: "hubspot-record",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "invalid-value": {
    label: "Invalid value",
    meaning: sentence("The value does not fit the field: it is no such number or date, or out of range."),
    advice: (details) => [
      sentence(
        "Correct the value of {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}}{expected, select, unnamed {} other {; it takes: {expected}}}.",
        {
          ...fieldOnObject(details),
          expected: expectedBy(details) ?? nameOf(undefined),
        },
      ),
      RESYNC,
    ],
    who: "record owner",
    link: "hubspot-record",
    direction: "both",
    clearsItself: "no",
  },
  "owner-assignment": {
    label: "Owner assignment",
    meaning: sentence("The record would get an owner that Salesforce does not allow for it, such as a queue."),
    advice: ({ owner, ownerIs, object }) => [
      ownerIs === "queue"
        ? sentence(
            "Give the HubSpot record to a user rather than the queue “{owner}”{object, select, unnamed {} other {: Salesforce takes no such owner for a {object}}}.",
            { owner: nameOf(owner), object: nameOf(object) },
          )
        : sentence(
            "Give the HubSpot record to a user rather than {owner, select, unnamed {a queue} other {{owner}}}{object, select, unnamed {} other {: Salesforce takes no such owner for a {object}}}.",
            { owner: nameOf(owner), object: nameOf(object) },
          ),
      ...(object === "Task"
        ? [
            sentence(
              "A task without an owner in HubSpot takes the owner of its lead or contact: give that to a user, or let the queue have tasks.",
            ),
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
    meaning: sentence("The field takes each value once, and another record has it already."),
    advice: (details) => [uniqueAdvice(details), RESYNC],
    who: "record owner",
    link: "salesforce-record",
    direction: "both",
    clearsItself: "no",
  },
  "missing-required-value": {
    label: "Missing required value",
    meaning: sentence("A value that the other side requires is blank."),
    advice: (details) => [requiredAdvice(details), sentence("Or make it optional, if it needn't be required."), RESYNC],
    who: "record owner",
    link: "hubspot-record",
    direction: "both",
    clearsItself: "no",
  },
} as const satisfies Record<string, TypeEntry>;
