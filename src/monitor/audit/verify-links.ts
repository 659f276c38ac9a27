import { DETAILS_KEPT, type OtherRecord } from "../../health/drift.ts";
import { MATCH_FIELDS, MATCH_PROPERTIES, matchKeys } from "../../records/match-keys.ts";
import { salesforceLink } from "../../records/pairing.ts";
import {
  type HubSpotRecord,
  isLinkedObject,
  LINK_PROPERTIES,
  PARTNER_OBJECTS,
  type SalesforceObject,
  type SalesforceRecord,
  type SyncedObject,
} from "../../records/record.ts";
import { sameId } from "../../records/salesforce-id.ts";
import type { StoredFinding } from "../../store/audit-findings.ts";
import { standingOf } from "../../store/recheck.ts";
import type { Connection, MonitorContext } from "../context.ts";
import type { SchemaCache } from "../poll/schema.ts";
import { settledBefore } from "./settled.ts";
import { referenceOf, type SecondLook } from "./verify-records.ts";

/** The kinds that are about how records are linked, rather than about what one of them holds. */
export const LINK_KINDS: ReadonlySet<StoredFinding["kind"]> = new Set(["wrong-partner", "shared-partner", "duplicate-emails"]);

/** The records that findings name, as both systems hold them now. */
interface Present {
  readonly hubspot: ReadonlyMap<string, HubSpotRecord>;
  readonly salesforce: ReadonlyMap<string, SalesforceRecord>;
}

const NOTHING: SecondLook = { says: "nothing" };

/** Reads the records of candidates again, and sees whether they are still linked as the audit has found them. */
export async function lookAtLinksAgain(
  context: MonitorContext,
  connection: Connection,
  cache: SchemaCache,
  findings: readonly StoredFinding[],
): Promise<readonly { readonly finding: StoredFinding; readonly look: SecondLook }[]> {
  const present = await readPresent(connection, cache, findings);
  const isSettled = await settledBefore(context, connection);
  const keys = findings.map((finding) => finding.record_key);
  const standing = await standingOf(context.db, connection.settings.name, keys);
  return findings.map((finding) => {
    const look = lookAt(finding, present);
    if (look.says !== "drift" || finding.kind !== "wrong-partner") return { finding, look };
    if (standing.get(finding.record_key)?.error) return { finding, look: { says: "in-error" } };
    const isOld = involved(finding, present).every((at) => isSettled(at));
    return { finding, look: isOld ? look : { says: "waiting" } };
  });
}

function lookAt(finding: StoredFinding, present: Present): SecondLook {
  switch (finding.kind) {
    case "wrong-partner":
      return wrongPartner(finding, present);
    case "shared-partner": {
      const { salesforce_id: id } = finding;
      return several(finding, ({ object, id: hubspotId }) => {
        const record = present.hubspot.get(`${object}:${hubspotId}`);
        const link = record === undefined ? null : salesforceLink(record);
        return link !== null && id !== null && sameId(link.id, id);
      });
    }
    case "duplicate-emails": {
      const hubspot = present.hubspot.get(`${finding.object}:${finding.hubspot_id}`);
      return several(finding, ({ id }) => {
        const record = present.salesforce.get(id);
        return record !== undefined && record.fields.IsConverted !== true && hubspot !== undefined && shareKey(hubspot, record);
      });
    }
    default:
      return NOTHING;
  }
}

function wrongPartner(finding: StoredFinding, { hubspot, salesforce }: Present): SecondLook {
  const record = hubspot.get(`${finding.object}:${finding.hubspot_id}`);
  const partner = finding.salesforce_id === null ? undefined : salesforce.get(finding.salesforce_id);
  const link = record === undefined ? null : salesforceLink(record);
  if (record === undefined || partner === undefined || link === null || !sameId(link.id, partner.id)) return NOTHING;
  const drift: SecondLook = { says: "drift", label: finding.label, details: finding.details };
  if (finding.details.reason === "converted") return partner.fields.IsConverted === true ? drift : NOTHING;
  const better = salesforce.get(finding.details.others?.[0]?.id ?? "");
  const isStill = better !== undefined && shareKey(record, better) && !shareKey(record, partner);
  return isStill ? drift : NOTHING;
}

/** Two at least must still be as they were; of those that aren't kept by name, nothing else is known. */
function several(finding: StoredFinding, isStill: (other: OtherRecord) => boolean): SecondLook {
  const { others = [], otherCount = others.length } = finding.details;
  const left = others.filter(isStill);
  const count = otherCount - (others.length - left.length);
  if (count < 2) return NOTHING;
  return { says: "drift", label: finding.label, details: { ...finding.details, others: left, otherCount: count } };
}

function shareKey(hubspot: HubSpotRecord, salesforce: SalesforceRecord): boolean {
  const keys = new Set(matchKeys(hubspot));
  return matchKeys(salesforce).some((key) => keys.has(key));
}

/** When the records of a finding were changed last. */
function involved(finding: StoredFinding, { hubspot, salesforce }: Present): readonly Date[] {
  const record = hubspot.get(`${finding.object}:${finding.hubspot_id}`);
  const partner = salesforce.get(finding.salesforce_id ?? "");
  return [...(record === undefined ? [] : [record.updatedAt]), ...(partner === undefined ? [] : [partner.modifiedAt])];
}

async function readPresent(
  { hubspot, salesforce, settings }: Connection,
  cache: SchemaCache,
  findings: readonly StoredFinding[],
): Promise<Present> {
  const schemas = cache.schemas(settings);
  const wanted = new Map<string, Set<string>>();
  const want = (object: string, id: string | null) => {
    if (id !== null) wanted.set(object, (wanted.get(object) ?? new Set()).add(id));
  };
  for (const finding of findings) {
    const { object, hubspotId, salesforceObject, salesforceId } = referenceOf(finding);
    want(object, hubspotId);
    if (salesforceObject !== null) want(salesforceObject, salesforceId);
    for (const other of (finding.details.others ?? []).slice(0, DETAILS_KEPT)) want(other.object, other.id);
  }
  const hubspotRecords = new Map<string, HubSpotRecord>();
  const salesforceRecords = new Map<string, SalesforceRecord>();
  for (const object of Object.keys(MATCH_PROPERTIES) as (keyof typeof MATCH_PROPERTIES)[]) {
    const known = schemas.hubspot[object];
    const links = partnersOf(object).flatMap((partner) => (isLinkedObject(partner) ? LINK_PROPERTIES[partner] : []));
    const match = MATCH_PROPERTIES[object].filter((property) => known === undefined || property in known);
    for await (const page of hubspot.recordsByIds(object, [...(wanted.get(object) ?? [])], [...match, ...links])) {
      for (const record of page) hubspotRecords.set(`${object}:${record.id}`, record);
    }
  }
  for (const object of Object.keys(MATCH_FIELDS) as SalesforceObject[]) {
    const known = schemas.salesforce[object]?.fields;
    const fields = MATCH_FIELDS[object].filter((field) => known === undefined || field in known);
    for await (const page of salesforce.recordsByIds(object, [...(wanted.get(object) ?? [])], fields)) {
      for (const record of page) salesforceRecords.set(record.id, record);
    }
  }
  return { hubspot: hubspotRecords, salesforce: salesforceRecords };
}

function partnersOf(object: SyncedObject): readonly SalesforceObject[] {
  return PARTNER_OBJECTS[object];
}
