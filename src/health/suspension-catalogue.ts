import { type CatalogueEntry, type Details, theField } from "./catalogue-entry.ts";
import type { AccessReason } from "./connection-refusal.ts";
import type { SuspensionKind } from "./suspensions.ts";

/** What is known of a suspension kind, whoever has it. */
export interface SuspensionEntry extends CatalogueEntry {
  readonly id: SuspensionKind;
  /** Whether the sync starts again without anybody doing anything. */
  readonly clearsItself: "yes" | "often" | "no";
}

const CLEAR = "Then clear the suspension: press Clear suspension here, or in HubSpot under Sync Health.";
const TRUST = "Look at Salesforce's Trust status of your instance (status.salesforce.com).";

function integrationUser(details: Details): string {
  return details.user ? `the integration user ${details.user}` : "the integration user";
}

const ACCESS_ADVICE: Readonly<Record<AccessReason, (details: Details) => string>> = {
  "api-off-for-org": () =>
    "Ask Salesforce to switch the API on for this org: it belongs to Enterprise, Unlimited, Developer and Performance Edition, and can be bought for Professional.",
  "api-off-for-user": (details) => `Give ${integrationUser(details)} the permission API Enabled, by profile or permission set.`,
  "user-inactive": (details) => `Activate ${integrationUser(details)} in Salesforce, or connect HubSpot with another user.`,
  "org-inactive": () => "The Salesforce org is locked or its trial has ended: ask your Salesforce account executive.",
  "credentials-refused": (details) =>
    `See in Salesforce's Login History why ${integrationUser(details)} is refused: revoked access, a frozen user, or a blocked app.`,
  "password-expired": (details) => `Set a new password for ${integrationUser(details)}, best one that never expires.`,
  "login-hours": (details) => `Take the login hours off the profile of ${integrationUser(details)}.`,
  "session-refused": (details) => `See in Salesforce whether the access of ${integrationUser(details)} to the app was revoked.`,
};

function accessAdvice(details: Details): readonly string[] {
  const step = ACCESS_ADVICE[details.reason as AccessReason] ?? ACCESS_ADVICE["credentials-refused"];
  return [step(details), "Enter the credentials again in HubSpot: Settings, Integrations, Connected Apps, Salesforce.", CLEAR];
}

