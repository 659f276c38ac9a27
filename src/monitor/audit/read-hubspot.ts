import type { Kysely } from "kysely";
import { MATCH_PROPERTIES, matchKeys } from "../../records/match-keys.ts";
import { recordKey, recordLabel, salesforceLink } from "../../records/pairing.ts";
import { type HubSpotRecord, PARTNER_OBJECTS, type SalesforceRecord } from "../../records/record.ts";
import { longId } from "../../records/salesforce-id.ts";
import type { Candidate } from "../../store/audit-findings.ts";
import { type AuditRecord, auditedInSalesforce } from "../../store/audit-records.ts";
import type { Database } from "../../store/schema.ts";
import type { Connection } from "../context.ts";
import { possibleDifferences } from "../poll/difference.ts";
import { inSyncedPipeline, propertiesToRead } from "../poll/fields.ts";
import { hubspotOwnersOf, isDeletedInSalesforce, isToBeCreated, ownersOf, readNewSettings } from "../poll/scan.ts";
import { readUsers, readUsersOfOwners, type SchemaCache } from "../poll/schema.ts";
import { waitsForAccount } from "../poll/waiting-account.ts";
import { salesforceRecordOf } from "./read-salesforce.ts";

type LinkedObject = keyof typeof MATCH_PROPERTIES;

/** A page of HubSpot's records as the audit keeps them, with those whose values may have to travel. */
export interface ComparedPage {
  readonly records: readonly AuditRecord[];
  readonly candidates: readonly Candidate[];
  readonly cursor: string | null;
}

/**
 * Reads the next page of HubSpot's records and compares each with its Salesforce record as the audit has read that one: one API
 * call, and those that new owners and stages take.
 */
export async function readHubSpotPage(
  db: Kysely<Database>,
  requestId: string,
  connection: Connection,
  cache: SchemaCache,
  object: LinkedObject,
  cursor: string | null,
  now: Date,
): Promise<ComparedPage> {
  const { settings, hubspot } = connection;
  const known = cache.schemas(settings).hubspot[object];
  const match = MATCH_PROPERTIES[object].filter((property) => known === undefined || property in known);
  const properties = [...new Set([...propertiesToRead(settings, object), ...match])];
  const page = await hubspot.recordsAfter(object, cursor, properties);
  const partners = await partnersOf(db, requestId, object, page.records);
  await readNewSettings({ connection, cache, now }, page.records);
  await readUsers(connection, cache, ownersOf(partners.values()), now);
  await readUsersOfOwners(connection, cache, hubspotOwnersOf(page.records), now);
  return {
    records: page.records.map((record) => auditRecord(record, connection, cache)),
    candidates: page.records.flatMap((record) => candidateOf(record, partners, connection, cache)),
    cursor: page.next,
  };
}

async function partnersOf(
  db: Kysely<Database>,
  requestId: string,
  object: LinkedObject,
  records: readonly HubSpotRecord[],
): Promise<ReadonlyMap<string, SalesforceRecord>> {
  const ids = records.flatMap((record) => linkOf(record)?.id ?? []);
  const stored = await auditedInSalesforce(db, requestId, PARTNER_OBJECTS[object], [...new Set(ids)]);
  return new Map(
    stored.flatMap((row) => {
      const record = salesforceRecordOf(row);
      return record === null ? [] : [[`${record.object}:${record.id}`, record] as const];
    }),
  );
}

/** The link with its id in the form of 18 characters. */
function linkOf(record: HubSpotRecord) {
  const link = salesforceLink(record);
  return link === null ? null : { object: link.object, id: longId(link.id) };
}

function auditRecord(record: HubSpotRecord, { settings }: Connection, cache: SchemaCache): AuditRecord {
  const isElsewhere = isInOtherPipeline(record, settings, cache);
  return {
    system: "hubspot",
    object: record.object,
    id: record.id,
    link: linkOf(record),
    isExpected: !isElsewhere && isToBeCreated(record, settings),
    isOut: isElsewhere || isDeletedInSalesforce(record),
    label: recordLabel(record, null),
    record: null,
    keys: matchKeys(record),
  };
}

function isInOtherPipeline(record: HubSpotRecord, settings: Connection["settings"], cache: SchemaCache): boolean {
  return record.object === "deals" && inSyncedPipeline(record, cache.schemas(settings)) === false;
}

function candidateOf(
  record: HubSpotRecord,
  partners: ReadonlyMap<string, SalesforceRecord>,
  { settings }: Connection,
  cache: SchemaCache,
): readonly Candidate[] {
  const link = linkOf(record);
  const partner = link === null ? undefined : partners.get(`${link.object}:${link.id}`);
  if (link === null || partner === undefined || isInOtherPipeline(record, settings, cache)) return [];
  const differences = possibleDifferences(record, partner, settings.mappings, cache.schemas(settings));
  if (differences.length === 0 && !waitsForAccount(record, partner, settings)) return [];
  const reference = {
    object: record.object,
    hubspotId: record.id,
    salesforceObject: link.object,
    salesforceId: link.id,
    label: recordLabel(record, partner),
  };
  return [{ kind: "differing-values", key: recordKey(reference), reference }];
}
