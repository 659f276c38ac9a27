import type { SuspensionKind } from "../../src/health/suspensions.ts";

/** What Slack says of a suspension that a scenario makes. */
export interface ExpectedSuspension {
  readonly kind: SuspensionKind;
  readonly label: string;
  /** What was seen: code, status, limit, object, field, property. */
  readonly evidence: readonly (string | RegExp)[];
  readonly advice: readonly (string | RegExp)[];
  /** What a clear that comes too early says remains. Without it: nothing but that nothing moves. */
  readonly remains?: RegExp;
  /** Where that is put right. */
  readonly mendedAt: RegExp;
}

const SETUP = (page: string) => new RegExp(`/lightning/setup/${page}\\|put it right here`);
const SYNC_HEALTH = /\/integrations-settings\/\d+\/installed\/salesforce\|/;

/** One entry for each of the eleven kinds, in groups that share a world. */
export const EXPECTED_SUSPENSIONS: readonly (readonly [string, readonly ExpectedSuspension[]])[] = [
  [
    "limits",
    [
      {
        kind: "sf-api-limit-exceeded",
        label: "Salesforce organization API limit exceeded",
        evidence: ["REQUEST_LIMIT_EXCEEDED", "HTTP 403", "to the integration user"],
        advice: ["See in Salesforce which apps use the calls", "Salesforce counts the last 24 hours"],
        remains: /(REQUEST_LIMIT_EXCEEDED|daily API calls are used)/,
        mendedAt: SETUP("CompanyProfileInfo/home"),
      },
      {
        kind: "hubspot-api-limit-exceeded",
        label: "HubSpot API limit exceeded",
        evidence: [/HubSpot made [\d,]+ Salesforce API calls in 24 hours; its allocation is 60,000/],
        advice: ["Raise the allocation in HubSpot under Sync Health, API call use (now 60000)"],
        remains: /HubSpot made [\d,]+ Salesforce API calls/,
        mendedAt: SYNC_HEALTH,
      },
      {
        kind: "sf-storage-limit-exceeded",
        label: "Salesforce organization storage limits exceeded",
        evidence: [/STORAGE_LIMIT_EXCEEDED|data storage/],
        advice: [/Free data storage in Salesforce \(Setup, Storage Usage/],
        remains: /STORAGE_LIMIT_EXCEEDED|storage/,
        mendedAt: SETUP("CompanyResourceDisk/home"),
      },
    ],
  ],
  [
    "rights and mappings",
    [
      {
        kind: "sf-api-access-disabled",
        label: "Salesforce organization API access disabled",
        evidence: [/API_DISABLED_FOR_ORG|API_CURRENTLY_DISABLED|API Enabled/],
        advice: [/API Enabled|switch the API on/, "Enter the credentials again in HubSpot"],
        remains: /API_DISABLED_FOR_ORG|API_CURRENTLY_DISABLED|API Enabled/,
        mendedAt: SETUP("ManageUsers/home"),
      },
      {
        kind: "sf-object-permissions-missing",
        label: "Salesforce object permissions missing",
        evidence: ["The integration user has no right to create and edit Salesforce's Lead records"],
        advice: ["read, create and edit rights on the object Lead", "HubSpot Integration Permissions"],
        remains: /The integration user has no right to create and edit Salesforce's Lead records/,
        mendedAt: SETUP("PermSets/home"),
      },
      {
        kind: "sf-field-permissions-missing",
        label: "Salesforce field permissions missing",
        evidence: ["The integration user may not edit the mapped field Contact.Phone"],
        advice: [/read and edit access to .*Phone.* of Contact by field-level security/],
        remains: /The integration user may not edit the mapped field Contact.Phone/,
        mendedAt: SETUP("ObjectManager/Contact/FieldsAndRelationships/view"),
      },
      {
        kind: "missing-field-mappings",
        label: "Missing field mappings",
        evidence: ["The mapped property product_interest of HubSpot's contacts no longer exists"],
        advice: ["restore the mapping of product_interest for contacts"],
        remains: /The mapped property product_interest/,
        mendedAt: SYNC_HEALTH,
      },
    ],
  ],
  [
    "outages",
    [
      {
        kind: "sf-org-unavailable",
        label: "Salesforce organization unavailable",
        evidence: ["SERVER_UNAVAILABLE", "HTTP 503"],
        advice: ["Trust status", "starts again by itself when Salesforce is back"],
        remains: /Salesforce answered SERVER_UNAVAILABLE/,
        mendedAt: SETUP("CompanyProfileInfo/home"),
      },
      {
        kind: "sf-server-error",
        label: "Salesforce.com server error",
        evidence: ["UNKNOWN_EXCEPTION", "HTTP 500"],
        advice: ["Trust status", "Salesforce support"],
        remains: /Salesforce answered UNKNOWN_EXCEPTION/,
        mendedAt: SETUP("CompanyProfileInfo/home"),
      },
      {
        kind: "sf-org-locked",
        label: "Salesforce organization locked",
        evidence: ["ORG_LOCKED"],
        advice: ["Find out with Salesforce why the org is locked", "the sync usually starts again by itself"],
        remains: /ORG_LOCKED/,
        mendedAt: SETUP("AsyncApiJobStatus/home"),
      },
    ],
  ],
  [
    "what nothing shows",
    [
      {
        kind: "unknown-error",
        label: "Unknown error",
        evidence: [/\d changed records wait, the oldest since .*Salesforce serves the integration user/],
        advice: ["Look at Sync Health in HubSpot", "contact HubSpot support"],
        mendedAt: SYNC_HEALTH,
      },
    ],
  ],
];
