import type { TypeEntry } from "../catalogue-entry.ts";
import { type Details, onObject, the, theField } from "../catalogue-entry.ts";

const RESYNC = "Then resync the records here.";

/** What to do about a record that Salesforce doesn't let the integration user write to or point to. */
function whereaboutsAdvice(details: Details): readonly string[] {
  const { record, whereabouts, mergedInto } = details;
  const pointed = details.field ? ` that ${theField(details)} points to` : "";
  const correct = details.field ? `correct the value in HubSpot` : "let HubSpot have it deleted too";
  switch (whereabouts) {
    case "deleted":
      return [`Restore ${record}${pointed} from Salesforce's Recycle Bin, or ${correct}.`, RESYNC];
    case "merged":
      return [`Use ${mergedInto} instead of ${record}${pointed}, which was merged into it.`, RESYNC];
    case "there":
      return [
        `Let the integration user edit ${record}${pointed}, or what it belongs to: sharing rules, View All or Modify All.`,
        RESYNC,
      ];
    case "not-found":
      return [
        `Look for ${record}${pointed} as a Salesforce admin: if it is there, share it with the integration user (sharing rules, record type, View All).`,
        `If it is gone, ${correct}.`,
        RESYNC,
      ];
    default:
      return [
        `See whether the record${pointed} still exists: restore it from the Recycle Bin, or correct the value in HubSpot.`,
        "If it exists, share it with the integration user (sharing rules, record type, View All).",
      ];
  }
}

/** Associations, duplicates, permissions, and whatever has no type of its own. */
export const RECORD_ENTRIES = {
  "association-limit-reached": {
    label: "Association limit reached",
    meaning: "A HubSpot record has as many associations as HubSpot allows, so the Salesforce relation cannot be added.",
    advice: ({ holderLabel, limit, setBy, from }) => [
      setBy === "admin"
        ? `Raise the limit that an admin has set (${limit}) in HubSpot: Settings, Objects, ${from}, Associations. Or remove associations that are no longer needed from ${holderLabel}.`
        : `Remove associations that are no longer needed from ${holderLabel ?? "the HubSpot record"}${limit ? ` (it has the most that HubSpot allows: ${limit})` : ""}, or relate the Salesforce records to another one.`,
      "Then resync the records here.",
    ],
    who: "HubSpot admin",
    link: "hubspot-record",
    direction: "salesforce-to-hubspot",
    clearsItself: "no",
  },
  "waiting-for-account": {
    label: "Waiting for account to sync",
    meaning: "The records belong to a Salesforce account that is no company in HubSpot yet.",
    advice: ({ account, accountId }) => [
      `Import ${the("account", account)}${accountId && accountId !== account ? ` (${accountId})` : ""} into HubSpot: Salesforce settings, Import, Accounts.`,
      "If it is a company already, make sure that the company sync is on and that no duplicate holds its domain.",
      "Then resync the records here.",
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
    direction: "salesforce-to-hubspot",
    clearsItself: "often",
  },
  "email-already-in-use": {
    label: "Email already in use",
    meaning:
      "The email of a Salesforce lead or contact belongs to a HubSpot contact that is linked to another Salesforce record.",
    advice: ({ email, holder, holderLabel, kind, linkedTo }) => [
      `Decide whom ${email ?? "the email"} belongs to: HubSpot contact ${holder ?? ""}${holderLabel && holderLabel !== holder ? ` (${holderLabel})` : ""}${linkedTo ? `, linked to ${linkedTo},` : ""} has it now${kind === "additional" ? " as an additional email" : ""}.`.replaceAll(
        "  ",
        " ",
      ),
      "Merge the two records in Salesforce if they are the same person, or correct the email on one of them.",
      "Then resync the record here.",
    ],
    who: "record owner",
    link: "hubspot-record",
    direction: "salesforce-to-hubspot",
    clearsItself: "no",
  },
  "salesforce-duplicate-rule": {
    label: "Salesforce duplicate rule",
    meaning: "A duplicate rule in Salesforce refuses the record because it looks like another one.",
    advice: ({ rule, matches, matchCount, object }) => [
      matches
        ? `Compare the record with the ${matchCount && matchCount !== "1" ? `${matchCount} that Salesforce found` : "one that Salesforce found"} (${matches}) and merge them, or link the HubSpot record to that one.`
        : "Find the record that Salesforce takes for the same and merge them.",
      `If they are different, let ${the("duplicate rule", rule)}${object ? ` on ${object}` : ""} allow and report instead of block, or bypass it for the integration user.`,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:DuplicateRules/home",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "insufficient-access-or-missing-record": {
    label: "Insufficient access or missing Salesforce record",
    meaning: "The write concerns a Salesforce record that is gone, or that the integration user may not see.",
    advice: whereaboutsAdvice,
    who: "Salesforce admin",
    link: "salesforce-record",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "field-permission": {
    label: "Salesforce field permission",
    meaning: "The integration user may not edit the field in Salesforce.",
    advice: (details) => [
      `Give the integration user read and edit access to ${details.fields ? `the fields ${details.fields}` : theField(details)}${onObject(details)} by field-level security, and look for a page layout or record type that makes it read-only.`,
      "If it is a formula or should not be written, set its mapping in HubSpot to Always use Salesforce.",
      "Then resync the records here.",
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/{object}/FieldsAndRelationships/view",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  "insufficient-access": {
    label: "Insufficient Salesforce access",
    meaning: "The integration user may see the record but not change it.",
    advice: (details) => [
      `Give the integration user edit access${details.object ? ` to ${details.object} records` : ""}: object rights, sharing, or Modify All.`,
      "If the record is locked by an approval process, wait for it or let the integration user edit locked records.",
      "Then resync the records here.",
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:PermSets/home",
    direction: "hubspot-to-salesforce",
    clearsItself: "no",
  },
  other: {
    label: "Other",
    meaning: "The record does not sync for a reason that has no type of its own; the full answer is below.",
    advice: ({ code, message }) => [
      code || message
        ? `Read the answer, ${[code, message?.replace(/\.+$/, "")].filter(Boolean).join(": ")}, and put right what it names.`
        : "Compare the record on both sides and correct the values that differ.",
      "Then resync the record here; if it fails again, ask HubSpot support with this answer.",
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
    direction: "both",
    clearsItself: "often",
  },
} as const satisfies Record<string, TypeEntry>;
