import type { SalesforceObject } from "../records/record.ts";
import { plainText } from "../records/text.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** The account is the error; every contact and opportunity of it waits for the same thing. */
export function waitingForAccount(account: { readonly id: string; readonly name: string | null }): Diagnosis {
  return {
    type: "waiting-for-account",
    salesforceField: "AccountId",
    cause: `account ${account.id}`,
    value: account.id,
    details: { account: plainText(account.name ?? account.id, 200), accountId: account.id },
  };
}

/** The email of a Salesforce record belongs to a HubSpot contact that is linked to another one. */
export function emailAlreadyInUse(
  email: string,
  holder: { readonly hubspotId: string; readonly linkedTo: { readonly object: SalesforceObject; readonly id: string } | null },
): Diagnosis {
  const address = plainText(email.trim().toLowerCase(), 320);
  return {
    type: "email-already-in-use",
    salesforceField: "Email",
    cause: `email held by ${holder.hubspotId}`,
    value: address,
    details: {
      email: address,
      holder: holder.hubspotId,
      ...(holder.linkedTo === null ? {} : { linkedTo: `${holder.linkedTo.object} ${holder.linkedTo.id}` }),
    },
  };
}

/** A HubSpot record has as many associations of a kind as HubSpot allows. */
export function associationLimitReached(holder: {
  readonly object: string;
  readonly hubspotId: string;
  readonly label: string;
  readonly limit: number;
}): Diagnosis {
  return {
    type: "association-limit-reached",
    salesforceField: null,
    cause: `${holder.object} ${holder.hubspotId}`,
    value: null,
    details: {
      holder: holder.hubspotId,
      holderLabel: plainText(holder.label, 200),
      object: holder.object,
      limit: String(holder.limit),
    },
  };
}

/** An opportunity's stage that is switched off in Salesforce. */
export function inactiveStage(stage: string): Diagnosis {
  const name = plainText(stage, 200);
  return {
    type: "inactive-opportunity-stage",
    salesforceField: "StageName",
    cause: `stage ${name}`,
    value: name,
    details: { stage: name },
  };
}

/** An opportunity without a record type in an org whose sales processes come from record types. */
export function noSalesProcess(): Diagnosis {
  return {
    type: "default-sales-process-unavailable",
    salesforceField: "RecordTypeId",
    cause: "no record type",
    value: null,
    details: { field: "RecordTypeId" },
  };
}
