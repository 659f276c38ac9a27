import {
  type HubSpotRecord,
  isLinkedObject,
  LINK_PROPERTIES,
  type LinkedObject,
  PARTNER_OBJECTS,
  type SalesforceRecord,
  type SyncedObject,
} from "./record.ts";
import { plainText } from "./text.ts";

/** The Salesforce record that a HubSpot record is linked to; a contact that became a Contact is no longer its Lead. */
export function salesforceLink(record: HubSpotRecord): { readonly object: LinkedObject; readonly id: string } | null {
  for (const object of PARTNER_OBJECTS[record.object]) {
    if (!isLinkedObject(object)) continue;
    const id = record.properties[LINK_PROPERTIES[object]]?.trim();
    if (id) return { object, id };
  }
  return null;
}

/**
 * What a record goes by in the store: `hubspot:<object>:<id>` (HubSpot's ids are unique among one object's records alone) or,
 * without a HubSpot record, `salesforce:<id>`. Throws when both ids are absent.
 */
export function recordKey(reference: {
  readonly object: SyncedObject;
  readonly hubspotId: string | null;
  readonly salesforceId: string | null;
}): string {
  if (reference.hubspotId !== null) return `hubspot:${reference.object}:${reference.hubspotId}`;
  if (reference.salesforceId !== null) return `salesforce:${reference.salesforceId}`;
  throw new Error("A record needs an id in one system at least");
}

/** What people call a record: its email, else its name, else its id. Comes from a CRM: escape before showing. */
export function recordLabel(hubspot: HubSpotRecord | null, salesforce: SalesforceRecord | null): string {
  const properties = hubspot?.properties ?? {};
  const fields = salesforce?.fields ?? {};
  const fullName = (first: unknown, last: unknown) => [first, last].filter((part) => typeof part === "string" && part).join(" ");
  const candidates = [
    properties.email,
    fields.Email,
    fullName(properties.firstname, properties.lastname),
    properties.dealname,
    properties.hs_task_subject,
    properties.name,
    fullName(fields.FirstName, fields.LastName),
    fields.Name,
    properties.domain,
    hubspot?.id,
    salesforce?.id,
  ];
  for (const candidate of candidates) {
    const label = typeof candidate === "string" ? plainText(candidate, 200) : "";
    if (label) return label;
  }
  return "record without a name";
}