/** HubSpot's eleven kinds of suspension. Labels are HubSpot's own. */
export const SUSPENSION_CATALOGUE: Readonly<Record<SuspensionKind, SuspensionEntry>> = {
  "sf-org-unavailable": {
    id: "sf-org-unavailable",
    label: "Salesforce organization unavailable",
    meaning: "Salesforce cannot be reached, or is under maintenance.",
    advice: () => [TRUST, "Wait: the sync starts again by itself when Salesforce is back."],
    who: "Salesforce admin",
    link: "salesforce-setup:CompanyProfileInfo/home",
    clearsItself: "yes",
  },
  "sf-server-error": {
    id: "sf-server-error",
    label: "Salesforce.com server error",
    meaning: "Salesforce answers with an error of its own to every request.",
    advice: () => [
      TRUST,
      "If it lasts longer than an hour, clear the suspension here to make HubSpot try again.",
      "If it comes back, open a case with Salesforce support and give them the answer quoted above.",
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:CompanyProfileInfo/home",
    clearsItself: "often",
  },
  "sf-api-access-disabled": {
    id: "sf-api-access-disabled",
    label: "Salesforce organization API access disabled",
    meaning: "Salesforce no longer lets the integration user use its API.",
    advice: accessAdvice,
    who: "Salesforce admin",
    link: "salesforce-setup:ManageUsers/home",
    clearsItself: "no",
  },
  "sf-api-limit-exceeded": {
    id: "sf-api-limit-exceeded",
    label: "Salesforce organization API limit exceeded",
    meaning: "All API calls that Salesforce allows the org in 24 hours are used up.",
    advice: ({ max }) => [
      `See in Salesforce which apps use the calls${max ? ` (${max} in 24 hours)` : ""}, and slow down the one that uses too many.`,
      "If the calls don't suffice day after day, buy more from Salesforce.",
      "The sync starts again by itself as calls become available: Salesforce counts the last 24 hours.",
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:CompanyProfileInfo/home",
    clearsItself: "yes",
  },
  "hubspot-api-limit-exceeded": {
    id: "hubspot-api-limit-exceeded",
    label: "HubSpot API limit exceeded",
    meaning: "HubSpot has used all the Salesforce API calls that its settings allocate to it.",
    advice: ({ allocation }) => [
      `Raise the allocation in HubSpot under Sync Health, API call use${allocation ? ` (now ${allocation})` : ""}, if Salesforce has calls to spare.`,
      "Tell Syncwarden too: /sync allocation followed by the new number.",
      "Otherwise wait: the sync starts again by itself as the last 24 hours roll on.",
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
    clearsItself: "yes",
  },
  "sf-org-locked": {
    id: "sf-org-locked",
    label: "Salesforce organization locked",
    meaning: "Salesforce has locked the records or the org while something large is at work, so nothing can be written.",
    advice: ({ reason }) => [
      reason === "organization"
        ? "Find out with Salesforce why the org is locked: a sandbox refresh, an org split or migration, an unpaid contract."
        : "See in Salesforce under Bulk Data Load Jobs and Apex Jobs what is at work: a mass update, a recalculation of sharing.",
      "Wait until it is done: the sync usually starts again by itself.",
      CLEAR,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:AsyncApiJobStatus/home",
    clearsItself: "often",
  },
  "sf-storage-limit-exceeded": {
    id: "sf-storage-limit-exceeded",
    label: "Salesforce organization storage limits exceeded",
    meaning: "Salesforce's storage is full, so no record can be created.",
    advice: ({ storage }) => [
      `Free ${storage === "file" || storage === "data" ? `${storage} ` : ""}storage in Salesforce (Setup, Storage Usage shows what takes it), or buy more.`,
      CLEAR,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:CompanyResourceDisk/home",
    clearsItself: "no",
  },
  "sf-object-permissions-missing": {
    id: "sf-object-permissions-missing",
    label: "Salesforce object permissions missing",
    meaning: "The integration user may not read, create or edit an object that syncs.",
    advice: (details) => [
      `Give ${integrationUser(details)} read, create and edit rights on ${details.object ? `the object ${details.object}` : "all objects that sync"}.`,
      "The simplest way: assign HubSpot's own permission set “HubSpot Integration Permissions”.",
      CLEAR,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:PermSets/home",
    clearsItself: "no",
  },
  "sf-field-permissions-missing": {
    id: "sf-field-permissions-missing",
    label: "Salesforce field permissions missing",
    meaning: "The integration user may not read or edit a field that is mapped.",
    advice: (details) => [
      `Give ${integrationUser(details)} read and edit access to ${theField(details)}${details.object ? ` of ${details.object}` : ""} by field-level security.`,
      "If the field should not sync, remove its mapping in HubSpot instead.",
      CLEAR,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/{object}/FieldsAndRelationships/view",
    clearsItself: "no",
  },
  "missing-field-mappings": {
    id: "missing-field-mappings",
    label: "Missing field mappings",
    meaning: "A field mapping that the sync needs is gone, or its property or field no longer exists.",
    advice: (details) => [
      `In HubSpot's Salesforce settings, restore the mapping${details.property || details.field ? ` of ${[details.property, details.field].filter(Boolean).join(" to ")}` : ""}${details.object ? ` for ${details.object}` : ""}, or remove it if its property or field is gone for good.`,
      "Bring the mappings in Syncwarden's configuration up to date, if they are what has changed.",
      CLEAR,
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
    clearsItself: "no",
  },
  "unknown-error": {
    id: "unknown-error",
    label: "Unknown error",
    meaning: "Changes wait and nothing is synced, although Salesforce and HubSpot both answer as they should.",
    advice: ({ since }) => [
      `Look at Sync Health in HubSpot for a pause or a suspension${since ? ` since ${since}` : ""}.`,
      "Clear the suspension here to make HubSpot try again.",
      "If nothing moves within an hour, contact HubSpot support.",
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
    clearsItself: "often",
  },
};
