import type { Diagnosis } from "../../health/diagnosis.ts";
import type { Finding } from "../../health/sync-errors.ts";
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
  const how = primary === email ? "" : ` as an additional email${primary === "" ? "" : ` beside ${primary}`}`;
  const linked = link === null ? "" : `, which is linked to Salesforce's ${link.object} ${link.id}`;
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
  const statement = `The email ${email} belongs${how} to HubSpot's contact ${holder.id}${linked}`;
  return [incomingFinding(diagnosis, record, "email", statement, at)];
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
