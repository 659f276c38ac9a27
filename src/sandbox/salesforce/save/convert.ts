import { saveError } from "../errors.ts";
import { LEAD_STATUS_CONVERTED } from "../metadata/picklists.ts";
import type { Caller, Fields, SaveError } from "../model.ts";
import type { OrgData } from "../org-data.ts";
import type { UserRights } from "../rights.ts";

/** Converts a lead into a contact that is there already, without an opportunity. The lead stays, read-only from now on. */
export function convertLead(data: OrgData, caller: Caller, leadId: string, contactId: string): void {
  const lead = data.table("Lead").get(leadId);
  const contact = data.table("Contact").get(contactId);
  if (lead === undefined || contact === undefined)
    throw new Error(`No lead ${leadId} or no contact ${contactId} to convert it to.`);
  const stamp = data.nextStamp();
  data.put({
    ...lead,
    fields: {
      ...lead.fields,
      Status: LEAD_STATUS_CONVERTED,
      IsConverted: true,
      ConvertedDate: stamp.slice(0, 10),
      ConvertedContactId: contactId,
      ConvertedAccountId: contact.fields.AccountId ?? null,
      LastModifiedDate: stamp,
      LastModifiedById: caller.userId,
      SystemModstamp: stamp,
    },
  });
}

/** Source: Salesforce's API documentation of the status code, and its knowledge article on converted leads. */
export function convertedErrors(object: string, rights: UserRights, before: Fields | null): SaveError[] {
  if (object !== "Lead" || before?.IsConverted !== true || rights.editConvertedLeads) return [];
  return [saveError("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead")];
}
