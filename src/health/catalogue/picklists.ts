import { type Sentence, sentence } from "../../language/sentence.ts";
import { type Details, fieldName, fieldOnObject, nameOf, RESYNC, type TypeEntry } from "../catalogue-entry.ts";

/** An option that the field has, and yet not for the record; else one that it doesn't have. */
function whereToAllow(details: Details): readonly Sentence[] {
  const option = nameOf(details.option);
  if (details.reason === "controlling-field") return controllerAdvice(details);
  if (details.reason === "record-type") {
    return [
      sentence(
        "Allow {option, select, unnamed {the option} other {the option “{option}”}} of {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}} for {recordType, select, unnamed {the record's record type and controlling value} other {the record type “{recordType}”}} in Salesforce, or choose one in HubSpot that it allows.",
        { ...fieldOnObject(details), option, recordType: nameOf(details.recordType) },
      ),
    ];
  }
  return [addOption(details)];
}

function addOption(details: Details): Sentence {
  return sentence(
    "Add {option, select, unnamed {the option} other {the option “{option}”}} to {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}}, or choose one that is there in HubSpot.",
    { ...fieldOnObject(details), option: nameOf(details.option) },
  );
}

function controllerAdvice(details: Details): readonly Sentence[] {
  const controllerLabel = nameOf(details.controllingLabel);
  const controller = fieldName({ field: details.controllingField ?? "", fieldLabel: details.controllingLabel ?? "" });
  return [
    sentence(
      "Choose another option than “{option}” for {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}} in HubSpot, or another {controllerLabel}: it can't be used where {value, select, unnamed {{controller} is blank} other {{controller} is “{value}”}}.",
      {
        ...fieldOnObject(details),
        option: nameOf(details.option),
        controllerLabel,
        controller,
        value: nameOf(details.controllingValue),
      },
    ),
    sentence("Or allow it there in Salesforce: Field Dependencies of {controller}.", { controller }),
  ];
}

function stateAdvice({ reason, option, country }: Details): Sentence {
  if (reason === "other-country") {
    return sentence(
      "Correct the state “{state}” or the country “{country}” on the HubSpot records: Salesforce's State and Country picklists have no such state there.",
      { state: nameOf(option), country: nameOf(country) },
    );
  }
  return sentence(
    "Write {state, select, unnamed {the state or country} other {“{state}”}} in HubSpot as Salesforce's State and Country picklists spell it{country, select, unnamed {} other { for {country}}}, in full rather than short.",
    { state: nameOf(option), country: nameOf(country) },
  );
}

function ownerAdvice({ owner: name, email: address, reason, userType }: Details): Sentence {
  const owner = nameOf(name);
  const email = nameOf(address);
  switch (reason) {
    case "queue":
      return sentence("Give the record to a user: a queue cannot own records in HubSpot.");
    case "user-type":
      return sentence(
        "Give the records of {owner, select, unnamed {this owner} other {{owner}}} to another user: users of type {userType, select, unnamed {other than Standard} other {{userType}}} don't sync as owners.",
        { owner, userType: nameOf(userType) },
      );
    case "deactivated":
      return sentence(
        "Reactivate {owner, select, unnamed {the owner} other {{owner}}}{email, select, unnamed {} other { ({email})}} in HubSpot, or give the records to somebody who is active there.",
        { owner, email },
      );
    default:
      return sentence(
        "Invite {owner, select, unnamed {the owner} other {{owner}}} to HubSpot with the same email{email, select, unnamed {} other {, {email}}}, or give the records to somebody who is there.",
        { owner, email },
      );
  }
}

function limitAdvice(details: Details): Sentence {
  if (!details.chosen) {
    return details.property
      ? sentence(
          "Delete options that no record uses from the property {property}{limit, select, unnamed {} other { (at most {limit})}}, or map the value to a text field instead.",
          { property: details.property, limit: nameOf(details.limit) },
        )
      : sentence(
          "Delete options that no record uses from {field, select, unnamed {the field} other {the field {field}}}{limit, select, unnamed {} other { (at most {limit})}}, or map the value to a text field instead.",
          { field: fieldName(details), limit: nameOf(details.limit) },
        );
  }
  return sentence(
    "Take options out of {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}} in HubSpot: Salesforce's multi-select picklist takes at most {limit} at once{chosen, select, unnamed {} other {, and the value has {chosen}}}. Or map the property to a long text area instead.",
    {
      ...fieldOnObject(details),
      limit: details.limit ?? "100",
      chosen: nameOf(/^\d/.test(details.chosen) ? details.chosen : undefined),
    },
  );
}

function mismatchAdvice(details: Details): Sentence {
  const { option, expected, property } = details;
  if (expected) {
    return sentence("Give the option the same internal value on both sides: “{option}” on one, “{expected}” on the other.", {
      option: nameOf(option),
      expected,
    });
  }
  return property
    ? sentence(
        "Add {option, select, unnamed {the option} other {the option “{option}”}} to the property {property}, with Salesforce's API name as its internal value.",
        { option: nameOf(option), property },
      )
    : sentence(
        "Add {option, select, unnamed {the option} other {the option “{option}”}} to {field, select, unnamed {the field} other {the field {field}}}, with Salesforce's API name as its internal value.",
        { option: nameOf(option), field: fieldName(details) },
      );
}

