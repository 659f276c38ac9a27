import type { AccountRecord } from "../hubspot/model.ts";
import type { OrgRecord } from "../salesforce/model.ts";
import type { SyncContext } from "./context.ts";
import type { SalesforceObjectName } from "./mapping.ts";
import { linkedInHubSpot } from "./matching.ts";
import { type SyncFailure, syncFailure } from "./sync-error.ts";

/** The company that a record of Salesforce's is to be associated with. Contacts and opportunities have one. */
export function companyToJoin(object: SalesforceObjectName, salesforce: OrgRecord, context: SyncContext): AccountRecord | null {
  const accountId = salesforce.fields.AccountId;
  if (!accountId || (object !== "Contact" && object !== "Opportunity")) return null;
  return linkedInHubSpot(context, "Account", String(accountId));
}

/** Why HubSpot can't associate the record with its company: one of the two has as many associations as HubSpot allows. */
export function crowdedCompany(
  object: SalesforceObjectName,
  salesforce: OrgRecord,
  hubspot: AccountRecord | null,
  context: SyncContext,
): SyncFailure | null {
  const company = companyToJoin(object, salesforce, context);
  if (!company || (hubspot && !joinsAnother(hubspot, salesforce))) return null;
  const { associations } = context.account;
  const other = object === "Opportunity" ? "deals" : "contacts";
  if (hubspot && associations.of(company, other).has(hubspot.id)) return null;
  const isCompanyFull = associations.isFull(company, other);
  if (!isCompanyFull && !(hubspot && associations.isFull(hubspot, "companies"))) return null;
  const message = isCompanyFull
    ? `HubSpot's company ${company.id} has as many ${other} as HubSpot allows`
    : `HubSpot's record of ${other} has as many companies as HubSpot allows`;
  return syncFailure("association-limit-reached", "salesforce-to-hubspot", message, {
    field: "AccountId",
    property: "salesforceaccountid",
  });
}

/** Associates a record that has just been synced with its company. */
export function joinCompany(
  object: SalesforceObjectName,
  salesforce: OrgRecord,
  hubspot: AccountRecord,
  context: SyncContext,
): void {
  const company = companyToJoin(object, salesforce, context);
  if (company) context.account.associations.associate(company, hubspot);
}

/** A contact says which account it was associated for; a deal doesn't, and stays with its company. */
function joinsAnother(hubspot: AccountRecord, salesforce: OrgRecord): boolean {
  return hubspot.object === "contacts" && hubspot.properties.salesforceaccountid !== salesforce.fields.AccountId;
}
