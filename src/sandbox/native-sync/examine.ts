import type { AccountRecord } from "../hubspot/model.ts";
import type { Fields, OrgRecord } from "../salesforce/model.ts";
import { crowdedCompany } from "./account-relation.ts";
import { isGone, mappingsOf, type SyncContext, type SyncReference } from "./context.ts";
import { isIncluded } from "./inclusion.ts";
import type { SalesforceObjectName, WrittenObjectName } from "./mapping.ts";
import { linkedInHubSpot, linkOf, matchInSalesforce } from "./matching.ts";
import { type Plan, planNewInHubSpot, planNewInSalesforce, planPair, type Transfer } from "./plan.ts";
import { unavailableProcess } from "./sales-process.ts";
import { type SyncFailure, syncFailure } from "./sync-error.ts";
import { taskLinks } from "./task-links.ts";

/** What there is to do for a record. Finding out changes nothing. */
export type Step =
  | { readonly kind: "nothing" }
  | { readonly kind: "blocked"; readonly failures: readonly SyncFailure[] }
  | {
      readonly kind: "link";
      readonly hubspot: AccountRecord;
      readonly salesforceObject: SalesforceObjectName;
      readonly salesforce: OrgRecord;
    }
  /** Its account has to become a company first. */
  | { readonly kind: "company-first"; readonly accountId: string }
  | {
      readonly kind: "create-in-salesforce";
      readonly hubspot: AccountRecord;
      readonly salesforceObject: WrittenObjectName;
      readonly transfers: readonly Transfer[];
      readonly given?: Fields;
    }
  | {
      readonly kind: "create-in-hubspot";
      readonly salesforceObject: SalesforceObjectName;
      readonly salesforce: OrgRecord;
      readonly transfers: readonly Transfer[];
    }
  | {
      readonly kind: "update";
      readonly hubspot: AccountRecord;
      readonly salesforceObject: SalesforceObjectName;
      readonly salesforceId: string;
      readonly plan: Plan;
      /** Why the part towards HubSpot can't be done. */
      readonly blocked: readonly SyncFailure[];
    };

const NOTHING: Step = { kind: "nothing" };

export function examine(reference: SyncReference, context: SyncContext): Step {
  const { hubspotId, salesforceId, salesforceObject } = reference;
  const hubspot =
    hubspotId !== null
      ? context.account.get(reference.object, hubspotId)
      : salesforceId !== null && salesforceObject !== null
        ? linkedInHubSpot(context, salesforceObject, salesforceId)
        : null;
  if (hubspot) return examineInHubSpot(hubspot, context);
  if (salesforceId === null || salesforceObject === null) return NOTHING;
  const salesforce = context.org.get(salesforceObject, salesforceId);
  return isGone(salesforce) ? NOTHING : examineInSalesforce(salesforceObject, salesforce, context);
}

function examineInHubSpot(hubspot: AccountRecord, context: SyncContext): Step {
  if (!isIncluded(hubspot, context.account, context.inclusionList)) return NOTHING;
  if (hubspot.object === "tasks") return examineTask(hubspot, context);
  const link = linkOf(hubspot);
  if (!link) return examineUnlinked(hubspot, context);
  const { salesforceObject, salesforceId } = link;
  const mappings = mappingsOf(context, salesforceObject);
  const salesforce = context.org.get(salesforceObject, salesforceId);
  if (isGone(salesforce)) {
    // HubSpot learns that the record is gone from Salesforce's answer.
    const plan = { toSalesforce: planNewInSalesforce(hubspot, mappings, context), toHubSpot: [] };
    return { kind: "update", hubspot, salesforceObject, salesforceId, plan, blocked: [] };
  }
  const plan = planPair(hubspot, salesforce, mappings, context.bases.get(salesforceId), context);
  if (plan.toSalesforce.length + plan.toHubSpot.length === 0) return NOTHING;
  const step = { kind: "update", hubspot, salesforceObject, salesforceId, plan, blocked: [] } as const;
  if (plan.toHubSpot.length === 0) return step;
  const company = companyOf(salesforceObject, salesforce, context);
  if (company === "to-make") return { kind: "company-first", accountId: String(salesforce.fields.AccountId) };
  const obstacle =
    company === "missing" ? waitingForAccount(salesforce) : obstacleInHubSpot(salesforceObject, salesforce, hubspot, context);
  return obstacle ? { ...step, plan: { ...plan, toHubSpot: [] }, blocked: [obstacle] } : step;
}

