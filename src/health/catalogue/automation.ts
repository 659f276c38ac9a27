import { type Sentence, sentence } from "../../language/sentence.ts";
import { type Details, fieldOnObject, followedBy, nameOf, RESYNC, type TypeEntry, wordsOf } from "../catalogue-entry.ts";

/** What the automation ran into, when that is another rule's refusal. */
function innerRefusal({ rule, innerCode, innerMessage }: Details): Sentence | null {
  const message = wordsOf(innerMessage);
  if (rule) {
    return sentence("It runs into the validation rule “{rule}”{message, select, unnamed {} other {: {message}}}.", {
      rule,
      message,
    });
  }
  if (!innerCode) return null;
  return sentence("It runs into {code}{message, select, unnamed {} other {: {message}}}.", { code: innerCode, message });
}

function lookupFilterAdvice(details: Details): readonly Sentence[] {
  return [
    sentence(
      "Choose a record that the lookup filter of {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}} lets through{value, select, unnamed {} other {, unlike {value}}}{message, select, unnamed {} other { ({message})}}.",
      { ...fieldOnObject(details), value: nameOf(details.value), message: wordsOf(details.message) },
    ),
    sentence(
      "If it should be allowed, change the filter's criteria in Salesforce, or make it optional: Fields & Relationships, the field, Lookup Filter.",
    ),
    RESYNC,
  ];
}

/** What to do about a lead that something asks a contact of, by the name of what asks where it is known. */
function leadAdvice({ trigger, flow }: Details): Sentence {
  if (trigger) return sentence("If it is a lead, convert it, or let the trigger “{trigger}” leave leads out.", { trigger });
  if (flow) return sentence("If it is a lead, convert it, or let the flow “{flow}” leave leads out.", { flow });
  return sentence("If it is a lead, convert it, or let the automation that asks for a contact leave leads out.");
}

/** Triggers, flows and rules that people have built in Salesforce. */
export const AUTOMATION_ENTRIES = {
  "salesforce-automation": {
    label: "Salesforce automation",
    meaning: sentence("Apex code in Salesforce, such as a trigger, fails when the record is saved."),
    advice: (details) => [
      followedBy(
        sentence(
          "Have a developer look at {trigger, select, unnamed {the trigger} other {the trigger “{trigger}”}}{object, select, unnamed {} other { on {object}}}{line, select, unnamed {} other { ({line})}}.",
          { trigger: nameOf(details.trigger), object: nameOf(details.object), line: nameOf(details.line) },
        ),
        innerRefusal(details),
      ),
      details.rule || details.innerCode
        ? sentence(
            "Change the record so that the quoted refusal no longer applies, or let the trigger skip the integration user.",
          )
        : sentence("Debug logs of the integration user show the failure in full."),
      RESYNC,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:ApexTriggers/home",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "missing-contact-id": {
    label: "Missing contact ID",
    meaning: sentence("Something in Salesforce needs a contact, and the HubSpot contact isn't linked to one."),
    advice: (details) => [
      sentence(
        "Sync the HubSpot contact to a Salesforce contact first{fields, select, unnamed {} other { ({fields} is required)}}: it may be outside the inclusion list, or a lead.",
        { fields: nameOf(details.fields) },
      ),
      leadAdvice(details),
      sentence("Then resync the record here."),
    ],
    who: "HubSpot admin",
    link: "hubspot-record",
    direction: "hubspot-to-salesforce",
    clearsItself: "often",
  },
  "custom-validation-rule": {
    label: "Salesforce custom field validation rule",
    meaning: sentence("A validation rule or a lookup filter in Salesforce refuses the record's values."),
    advice: (details) => {
      if (details.filter) return lookupFilterAdvice(details);
      return [
        sentence(
          "Change the HubSpot records so that they satisfy {rule, select, unnamed {the validation rule} other {the validation rule “{rule}”}}{object, select, unnamed {} other { on {object}}}{message, select, unnamed {} other {: {message}}}.",
          { rule: nameOf(details.rule), object: nameOf(details.object), message: wordsOf(details.message) },
        ),
        whereIsRule(details),
        RESYNC,
      ];
    },
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/{object}/ValidationRules/view",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "salesforce-flow": {
    label: "Salesforce flow",
    meaning: sentence("A flow or process in Salesforce fails when the record is saved."),
    advice: (details) => [
      followedBy(
        sentence(
          "Open {flow, select, unnamed {the flow} other {the flow “{flow}”}}{object, select, unnamed {} other { on {object}}} and see at which element it fails.",
          { flow: nameOf(details.flow), object: nameOf(details.object) },
        ),
        innerRefusal(details),
      ),
      sentence("Add a fault path, or let its entry conditions leave the integration user out."),
      RESYNC,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:Flows/home",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
} as const satisfies Record<string, TypeEntry>;

function whereIsRule({ rule, unread }: Details): Sentence {
  if (rule) return sentence("If the rule should not hold for synced records, exempt the integration user in its formula.");
  return unread
    ? sentence(
        "Find the rule by these words: Setup, Object Manager, Validation Rules. If none has them, a trigger may have given them: look in Apex too.",
      )
    : sentence("No validation rule has this message, so a trigger may have given it: look for the words in Apex too.");
}
