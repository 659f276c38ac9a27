import { type Sentence, sentence } from "../language/sentence.ts";
import { type CatalogueEntry, type Details, fieldName, nameOf } from "./catalogue-entry.ts";
import type { AccessReason } from "./connection-refusal.ts";
import { SUSPENSION_NAMES } from "./names/suspension-names.ts";
import type { SuspensionKind } from "./suspensions.ts";

/** What is known of a suspension kind, whoever has it. */
export interface SuspensionEntry extends CatalogueEntry {
  readonly id: SuspensionKind;
  /** HubSpot's own English name. */
  readonly label: string;
  /** Whether the sync starts again without anybody doing anything. */
  readonly clearsItself: "yes" | "often" | "no";
}

const CLEAR = sentence("Then clear the suspension: press Clear suspension here, or in HubSpot under Sync Health.");
const TRUST = sentence("Look at Salesforce's Trust status of your instance (status.salesforce.com).");

const ACCESS_ADVICE: Readonly<Record<AccessReason, (details: Details) => Sentence>> = {
  "api-off-for-org": () =>
    sentence(
      "Ask Salesforce to switch the API on for this org: it belongs to Enterprise, Unlimited, Developer and Performance Edition, and can be bought for Professional.",
    ),
  "api-off-for-user": ({ user }) =>
    sentence(
      "Give {user, select, unnamed {the integration user} other {the integration user {user}}} the permission API Enabled, by profile or permission set.",
      { user: nameOf(user) },
    ),
  "user-inactive": ({ user }) =>
    sentence(
      "Activate {user, select, unnamed {the integration user} other {the integration user {user}}} in Salesforce, or connect HubSpot with another user.",
      { user: nameOf(user) },
    ),
  "org-inactive": () => sentence("The Salesforce org is locked or its trial has ended: ask your Salesforce account executive."),
  "credentials-refused": ({ user }) =>
    sentence(
      "See in Salesforce's Login History why {user, select, unnamed {the integration user} other {the integration user {user}}} is refused: revoked access, a frozen user, or a blocked app.",
      { user: nameOf(user) },
    ),
  "password-expired": ({ user }) =>
    sentence(
      "Set a new password for {user, select, unnamed {the integration user} other {the integration user {user}}}, best one that never expires.",
      { user: nameOf(user) },
    ),
  "login-hours": ({ user }) =>
    sentence(
      "Take the login hours off the profile of {user, select, unnamed {the integration user} other {the integration user {user}}}.",
      { user: nameOf(user) },
    ),
  "session-refused": ({ user }) =>
    sentence(
      "See in Salesforce whether the access of {user, select, unnamed {the integration user} other {the integration user {user}}} to the app was revoked.",
      { user: nameOf(user) },
    ),
};

function accessAdvice(details: Details): readonly Sentence[] {
  const step = ACCESS_ADVICE[details.reason as AccessReason] ?? ACCESS_ADVICE["credentials-refused"];
  return [
    step(details),
    sentence("Enter the credentials again in HubSpot: Settings, Integrations, Connected Apps, Salesforce."),
    CLEAR,
  ];
}

function storageAdvice({ storage }: Details): Sentence {
  switch (storage) {
    case "file":
      return sentence("Free file storage in Salesforce (Setup, Storage Usage shows what takes it), or buy more.");
    case "data":
      return sentence("Free data storage in Salesforce (Setup, Storage Usage shows what takes it), or buy more.");
    default:
      return sentence("Free storage in Salesforce (Setup, Storage Usage shows what takes it), or buy more.");
  }
}

/** Which mapping to restore: of a property to a field, or of the one of them that is known. */
function mappingAdvice({ property, field, object: of }: Details): Sentence {
  const object = nameOf(of);
  if (property && field) {
    return sentence(
      "In HubSpot's Salesforce settings, restore the mapping of {property} to {field}{object, select, unnamed {} other { for {object}}}, or remove it if its property or field is gone for good.",
      { property, field, object },
    );
  }
  return sentence(
    "In HubSpot's Salesforce settings, restore the mapping{name, select, unnamed {} other { of {name}}}{object, select, unnamed {} other { for {object}}}, or remove it if its property or field is gone for good.",
    { name: nameOf(property || field), object },
  );
}

