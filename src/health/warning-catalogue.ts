import { type CatalogueEntry, onObject, the, theField } from "./catalogue-entry.ts";
import type { WarningKind } from "./warnings.ts";

/** What is known of each warning: what it means, and what keeps it from coming true. */
export const WARNING_CATALOGUE: Readonly<Record<WarningKind, CatalogueEntry>> = {
  "calls-running-out": {
    label: "Salesforce API calls are running out",
    meaning: "At the present rate the org has no API calls left soon, and HubSpot suspends the sync then.",
    advice: () => [
      "See in Salesforce, Setup, API Usage Last 7 Days, which app calls most, and pause what can wait.",
      "Or buy more API calls from Salesforce.",
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:CompanyProfileInfo/home",
  },
  "storage-nearly-full": {
    label: "Salesforce storage is nearly full",
    meaning: "Once it is full, Salesforce takes no new records, and HubSpot suspends the sync.",
    advice: ({ storage }) => [
      `Free ${storage ?? "data"} storage: delete or archive what nobody needs (Setup, Storage Usage shows what takes most).`,
      "Or buy more storage from Salesforce.",
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:CompanyResourceDisk/home",
  },
  "allocation-nearly-used": {
    label: "HubSpot's API call allocation is nearly used",
    meaning: "When HubSpot has made as many Salesforce calls in 24 hours as are allocated to it, it suspends the sync.",
    advice: () => [
      "Put off bulk edits and imports in HubSpot until tomorrow.",
      "Or raise the allocation in HubSpot: Settings, Integrations, Connected Apps, Salesforce.",
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
  },
  "credentials-expiring": {
    label: "Credentials are about to expire",
    meaning: "Without them Syncwarden sees nothing more of this connection.",
    advice: ({ what, setting }) => [
      `Make ${what ?? "new credentials"} anew, set it where Syncwarden reads its secrets, and restart Syncwarden.`,
      `Then set the new day in ${setting ?? "syncwarden.yaml"}.`,
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
  },
  "field-about-to-fail": {
    label: "A mapped field is about to fail",
    meaning: "Something about it has changed in Salesforce: records that synced so far will be refused when they change next.",
    advice: (details) => {
      const { rule, options, limit, problem } = details;
      switch (problem) {
        case "rule":
          return [
            `Look at ${the("validation rule", rule)}${onObject(details)} with whoever changed it: exempt the integration user, or correct the records that it refuses.`,
          ];
        case "options":
          return [
            `Activate ${options ?? "the options"} of ${theField(details)}${onObject(details)} again, or choose others in HubSpot and take them off the property there.`,
          ];
        case "required":
          return [`Fill in ${theField(details)}${onObject(details)} on the records that lack it, or make it optional again.`];
        case "length":
          return [
            `Shorten the texts of ${theField(details)}${onObject(details)} to ${limit ?? "its new length"}, or make it longer again.`,
          ];
        default:
          return [
            `Find the records that have the same value of ${theField(details)}${onObject(details)}, and correct or merge them.`,
          ];
      }
    },
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/{object}/FieldsAndRelationships/view",
  },
};