/** Options, stages and owners that one side doesn't have. */
export const PICKLIST_ENTRIES = {
  "missing-picklist-option": {
    label: "Missing Salesforce picklist option",
    meaning: sentence(
      "The HubSpot value is no option of the Salesforce picklist, or not for the record's record type or controlling field.",
    ),
    advice: (details) => [...whereToAllow(details), RESYNC],
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/{object}/FieldsAndRelationships/view",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "state-country-mismatch": {
    label: "Mismatched state or country value",
    meaning: sentence("The state or country is not in Salesforce's State and Country picklists, or not in that country."),
    advice: (details) => [
      stateAdvice(details),
      sentence("If it is right, add and activate it in Salesforce: Setup, State and Country/Territory Picklists."),
      RESYNC,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:AddressCleanerOverview/home",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "options-mismatch": {
    label: "Mismatched options",
    meaning: sentence("The same option is spelled differently on both sides, or HubSpot's property doesn't have it."),
    advice: (details) => [mismatchAdvice(details), RESYNC],
    who: "HubSpot admin",
    link: "hubspot-properties",
    direction: "both",
    clearsItself: "no",
  },
  "inactive-owner": {
    label: "Inactive Salesforce owner",
    meaning: sentence("The record's owner is a Salesforce user who is no longer active."),
    advice: ({ owner }) => [
      owner
        ? sentence("Give the records of {owner} to an active user in HubSpot, or activate {owner} in Salesforce.", { owner })
        : sentence("Give the records of this owner to an active user in HubSpot, or activate the user in Salesforce."),
      RESYNC,
    ],
    who: "HubSpot admin",
    link: "salesforce-setup:ManageUsers/home",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "restricted-picklist-value": {
    label: "Restricted picklist value",
    meaning: sentence("The Salesforce picklist takes its own options alone, and the HubSpot value is none of them."),
    advice: (details) => [
      details.inactive
        ? sentence(
            "Activate {option, select, unnamed {the option} other {the option “{option}”}} of {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}} again, or choose another one in HubSpot.",
            { ...fieldOnObject(details), option: nameOf(details.option) },
          )
        : addOption(details),
      sentence("Or lift the restriction of the picklist to the values of its value set."),
      RESYNC,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/{object}/FieldsAndRelationships/view",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "inactive-opportunity-stage": {
    label: "Inactive opportunity stage",
    meaning: sentence("The opportunity is in a stage that is switched off in Salesforce."),
    advice: ({ stage }) => [
      sentence(
        "Activate {stage, select, unnamed {the stage} other {the stage “{stage}”}} in Salesforce, or move the opportunities to an active one.",
        { stage: nameOf(stage) },
      ),
      RESYNC,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/Opportunity/FieldsAndRelationships/view",
    direction: "salesforce-to-hubspot",
    clearsItself: "no",
  },
  "owners-not-synced": {
    label: "Salesforce owners not synced",
    meaning: sentence("The record's Salesforce owner is no owner in HubSpot."),
    advice: (details) => [ownerAdvice(details), RESYNC],
    who: "HubSpot admin",
    link: "hubspot-record",
    direction: "salesforce-to-hubspot",
    clearsItself: "no",
  },
  "option-limit-exceeded": {
    label: "Option limit exceeded",
    meaning: sentence("The property has as many options as it can hold, or the value more of them than the field can."),
    advice: (details) => [limitAdvice(details), RESYNC],
    who: "HubSpot admin",
    link: "hubspot-properties",
    direction: "both",
    clearsItself: "no",
  },
  "default-sales-process-unavailable": {
    label: "Default sales process unavailable",
    meaning: sentence("The opportunity has no record type, so HubSpot cannot tell its pipeline."),
    advice: ({ recordTypes }) => [
      sentence("Give the opportunities a record type in Salesforce{recordTypes, select, unnamed {} other { ({recordTypes})}}.", {
        recordTypes: nameOf(recordTypes),
      }),
      sentence("So that new ones get it by themselves, give the profiles of those who make them a default record type."),
      RESYNC,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/Opportunity/RecordTypes/view",
    direction: "salesforce-to-hubspot",
    clearsItself: "no",
  },
  "missing-or-invalid-stage": {
    label: "Missing or invalid opportunity stage",
    meaning: sentence("The opportunity's stage is no stage of the HubSpot pipeline."),
    advice: ({ stage, pipeline, missing }) => [
      missing === "pipeline"
        ? sentence(
            "Make {pipeline, select, unnamed {the pipeline} other {the pipeline “{pipeline}”}} of deals in HubSpot, named exactly so after the record type, with {stage, select, unnamed {the stage} other {the stage “{stage}”}} in it.",
            { pipeline: nameOf(pipeline), stage: nameOf(stage) },
          )
        : sentence(
            "Add {stage, select, unnamed {the stage} other {the stage “{stage}”}} to the pipeline “{pipeline}” of deals in HubSpot, spelled exactly so, or move the opportunities to a stage that is there.",
            { pipeline: pipeline ?? "Salesforce", stage: nameOf(stage) },
          ),
      RESYNC,
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
    direction: "salesforce-to-hubspot",
    clearsItself: "no",
  },
} as const satisfies Record<string, TypeEntry>;