function examineUnlinked(hubspot: AccountRecord, context: SyncContext): Step {
  const match = matchInSalesforce(context, hubspot);
  if (match) return { kind: "link", hubspot, salesforceObject: match.salesforceObject, salesforce: match.record };
  const salesforceObject = hubspot.object === "contacts" ? context.settings.createContactsAs : CREATED_AS[hubspot.object];
  // Companies get an account only through their contacts.
  if (salesforceObject === null) return NOTHING;
  const transfers = planNewInSalesforce(hubspot, mappingsOf(context, salesforceObject), context);
  return { kind: "create-in-salesforce", hubspot, salesforceObject, transfers };
}

/** What an unlinked record becomes in Salesforce; of contacts the settings say. */
const CREATED_AS = { companies: null, deals: "Opportunity", tasks: null } as const;

/** A task goes to Salesforce once, as soon as its contact is there. */
function examineTask(task: AccountRecord, context: SyncContext): Step {
  const given = context.tasksSynced.has(task.id) ? null : taskLinks(task, context);
  if (given === null) return NOTHING;
  const transfers = planNewInSalesforce(task, mappingsOf(context, "Task"), context);
  return { kind: "create-in-salesforce", hubspot: task, salesforceObject: "Task", transfers, given };
}

function examineInSalesforce(salesforceObject: SalesforceObjectName, salesforce: OrgRecord, context: SyncContext): Step {
  if (salesforceObject === "Account" && !context.accountsOnceLinked.has(salesforce.id)) return NOTHING;
  if (salesforceObject === "Contact" || salesforceObject === "Lead") {
    const email = salesforce.fields.Email;
    if (!email || salesforce.fields.IsConverted === true) return NOTHING;
    const holder =
      context.account.find("contacts", "email", String(email)) ??
      context.account.find("contacts", "hs_additional_emails", String(email));
    if (holder) {
      const link = linkOf(holder);
      if (link === null) return { kind: "link", hubspot: holder, salesforceObject, salesforce };
      return { kind: "blocked", failures: [emailInUse(String(email), holder)] };
    }
  }
  const company = companyOf(salesforceObject, salesforce, context);
  if (company === "to-make") return { kind: "company-first", accountId: String(salesforce.fields.AccountId) };
  if (company === "missing") return { kind: "blocked", failures: [waitingForAccount(salesforce)] };
  const obstacle = obstacleInHubSpot(salesforceObject, salesforce, null, context);
  if (obstacle) return { kind: "blocked", failures: [obstacle] };
  const transfers = planNewInHubSpot(salesforce, mappingsOf(context, salesforceObject), context);
  return { kind: "create-in-hubspot", salesforceObject, salesforce, transfers };
}

/** What keeps a record's values from HubSpot whatever they are: no pipeline for it, no room at its company. */
function obstacleInHubSpot(
  object: SalesforceObjectName,
  salesforce: OrgRecord,
  hubspot: AccountRecord | null,
  context: SyncContext,
): SyncFailure | null {
  const process = object === "Opportunity" ? unavailableProcess(salesforce, context) : null;
  return process ?? crowdedCompany(object, salesforce, hubspot, context);
}

/** All of those, where `obstacleInHubSpot` names the one that is met first, and a company that is missing. */
export function obstaclesInHubSpot(
  object: SalesforceObjectName,
  salesforce: OrgRecord,
  hubspot: AccountRecord | null,
  context: SyncContext,
): readonly SyncFailure[] {
  const isMissing = companyOf(object, salesforce, context) === "missing";
  const process = object === "Opportunity" ? unavailableProcess(salesforce, context) : null;
  const found = [isMissing ? waitingForAccount(salesforce) : null, process, crowdedCompany(object, salesforce, hubspot, context)];
  return found.filter((failure) => failure !== null);
}

/** Whether the record's account is a company of HubSpot's. */
function companyOf(object: SalesforceObjectName, salesforce: OrgRecord, context: SyncContext): "there" | "to-make" | "missing" {
  const accountId = salesforce.fields.AccountId;
  if (!accountId || (object !== "Contact" && object !== "Opportunity")) return "there";
  if (linkedInHubSpot(context, "Account", String(accountId))) return "there";
  if (context.accountsOnceLinked.has(String(accountId))) return "missing";
  return isGone(context.org.get("Account", String(accountId))) ? "missing" : "to-make";
}

function waitingForAccount(salesforce: OrgRecord): SyncFailure {
  const account = String(salesforce.fields.AccountId);
  return syncFailure("waiting-for-account", "salesforce-to-hubspot", `Account ${account} is not a company in HubSpot`, {
    field: "AccountId",
    property: "salesforceaccountid",
  });
}

function emailInUse(email: string, holder: AccountRecord): SyncFailure {
  return syncFailure("email-already-in-use", "salesforce-to-hubspot", `${email} is the email of contact ${holder.id}`, {
    field: "Email",
    property: "email",
  });
}
