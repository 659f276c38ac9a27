import type { ConnectionSettings } from "../../config/config.ts";
import type { HubSpotRecord, SalesforceRecord } from "../../records/record.ts";

/** The account that a Salesforce record belongs to, where accounts sync. */
export function accountOf(salesforce: SalesforceRecord, { objects }: Pick<ConnectionSettings, "objects">): string | null {
  if (!objects.includes("companies")) return null;
  const { AccountId } = salesforce.fields;
  return typeof AccountId === "string" && AccountId !== "" ? AccountId : null;
}

/** Whether a linked contact's account isn't the one that HubSpot shows. HubSpot's deals don't show theirs. */
export function waitsForAccount(hubspot: HubSpotRecord, salesforce: SalesforceRecord, settings: ConnectionSettings): boolean {
  if (hubspot.object !== "contacts" || salesforce.object !== "Contact") return false;
  const account = accountOf(salesforce, settings);
  return account !== null && hubspot.properties.salesforceaccountid !== account;
}
