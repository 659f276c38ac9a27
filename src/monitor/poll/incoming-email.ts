import { nameOf } from "../../health/catalogue-entry.ts";
import type { Diagnosis } from "../../health/diagnosis.ts";
import type { Finding } from "../../health/sync-errors.ts";
import { type Sentence, sentence } from "../../language/sentence.ts";
import { recordLabel, salesforceLink } from "../../records/pairing.ts";
import { type HubSpotRecord, LINK_PROPERTIES, MERGED_IDS_PROPERTY } from "../../records/record.ts";
import type { Connection } from "../context.ts";
import { type Incoming, incomingFinding } from "./incoming.ts";

const PROPERTIES = [
  "email",
  "hs_additional_emails",
  "firstname",
  "lastname",
  LINK_PROPERTIES.Contact,
  LINK_PROPERTIES.Lead,
  MERGED_IDS_PROPERTY,
];

/** HubSpot contacts that have the emails of incoming records, as primary or additional email. */
export interface Holders {
  of(record: Incoming): readonly HubSpotRecord[];
}

/** The HubSpot contacts that have one of the incoming emails, as primary or additional email: two searches for many emails. */
export async function holdersOfEmails({ hubspot }: Connection, incoming: readonly Incoming[]): Promise<Holders> {
  const emails = [...new Set(incoming.flatMap((record) => emailOf(record) ?? []))];
  if (emails.length === 0) return { of: () => [] };
  const found = [
    ...(await hubspot.recordsByProperty("contacts", "email", emails, PROPERTIES)),
    ...(await hubspot.recordsByProperty("contacts", "hs_additional_emails", emails, PROPERTIES)),
  ];
  const holders = new Map<string, HubSpotRecord[]>();
  for (const contact of new Map(found.map((record) => [record.id, record])).values()) {
    for (const email of new Set([primaryOf(contact), ...additionalOf(contact)].filter((text) => text !== ""))) {
      holders.set(email, [...(holders.get(email) ?? []), contact]);
    }
  }
  return { of: (record) => holders.get(emailOf(record) ?? "") ?? [] };
}

/** The email belongs to a HubSpot contact that isn't this record's. */
export function emailConflict(record: Incoming, holders: Holders, at: Date): readonly Finding[] {
  const email = emailOf(record);
  if (email === null) return [];
  const holder = holders.of(record).find((contact) => {
    const link = salesforceLink(contact);
    // A contact that isn't linked yet is the one that the sync will link.
    return contact.id !== record.hubspot?.id && (link !== null ? link.id !== record.salesforce.id : record.hubspot !== null);
  });
  if (holder === undefined) return [];
  const link = salesforceLink(holder);
  const primary = primaryOf(holder);
  const diagnosis: Diagnosis = {
    type: "email-already-in-use",
    salesforceField: "Email",
    cause: "email-already-in-use",
    value: email,
    details: {
      email,
      holder: holder.id,
      holderLabel: recordLabel({ ...holder, properties: { ...holder.properties, email: null } }, null),
      ...(primary !== email && { kind: "additional" }),
      ...(link !== null && { linkedTo: link.id }),
    },
  };
  return [incomingFinding(diagnosis, record, "email", belongsTo(email, primary, holder, link), at)];
}

function belongsTo(email: string, primary: string, holder: HubSpotRecord, link: ReturnType<typeof salesforceLink>): Sentence {
  const values = { email, contact: holder.id, object: nameOf(link?.object), record: link?.id ?? "" };
  if (primary === email) {
    return sentence(
      "The email {email} belongs to HubSpot's contact {contact}{object, select, unnamed {} other {, which is linked to Salesforce's {object} {record}}}",
      values,
    );
  }
  return sentence(
    "The email {email} belongs as an additional email{primary, select, unnamed {} other { beside {primary}}} to HubSpot's contact {contact}{object, select, unnamed {} other {, which is linked to Salesforce's {object} {record}}}",
    { ...values, primary: nameOf(primary) },
  );
}

function emailOf({ salesforce, hubspot, mappings }: Incoming): string | null {
  const { Email } = salesforce.fields;
  if (typeof Email !== "string" || Email === "") return null;
  const travels = hubspot === null || mappings.some(({ hubspotProperty }) => hubspotProperty === "email");
  return travels ? Email.toLowerCase() : null;
}

function primaryOf({ properties }: HubSpotRecord): string {
  return (properties.email ?? "").trim().toLowerCase();
}

function additionalOf({ properties }: HubSpotRecord): readonly string[] {
  return (properties.hs_additional_emails ?? "").split(";").map((text) => text.trim().toLowerCase());
}
