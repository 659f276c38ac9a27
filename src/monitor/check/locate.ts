import type { RecordReference } from "../../health/sync-errors.ts";
import { recordLabel, salesforceLink } from "../../records/pairing.ts";
import {
  type HubSpotRecord,
  isLinkedObject,
  LINK_PROPERTIES,
  PARTNER_OBJECTS,
  type SalesforceRecord,
  type SyncedObject,
  syncedObject,
} from "../../records/record.ts";
import type { RecordQuery } from "../../records/record-query.ts";
import type { Connection } from "../context.ts";

/** The records that a query means: the one that is meant first, then others that share its email or its Salesforce record. */
export interface Located {
  readonly records: readonly RecordReference[];
  /** They are different records with the same id: none of them is meant more than the others. */
  readonly isAmbiguous: boolean;
}

const NOTHING: Located = { records: [], isAmbiguous: false };

/** What a record goes by. */
const LABELS = ["email", "hs_additional_emails", "firstname", "lastname", "name", "dealname", "domain", "hs_task_subject"];

function labelsAndLinks(object: SyncedObject): string[] {
  return [...LABELS, ...PARTNER_OBJECTS[object].flatMap((partner) => (isLinkedObject(partner) ? LINK_PROPERTIES[partner] : []))];
}

/**
 * Finds the records of a query live: one HubSpot call for each object that an id may belong to, one search for a Salesforce id,
 * two searches and two Salesforce calls for an email. Without `inSalesforce`, HubSpot alone is looked at.
 */
export async function locate(
  connection: Connection,
  query: RecordQuery,
  { inSalesforce = true }: { readonly inSalesforce?: boolean } = {},
): Promise<Located> {
  switch (query.kind) {
    case "hubspot":
      return byHubSpotId(connection, query.id, query.object);
    case "salesforce":
      return bySalesforceId(connection, query);
    case "email":
      return byEmail(connection, query.email, inSalesforce);
  }
}

async function byHubSpotId({ hubspot, settings }: Connection, id: string, only: SyncedObject | null): Promise<Located> {
  const records: RecordReference[] = [];
  for (const object of only === null ? settings.objects : [only]) {
    for await (const page of hubspot.recordsByIds(object, [id], labelsAndLinks(object))) records.push(...page.map(referenceTo));
  }
  return { records, isAmbiguous: records.length > 1 };
}

async function bySalesforceId(
  { hubspot }: Connection,
  { id, object }: Extract<RecordQuery, { kind: "salesforce" }>,
): Promise<Located> {
  const ofHubSpot = syncedObject(object);
  const property = LINK_PROPERTIES[object];
  const linked = await hubspot.recordsByProperty(ofHubSpot, property, [id, id.slice(0, 15)], labelsAndLinks(ofHubSpot));
  const alone = { object: ofHubSpot, hubspotId: null, salesforceObject: object, salesforceId: id, label: id };
  return { records: linked.length > 0 ? linked.map(referenceTo) : [alone], isAmbiguous: false };
}

/** HubSpot's contact with the email, as primary before additional; Salesforce's people with it that no such contact is linked to. */
async function byEmail({ hubspot, salesforce }: Connection, email: string, inSalesforce: boolean): Promise<Located> {
  const properties = labelsAndLinks("contacts");
  const found = new Map<string, HubSpotRecord>();
  for (const property of ["email", "hs_additional_emails"]) {
    for (const record of await hubspot.recordsByProperty("contacts", property, [email], properties)) found.set(record.id, record);
  }
  const contacts = [...found.values()];
  if (!inSalesforce) return contacts.length === 0 ? NOTHING : { records: contacts.map(referenceTo), isAmbiguous: false };
  const people = [
    ...(await salesforce.recordsByEmail("Contact", [email])),
    ...(await salesforce.recordsByEmail("Lead", [email])),
  ];
  const linkedIds = new Set(
    contacts.flatMap((record) => Object.values(LINK_PROPERTIES).flatMap((name) => record.properties[name] ?? [])),
  );
  const alone = people.filter(({ id }) => !linkedIds.has(id));
  // HubSpot may know them by another email.
  const linkedElsewhere = new Map<string, RecordReference>();
  for (const object of PARTNER_OBJECTS.contacts) {
    const ids = alone.filter((person) => person.object === object).map(({ id }) => id);
    if (ids.length === 0) continue;
    for (const record of await hubspot.recordsByProperty("contacts", LINK_PROPERTIES[object], ids, properties)) {
      linkedElsewhere.set(record.properties[LINK_PROPERTIES[object]] ?? "", referenceTo(record));
    }
  }
  const others = alone.map((person) => linkedElsewhere.get(person.id) ?? referenceToPerson(person));
  return { records: [...contacts.map(referenceTo), ...others], isAmbiguous: false };
}

/** A HubSpot record by its ids on both sides. */
export function referenceTo(record: HubSpotRecord): RecordReference {
  const link = salesforceLink(record);
  return {
    object: record.object,
    hubspotId: record.id,
    salesforceObject: link?.object ?? null,
    salesforceId: link?.id ?? null,
    label: recordLabel(record, null),
  };
}

function referenceToPerson(person: SalesforceRecord): RecordReference {
  return {
    object: syncedObject(person.object),
    hubspotId: null,
    salesforceObject: person.object,
    salesforceId: person.id,
    label: recordLabel(null, person),
  };
}
