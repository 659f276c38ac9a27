import type { RecordReference } from "../../health/sync-errors.ts";
import { recordKey, salesforceLink } from "../../records/pairing.ts";
import { type HubSpotRecord, LINK_PROPERTIES, type SalesforceRecord } from "../../records/record.ts";
import { KEY_PREFIXES, longId } from "../../records/salesforce-id.ts";
import type { Connection } from "../context.ts";
import type { Situated } from "../poll/situation.ts";
import type { Pairing, PairingConcern } from "./check-report.ts";
import { referenceTo } from "./locate.ts";

/**
 * How a record is paired, and what is odd about it. Costs one search for further records of the same link and, for a contact,
 * up to two Salesforce calls or two searches for its email.
 */
export async function pairingOf(
  connection: Connection,
  { reference, situation, hubspot, salesforce }: Situated,
  others: readonly RecordReference[],
): Promise<Pairing> {
  const link = hubspot === null ? null : salesforceLink(hubspot);
  if (hubspot !== null && link !== null) {
    const rivals = await rivalsOf(connection, hubspot, salesforce, link.id);
    return {
      state:
        salesforce !== null ? "linked" : hubspot.properties.salesforcedeleted === "true" ? "partner-deleted" : "partner-missing",
      property: LINK_PROPERTIES[link.object],
      ...link,
      concerns: [
        ...wrongObject(link),
        ...(salesforce?.fields.IsConverted === true ? [{ kind: "converted-lead" } as const] : []),
        ...(await shared(connection, hubspot, link)),
        ...otherEmail(hubspot, salesforce, rivals),
        ...sameEmail([...rivals.map(personOf), ...others], reference),
      ],
    };
  }
  const rivals = hubspot === null ? [] : await rivalsOf(connection, hubspot, null, null);
  const [partner] = rivals.filter(({ fields }) => fields.IsConverted !== true);
  if (partner !== undefined && situation.state !== "excluded") {
    return byEmail(partner, sameEmail([...rivals.filter(({ id }) => id !== partner.id).map(personOf), ...others], reference));
  }
  const unlinked = situation.state === "create-in-hubspot" ? others.find(isUnlinkedContact) : undefined;
  if (unlinked !== undefined) {
    const rest = others.filter((other) => other !== unlinked);
    return { state: "by-email", property: null, object: null, id: unlinked.hubspotId, concerns: sameEmail(rest, reference) };
  }
  const concerns = sameEmail(others, reference);
  switch (situation.state) {
    case "create-in-salesforce":
      return { state: "to-be-created-in-salesforce", property: null, object: situation.as, id: null, concerns };
    case "create-in-hubspot":
      return { state: "to-be-created-in-hubspot", property: null, object: null, id: null, concerns };
    default:
      return { state: "none", property: null, object: null, id: null, concerns };
  }
}

function byEmail(partner: SalesforceRecord, concerns: readonly PairingConcern[]): Pairing {
  return { state: "by-email", property: null, object: partner.object, id: partner.id, concerns };
}

function isUnlinkedContact({ object, hubspotId, salesforceId }: RecordReference): boolean {
  return object === "contacts" && hubspotId !== null && salesforceId === null;
}

/** Salesforce's people with the contact's email but for its own partner, where that would tell anything. */
async function rivalsOf(
  { salesforce }: Connection,
  hubspot: HubSpotRecord,
  partner: SalesforceRecord | null,
  linkedId: string | null,
): Promise<readonly SalesforceRecord[]> {
  const email = hubspot.object === "contacts" ? hubspot.properties.email : null;
  if (!email) return [];
  const found = [...(await salesforce.recordsByEmail("Contact", [email])), ...(await salesforce.recordsByEmail("Lead", [email]))];
  // What remains of the lead that became the contact is no other person.
  const own = new Set([
    linkedId,
    partner?.id,
    hubspot.properties[LINK_PROPERTIES.Lead],
    hubspot.properties[LINK_PROPERTIES.Contact],
  ]);
  return found.filter(({ id }) => !own.has(id));
}

function wrongObject(link: NonNullable<ReturnType<typeof salesforceLink>>): PairingConcern[] {
  return link.id.startsWith(KEY_PREFIXES[link.object] ?? "")
    ? []
    : [{ kind: "wrong-object", id: link.id, expected: link.object }];
}

async function shared(
  { hubspot }: Connection,
  record: HubSpotRecord,
  link: NonNullable<ReturnType<typeof salesforceLink>>,
): Promise<PairingConcern[]> {
  const property = LINK_PROPERTIES[link.object];
  const ids = [longId(link.id), link.id.slice(0, 15)];
  const linked = await hubspot.recordsByProperty(record.object, property, ids, [
    "email",
    "firstname",
    "lastname",
    "name",
    "dealname",
    property,
  ]);
  const others = linked.filter(({ id }) => id !== record.id);
  return others.length === 0 ? [] : [{ kind: "shared", records: others.map(referenceTo) }];
}

function otherEmail(
  hubspot: HubSpotRecord,
  salesforce: SalesforceRecord | null,
  rivals: readonly SalesforceRecord[],
): PairingConcern[] {
  const own = hubspot.properties.email?.trim().toLowerCase();
  const theirs = String(salesforce?.fields.Email ?? "")
    .trim()
    .toLowerCase();
  if (!own || theirs === "" || own === theirs || rivals.length === 0) return [];
  return [{ kind: "other-email", hubspot: own, salesforce: theirs }];
}

function sameEmail(records: readonly RecordReference[], own: RecordReference): PairingConcern[] {
  const further = new Map(records.map((record) => [recordKey(record), record]));
  further.delete(recordKey(own));
  if (own.salesforceId !== null) further.delete(`salesforce:${own.salesforceId}`);
  return further.size === 0 ? [] : [{ kind: "same-email", records: [...further.values()] }];
}

function personOf(person: SalesforceRecord): RecordReference {
  const label = String(person.fields.Name ?? person.fields.Email ?? person.id);
  return { object: "contacts", hubspotId: null, salesforceObject: person.object, salesforceId: person.id, label };
}