/** HubSpot's eleven kinds of suspension. Labels are HubSpot's own. */
export const SUSPENSION_CATALOGUE: Readonly<Record<SuspensionKind, SuspensionEntry>> = {
  "sf-org-unavailable": {
    id: "sf-org-unavailable",
    label: SUSPENSION_NAMES["sf-org-unavailable"].en,
    meaning: sentence("Salesforce cannot be reached, or is under maintenance."),
    advice: () => [TRUST, sentence("Wait: the sync starts again by itself when Salesforce is back.")],
    who: "Salesforce admin",
    link: "salesforce-setup:CompanyProfileInfo/home",
    clearsItself: "yes",
  },
  "sf-server-error": {
    id: "sf-server-error",
    label: SUSPENSION_NAMES["sf-server-error"].en,
    meaning: sentence("Salesforce answers with an error of its own to every request."),
    advice: () => [
      TRUST,
      sentence("If it lasts longer than an hour, clear the suspension here to make HubSpot try again."),
      sentence("If it comes back, open a case with Salesforce support and give them the answer quoted above."),
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:CompanyProfileInfo/home",
    clearsItself: "often",
  },
  "sf-api-access-disabled": {
    id: "sf-api-access-disabled",
    label: SUSPENSION_NAMES["sf-api-access-disabled"].en,
    meaning: sentence("Salesforce no longer lets the integration user use its API."),
    advice: accessAdvice,
    who: "Salesforce admin",
    link: "salesforce-setup:ManageUsers/home",
    clearsItself: "no",
  },
  "sf-api-limit-exceeded": {
    id: "sf-api-limit-exceeded",
    label: SUSPENSION_NAMES["sf-api-limit-exceeded"].en,
    meaning: sentence("All API calls that Salesforce allows the org in 24 hours are used up."),
    advice: ({ max }) => [
      sentence(
        "See in Salesforce which apps use the calls{max, select, unnamed {} other { ({max} in 24 hours)}}, and slow down the one that uses too many.",
        { max: nameOf(max) },
      ),
      sentence("If the calls don't suffice day after day, buy more from Salesforce."),
      sentence("The sync starts again by itself as calls become available: Salesforce counts the last 24 hours."),
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:CompanyProfileInfo/home",
    clearsItself: "yes",
  },
  "hubspot-api-limit-exceeded": {
    id: "hubspot-api-limit-exceeded",
    label: SUSPENSION_NAMES["hubspot-api-limit-exceeded"].en,
    meaning: sentence("HubSpot has used all the Salesforce API calls that its settings allocate to it."),
    advice: ({ allocation }) => [
      sentence(
        "Raise the allocation in HubSpot under Sync Health, API call use{allocation, select, unnamed {} other { (now {allocation})}}, if Salesforce has calls to spare.",
        { allocation: nameOf(allocation) },
      ),
      sentence("Tell Syncwarden too: /sync allocation followed by the new number."),
      sentence("Otherwise wait: the sync starts again by itself as the last 24 hours roll on."),
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
    clearsItself: "yes",
  },
  "sf-org-locked": {
    id: "sf-org-locked",
    label: SUSPENSION_NAMES["sf-org-locked"].en,
    meaning: sentence(
      "Salesforce has locked the records or the org while something large is at work, so nothing can be written.",
    ),
    advice: ({ reason }) => [
      reason === "organization"
        ? sentence(
            "Find out with Salesforce why the org is locked: a sandbox refresh, an org split or migration, an unpaid contract.",
          )
        : sentence(
            "See in Salesforce under Bulk Data Load Jobs and Apex Jobs what is at work: a mass update, a recalculation of sharing.",
          ),
      sentence("Wait until it is done: the sync usually starts again by itself."),
      CLEAR,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:AsyncApiJobStatus/home",
    clearsItself: "often",
  },
  "sf-storage-limit-exceeded": {
    id: "sf-storage-limit-exceeded",
    label: SUSPENSION_NAMES["sf-storage-limit-exceeded"].en,
    meaning: sentence("Salesforce's storage is full, so no record can be created."),
    advice: (details) => [storageAdvice(details), CLEAR],
    who: "Salesforce admin",
    link: "salesforce-setup:CompanyResourceDisk/home",
    clearsItself: "no",
  },
  "sf-object-permissions-missing": {
    id: "sf-object-permissions-missing",
    label: SUSPENSION_NAMES["sf-object-permissions-missing"].en,
    meaning: sentence("The integration user may not read, create or edit an object that syncs."),
    advice: (details) => [
      sentence(
        "Give {user, select, unnamed {the integration user} other {the integration user {user}}} read, create and edit rights on {object, select, unnamed {all objects that sync} other {the object {object}}}.",
        { user: nameOf(details.user), object: nameOf(details.object) },
      ),
      sentence("The simplest way: assign HubSpot's own permission set “HubSpot Integration Permissions”."),
      CLEAR,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:PermSets/home",
    clearsItself: "no",
  },
  "sf-field-permissions-missing": {
    id: "sf-field-permissions-missing",
    label: SUSPENSION_NAMES["sf-field-permissions-missing"].en,
    meaning: sentence("The integration user may not read or edit a field that is mapped."),
    advice: (details) => [
      sentence(
        "Give {user, select, unnamed {the integration user} other {the integration user {user}}} read and edit access to {field, select, unnamed {the field} other {the field {field}}}{object, select, unnamed {} other { of {object}}} by field-level security.",
        { user: nameOf(details.user), field: fieldName(details), object: nameOf(details.object) },
      ),
      sentence("If the field should not sync, remove its mapping in HubSpot instead."),
      CLEAR,
    ],
    who: "Salesforce admin",
    link: "salesforce-setup:ObjectManager/{object}/FieldsAndRelationships/view",
    clearsItself: "no",
  },
  "missing-field-mappings": {
    id: "missing-field-mappings",
    label: SUSPENSION_NAMES["missing-field-mappings"].en,
    meaning: sentence("A field mapping that the sync needs is gone, or its property or field no longer exists."),
    advice: (details) => [
      mappingAdvice(details),
      sentence("Bring the mappings in Syncwarden's configuration up to date, if they are what has changed."),
      CLEAR,
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
    clearsItself: "no",
  },
  "unknown-error": {
    id: "unknown-error",
    label: SUSPENSION_NAMES["unknown-error"].en,
    meaning: sentence("Changes wait and nothing is synced, although Salesforce and HubSpot both answer as they should."),
    advice: ({ since }) => [
      sentence("Look at Sync Health in HubSpot for a pause or a suspension{since, select, unnamed {} other { since {since}}}.", {
        since: nameOf(since),
      }),
      sentence("Clear the suspension here to make HubSpot try again."),
      sentence("If nothing moves within an hour, contact HubSpot support."),
    ],
    who: "HubSpot admin",
    link: "hubspot-sync-health",
    clearsItself: "often",
  },
};
