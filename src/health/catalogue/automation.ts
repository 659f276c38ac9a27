import type { TypeEntry } from "../catalogue-entry.ts";
import { type Details, onObject, the, theField } from "../catalogue-entry.ts";

/** What the automation ran into, when that is another rule's refusal. */
function innerRefusal({ rule, innerCode, innerMessage }: Details): string {
  if (rule) return ` It runs into ${the("validation rule", rule)}${innerMessage ? `: ${innerMessage}` : ""}.`;
  if (!innerCode) return "";
  return ` It runs into ${innerCode}${innerMessage ? `: ${innerMessage}` : ""}.`;
}

function lookupFilterAdvice(details: Details): readonly string[] {
  return [
    `Choose a record that the lookup filter of ${theField(details)}${onObject(details)} lets through${details.value ? `, unlike ${details.value}` : ""}${details.message ? ` (${details.message.replace(/\.+$/, "")})` : ""}.`,
    "If it should be allowed, change the filter's criteria in Salesforce, or make it optional: Fields & Relationships, the field, Lookup Filter.",
    "Then resync the records here.",
  ];
}

/** The automation that asks for something, by name where it is known. */
function automation({ trigger, flow }: Details): string {
  if (trigger) return the("trigger", trigger);
  return flow ? the("flow", flow) : "the automation that asks for a contact";
}

/** Triggers, flows and rules that people have built in Salesforce. */
export const AUTOMATION_ENTRIES = {
  "salesforce-automation": {
    label: "Salesforce automation",
    meaning: "Apex code in Salesforce, such as a trigger, fails when the record is saved.",
    advice: (details) => [
      `Have a developer look at ${the("trigger", details.trigger)}${onObject(details)}${details.line ? ` (${details.line})` : ""}.${innerRefusal(details)}`,
      details.rule || details.innerCode
        ? "Change the record so that the quoted refusal no longer applies, or let the trigger skip the integration user."
        : "Debug logs of the integration user show the failure in full.",
      "Then resync the records here.",
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:ApexTriggers/home",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "missing-contact-id": {
    label: "Missing contact ID",
    meaning: "Something in Salesforce needs a contact, and the HubSpot contact isn't linked to one.",
    advice: (details) => [
      `Sync the HubSpot contact to a Salesforce contact first${details.fields ? ` (${details.fields} is required)` : ""}: it may be outside the inclusion list, or a lead.`,
      `If it is a lead, convert it, or let ${automation(details)} leave leads out.`,
      "Then resync the record here.",
    ],
    who: "HubSpot admin",
    link: "hubspot-record",
    direction: "hubspot-to-salesforce",
    clearsItself: "often",
  },
  "custom-validation-rule": {
    label: "Salesforce custom field validation rule",
    meaning: "A validation rule or a lookup filter in Salesforce refuses the record's values.",
    advice: (details) => {
      if (details.filter) return lookupFilterAdvice(details);
      return [
        `Change the HubSpot records so that they satisfy ${the("validation rule", details.rule)}${onObject(details)}${details.message ? `: ${details.message.replace(/\.+$/, "")}` : ""}.`,
        details.rule
          ? "If the rule should not hold for synced records, exempt the integration user in its formula."
          : details.unread
            ? "Find the rule by these words: Setup, Object Manager, Validation Rules. If none has them, a trigger may have given them: look in Apex too."
            : "No validation rule has this message, so a trigger may have given it: look for the words in Apex too.",
        "Then resync the records here.",
      ];
    },
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/{object}/ValidationRules/view",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "salesforce-flow": {
    label: "Salesforce flow",
    meaning: "A flow or process in Salesforce fails when the record is saved.",
    advice: (details) => [
      `Open ${the("flow", details.flow)}${onObject(details)} and see at which element it fails.${innerRefusal(details)}`,
      "Add a fault path, or let its entry conditions leave the integration user out.",
      "Then resync the records here.",
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:Flows/home",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
} as const satisfies Record<string, TypeEntry>;
