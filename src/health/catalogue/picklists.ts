import type { TypeEntry } from "../catalogue-entry.ts";
import { type Details, onObject, the, theField } from "../catalogue-entry.ts";

const RESYNC = "Then resync the records here.";

/** An option that the field has, and yet not for the record; else one that it doesn't have. */
function whereToAllow(details: Details): readonly string[] {
  const option = the("option", details.option);
  if (details.reason === "controlling-field") {
    const controller = `${details.controllingLabel} (${details.controllingField})`;
    const value = details.controllingValue
      ? `where ${controller} is “${details.controllingValue}”`
      : `where ${controller} is blank`;
    return [
      `Choose another option than “${details.option}” for ${theField(details)}${onObject(details)} in HubSpot, or another ${details.controllingLabel}: it can't be used ${value}.`,
      `Or allow it there in Salesforce: Field Dependencies of ${controller}.`,
    ];
  }
  if (details.reason === "record-type") {
    const recordType = details.recordType
      ? `the record type “${details.recordType}”`
      : "the record's record type and controlling value";
    return [
      `Allow ${option} of ${theField(details)}${onObject(details)} for ${recordType} in Salesforce, or choose one in HubSpot that it allows.`,
    ];
  }
  return [`Add ${option} to ${theField(details)}${onObject(details)}, or choose one that is there in HubSpot.`];
}

/** Options, stages and owners that one side doesn't have. */
export const PICKLIST_ENTRIES = {
  "missing-picklist-option": {
    label: "Missing Salesforce picklist option",
    meaning:
      "The HubSpot value is no option of the Salesforce picklist, or not for the record's record type or controlling field.",
    advice: (details) => [...whereToAllow(details), RESYNC],
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/{object}/FieldsAndRelationships/view",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "state-country-mismatch": {
    label: "Mismatched state or country value",
    meaning: "The state or country is not in Salesforce's State and Country picklists, or not in that country.",
    advice: (details) => [
      details.reason === "other-country"
        ? `Correct the state “${details.option}” or the country “${details.country}” on the HubSpot records: Salesforce's State and Country picklists have no such state there.`
        : `Write ${details.option ? `“${details.option}”` : "the state or country"} in HubSpot as Salesforce's State and Country picklists spell it${details.country ? ` for ${details.country}` : ""}, in full rather than short.`,
      "If it is right, add and activate it in Salesforce: Setup, State and Country/Territory Picklists.",
      RESYNC,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:AddressCleanerOverview/home",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "options-mismatch": {
    label: "Mismatched options",
    meaning: "The same option is spelled differently on both sides, or HubSpot's property doesn't have it.",
    advice: (details) => [
      details.expected
        ? `Give the option the same internal value on both sides: “${details.option ?? ""}” on one, “${details.expected}” on the other.`
        : `Add ${the("option", details.option)} to ${details.property ? `the property ${details.property}` : theField(details)}, with Salesforce's API name as its internal value.`,
      RESYNC,
    ],
    who: "HubSpot admin",
    link: "hubspot-properties",
    direction: "both",
    clearsItself: "no",
  },
  "inactive-owner": {
    label: "Inactive Salesforce owner",
    meaning: "The record's owner is a Salesforce user who is no longer active.",
    advice: ({ owner }) => [
      `Give the records of ${owner ?? "this owner"} to an active user in HubSpot, or activate ${owner ?? "the user"} in Salesforce.`,
      RESYNC,
    ],
    who: "HubSpot admin",
    link: "salesforce-setup:ManageUsers/home",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "restricted-picklist-value": {
    label: "Restricted picklist value",
    meaning: "The Salesforce picklist takes its own options alone, and the HubSpot value is none of them.",
    advice: (details) => [
      details.inactive
        ? `Activate ${the("option", details.option)} of ${theField(details)}${onObject(details)} again, or choose another one in HubSpot.`
        : `Add ${the("option", details.option)} to ${theField(details)}${onObject(details)}, or choose one that is there in HubSpot.`,
      "Or lift the restriction of the picklist to the values of its value set.",
      RESYNC,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/{object}/FieldsAndRelationships/view",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "inactive-opportunity-stage": {
    label: "Inactive opportunity stage",
    meaning: "The opportunity is in a stage that is switched off in Salesforce.",
    advice: ({ stage }) => [`Activate ${the("stage", stage)} in Salesforce, or move the opportunities to an active one.`, RESYNC],
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/Opportunity/FieldsAndRelationships/view",
    direction: "salesforce-to-hubspot",
    clearsItself: "no",
  },
  "owners-not-synced": {
    label: "Salesforce owners not synced",
    meaning: "The record's Salesforce owner is no owner in HubSpot.",
    advice: ({ owner, email, reason, userType }) => [
      reason === "queue"
        ? "Give the record to a user: a queue cannot own records in HubSpot."
        : reason === "user-type"
          ? `Give the records of ${owner ?? "this owner"} to another user: users of type ${userType ?? "other than Standard"} don't sync as owners.`
          : reason === "deactivated"
            ? `Reactivate ${owner ?? "the owner"}${email ? ` (${email})` : ""} in HubSpot, or give the records to somebody who is active there.`
            : `Invite ${owner ?? "the owner"} to HubSpot with the same email${email ? `, ${email}` : ""}, or give the records to somebody who is there.`,
      RESYNC,
    ],
    who: "HubSpot admin",
    link: "hubspot-record",
    direction: "salesforce-to-hubspot",
    clearsItself: "no",
  },
  "option-limit-exceeded": {
    label: "Option limit exceeded",
    meaning: "The property has as many options as it can hold, or the value more of them than the field can.",
    advice: (details) => [
      details.chosen
        ? `Take options out of ${theField(details)}${onObject(details)} in HubSpot: Salesforce's multi-select picklist takes at most ${details.limit ?? "100"} at once${/^\d/.test(details.chosen) ? `, and the value has ${details.chosen}` : ""}. Or map the property to a long text area instead.`
        : `Delete options that no record uses from ${details.property ? `the property ${details.property}` : theField(details)}${details.limit ? ` (at most ${details.limit})` : ""}, or map the value to a text field instead.`,
      RESYNC,
    ],
    who: "HubSpot admin",
    link: "hubspot-properties",
    direction: "both",
    clearsItself: "no",
  },
  "default-sales-process-unavailable": {
    label: "Default sales process unavailable",
    meaning: "The opportunity has no record type, so HubSpot cannot tell its pipeline.",
    advice: ({ recordTypes }) => [
      `Give the opportunities a record type in Salesforce${recordTypes ? ` (${recordTypes})` : ""}.`,
      "So that new ones get it by themselves, give the profiles of those who make them a default record type.",
      RESYNC,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/Opportunity/RecordTypes/view",
    direction: "salesforce-to-hubspot",
    clearsItself: "no",
  },
  "missing-or-invalid-stage": {
    label: "Missing or invalid opportunity stage",
    meaning: "The opportunity's stage is no stage of the HubSpot pipeline.",
    advice: ({ stage, pipeline, missing }) => [
      missing === "pipeline"
        ? `Make ${the("pipeline", pipeline)} of deals in HubSpot, named exactly so after the record type, with ${the("stage", stage)} in it.`
        : `Add ${the("stage", stage)} to ${the("pipeline", pipeline ?? "Salesforce")} of deals in HubSpot, spelled exactly so, or move the opportunities to a stage that is there.`,
      RESYNC,
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
    direction: "salesforce-to-hubspot",
    clearsItself: "no",
  },
} as const satisfies Record<string, TypeEntry>;
