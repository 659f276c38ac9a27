import { type Sentence, sentence } from "../language/sentence.ts";
import { type CatalogueEntry, type Details, fieldOnObject, nameOf } from "./catalogue-entry.ts";
import type { WarningKind } from "./warnings.ts";

export interface WarningEntry extends CatalogueEntry {
  readonly label: Sentence;
}

/** What keeps a mapped field from refusing records, by what has changed about it. */
function fieldAdvice(details: Details): Sentence {
  const on = fieldOnObject(details);
  switch (details.problem) {
    case "rule":
      return sentence(
        "Look at {rule, select, unnamed {the validation rule} other {the validation rule “{rule}”}}{object, select, unnamed {} other { on {object}}} with whoever changed it: exempt the integration user, or correct the records that it refuses.",
        { rule: nameOf(details.rule), object: on.object },
      );
    case "options":
      return sentence(
        "Activate {options, select, unnamed {the options} other {{options}}} of {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}} again, or choose others in HubSpot and take them off the property there.",
        { ...on, options: nameOf(details.options) },
      );
    case "required":
      return sentence(
        "Fill in {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}} on the records that lack it, or make it optional again.",
        on,
      );
    case "length":
      return sentence(
        "Shorten the texts of {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}} to {limit, select, unnamed {its new length} other {{limit}}}, or make it longer again.",
        { ...on, limit: nameOf(details.limit) },
      );
    default:
      return sentence(
        "Find the records that have the same value of {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { on {object}}}, and correct or merge them.",
        on,
      );
  }
}

/** What is known of each warning: what it means, and what keeps it from coming true. */
export const WARNING_CATALOGUE: Readonly<Record<WarningKind, WarningEntry>> = {
  "calls-running-out": {
    label: sentence("Salesforce API calls are running out"),
    meaning: sentence("At the present rate the org has no API calls left soon, and HubSpot suspends the sync then."),
    advice: () => [
      sentence("See in Salesforce, Setup, API Usage Last 7 Days, which app calls most, and pause what can wait."),
      sentence("Or buy more API calls from Salesforce."),
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:CompanyProfileInfo/home",
  },
  "storage-nearly-full": {
    label: sentence("Salesforce storage is nearly full"),
    meaning: sentence("Once it is full, Salesforce takes no new records, and HubSpot suspends the sync."),
    advice: ({ storage }) => [
      storage === "file"
        ? sentence("Free file storage: delete or archive what nobody needs (Setup, Storage Usage shows what takes most).")
        : sentence("Free data storage: delete or archive what nobody needs (Setup, Storage Usage shows what takes most)."),
      sentence("Or buy more storage from Salesforce."),
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:CompanyResourceDisk/home",
  },
  "allocation-nearly-used": {
    label: sentence("HubSpot's API call allocation is nearly used"),
    meaning: sentence("When HubSpot has made as many Salesforce calls in 24 hours as are allocated to it, it suspends the sync."),
    advice: () => [
      sentence("Put off bulk edits and imports in HubSpot until tomorrow."),
      sentence("Or raise the allocation in HubSpot: Settings, Integrations, Connected Apps, Salesforce."),
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
  },
  "credentials-expiring": {
    label: sentence("Credentials are about to expire"),
    meaning: sentence("Without them Syncwarden sees nothing more of this connection."),
    advice: ({ system, setting }) => [
      sentence(
        "Make {system, select, hubspot {HubSpot's token} salesforce {the Salesforce secret or certificate} other {the credentials}} anew, set it where Syncwarden reads its secrets, and restart Syncwarden.",
        { system: nameOf(system) },
      ),
      sentence("Then set the new day in {setting}.", { setting: setting ?? "syncwarden.yaml" }),
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
  },
  "field-about-to-fail": {
    label: sentence("A mapped field is about to fail"),
    meaning: sentence(
      "Something about it has changed in Salesforce: records that synced so far will be refused when they change next.",
    ),
    advice: (details) => [fieldAdvice(details)],
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/{object}/FieldsAndRelationships/view",
  },
};
