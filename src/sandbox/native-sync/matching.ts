import type { AccountRecord } from "../hubspot/model.ts";
import type { OrgRecord } from "../salesforce/model.ts";
import { isGone, type SyncContext } from "./context.ts";
import { HUBSPOT_OBJECT, LINK_PROPERTY, PARTNERS, type SalesforceObjectName } from "./mapping.ts";

export interface Link {
  readonly salesforceObject: SalesforceObjectName;
  readonly salesforceId: string;
}

/** The Salesforce record that a HubSpot record is linked to. */
export function linkOf(record: AccountRecord): Link | null {
  for (const salesforceObject of PARTNERS[record.object]) {
    const salesforceId = record.properties[LINK_PROPERTY[salesforceObject]];
    if (salesforceId) return { salesforceObject, salesforceId };
  }
  return null;
}

/** The HubSpot record that is linked to a Salesforce record. */
export function linkedInHubSpot(context: SyncContext, object: SalesforceObjectName, id: string): AccountRecord | null {
  const record = context.account.find(HUBSPOT_OBJECT[object], LINK_PROPERTY[object], id);
  return record && linkOf(record)?.salesforceId === id ? record : null;
}

/** The contact or lead with a HubSpot contact's email, or the account with a company's domain or name. */
export function matchInSalesforce(context: SyncContext, hubspot: AccountRecord): (Link & { readonly record: OrgRecord }) | null {
  for (const salesforceObject of PARTNERS[hubspot.object]) {
    for (const record of context.org.records(salesforceObject)) {
      if (isGone(record) || !isMatch(hubspot, record)) continue;
      if (record.fields.IsConverted === true || linkedInHubSpot(context, salesforceObject, record.id)) continue;
      return { salesforceObject, salesforceId: record.id, record };
    }
  }
  return null;
}

/** The company with an account's domain or name that isn't linked to another. */
export function matchCompany(context: SyncContext, account: OrgRecord): AccountRecord | null {
  for (const company of context.account.records("companies")) {
    if (linkOf(company) === null && isMatch(company, account)) return company;
  }
  return null;
}

function isMatch(hubspot: AccountRecord, salesforce: OrgRecord): boolean {
  const { properties } = hubspot;
  if (hubspot.object === "contacts") return sameText(properties.email, salesforce.fields.Email);
  if (hubspot.object === "companies") {
    return sameText(properties.domain, domainOf(salesforce.fields.Website)) || sameText(properties.name, salesforce.fields.Name);
  }
  return false;
}

function sameText(one: string | null | undefined, other: unknown): boolean {
  return Boolean(one) && typeof other === "string" && one?.toLowerCase() === other.toLowerCase();
}

/** The domain that HubSpot takes from a website's address. */
export function domainOf(website: unknown): string | null {
  if (typeof website !== "string" || website === "") return null;
  return website
    .replace(/^https?:\/\//, "")
    .replace(/^www\./, "")
    .replace(/\/.*$/, "")
    .toLowerCase();
}
