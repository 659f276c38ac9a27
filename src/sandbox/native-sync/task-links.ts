import type { AccountRecord, ObjectType } from "../hubspot/model.ts";
import type { Fields } from "../salesforce/model.ts";
import type { SyncContext } from "./context.ts";
import { type Link, linkOf } from "./matching.ts";

/**
 * Whom and what a task is about in Salesforce, and whose it is unless HubSpot says: the owner of the record it hangs on. Null
 * where none of its contacts is in Salesforce. A lead's task can't be related to anything else.
 */
export function taskLinks(task: AccountRecord, context: SyncContext): Fields | null {
  const who = linkedTo(task, "contacts", context);
  if (!who) return null;
  // One that is gone is found out by Salesforce's answer, as with every record.
  const person = context.org.get(who.salesforceObject, who.salesforceId);
  const what =
    who.salesforceObject === "Lead" ? null : (linkedTo(task, "deals", context) ?? linkedTo(task, "companies", context));
  return {
    WhoId: who.salesforceId,
    ...(what && { WhatId: what.salesforceId }),
    OwnerId: person?.fields.OwnerId ?? null,
  };
}

function linkedTo(task: AccountRecord, object: ObjectType, { account }: SyncContext): Link | null {
  for (const id of account.associations.of(task, object)) {
    const record = account.get(object, id);
    const link = record && linkOf(record);
    if (link) return link;
  }
  return null;
}
