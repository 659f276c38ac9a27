import type { HubSpotRecord, SalesforceObject, SalesforceRecord, SyncedObject } from "./record.ts";

/** What is read of Salesforce's records to recognise them by, beside their mapped fields. */
export const MATCH_FIELDS = {
  Contact: ["Email"],
  Lead: ["Email", "IsConverted"],
  Account: ["Name", "Website"],
  Opportunity: ["Name"],
  Task: [],
} as const satisfies Record<SalesforceObject, readonly string[]>;

/** The same of HubSpot's records. */
export const MATCH_PROPERTIES = {
  contacts: ["email", "hs_additional_emails"],
  companies: ["name", "domain", "hs_additional_domains"],
  deals: ["dealname"],
  tasks: [],
} as const satisfies Record<SyncedObject, readonly string[]>;

/**
 * What the native sync recognises a record by in the other system: contacts and leads by email, companies by domain or name.
 * Deals by nothing. Each as `email:…`, `domain:…` or `name:…` in lower case.
 */
export function matchKeys(record: HubSpotRecord | SalesforceRecord): readonly string[] {
  return [...new Set("properties" in record ? keysInHubSpot(record) : keysInSalesforce(record))];
}

function keysInHubSpot({ object, properties }: HubSpotRecord): readonly string[] {
  if (object === "contacts") {
    return [properties.email, ...listed(properties.hs_additional_emails)].flatMap((email) => keyOf("email", email));
  }
  if (object !== "companies") return [];
  const domains = [properties.domain, ...listed(properties.hs_additional_domains)];
  return [...keyOf("name", properties.name), ...domains.flatMap((domain) => keyOf("domain", domainOf(domain)))];
}

function keysInSalesforce({ object, fields }: SalesforceRecord): readonly string[] {
  if (object === "Contact" || object === "Lead") return keyOf("email", fields.Email);
  return object === "Account" ? [...keyOf("name", fields.Name), ...keyOf("domain", domainOf(fields.Website))] : [];
}

function keyOf(kind: "email" | "name" | "domain", value: unknown): readonly string[] {
  const text = typeof value === "string" ? value.trim().toLowerCase() : "";
  return text === "" ? [] : [`${kind}:${text.slice(0, 300)}`];
}

/** HubSpot separates several values by semicolons. */
function listed(value: string | null | undefined): readonly string[] {
  return value ? value.split(";") : [];
}

/** The domain in a website's address, without `www.`; null where there is none. */
export function domainOf(website: unknown): string | null {
  if (typeof website !== "string") return null;
  const host = website
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .split(/[/?#:]/)[0]
    ?.replace(/^www\./, "");
  return host?.includes(".") ? host : null;
}
