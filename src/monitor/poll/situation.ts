import type { RecordReference } from "../../health/sync-errors.ts";
import { type Sentence, sentence } from "../../language/sentence.ts";
import { recordKey, recordLabel, salesforceLink } from "../../records/pairing.ts";
import {
  type HubSpotRecord,
  idsOf,
  isLinkedObject,
  LINK_PROPERTIES,
  type LinkedObject,
  type SalesforceObject,
  type SalesforceRecord,
  type SyncedObject,
  showsLink,
  syncedObject,
} from "../../records/record.ts";
import { sameId } from "../../records/salesforce-id.ts";
import { type GivenFields, givenToTask } from "../../records/task.ts";
import type { Connection } from "../context.ts";
import { certainDifferences, type DatedDifference, type History, possibleDifferences } from "./difference.ts";
import { fieldsToRead, inSyncedPipeline, propertiesToRead } from "./fields.ts";
import { type MissingPartners, readMissingPartners, waitsForMissing } from "./missing-partner.ts";
import { hubspotOwnersOf, isDeletedInSalesforce, isToBeCreated, ownersOf } from "./scan.ts";
import { readUsers, readUsersOfOwners, type SchemaCache } from "./schema.ts";
import { standingsOf, type TaskStanding } from "./task-standing.ts";
import { waitsForAccount } from "./waiting-account.ts";

/** A record as both systems hold it now, and what follows for the sync before any diagnosis. */
export type Situation =
  /** `leftByRule`: values differ, and their sync rules let them. */
  | { readonly state: "in-step"; readonly leftByRule: boolean }
  | { readonly state: "gone" }
  | { readonly state: "excluded"; readonly why: Sentence }
  /** Both exist, and these values should travel. */
  | {
      readonly state: "pair";
      readonly hubspot: HubSpotRecord;
      readonly salesforce: SalesforceRecord;
      readonly differences: readonly DatedDifference[];
      readonly waitsForAccount: boolean;
    }
  /** A linked contact outside the inclusion list: what is changed in HubSpot stays there. */
  | {
      readonly state: "frozen";
      readonly hubspot: HubSpotRecord;
      readonly salesforce: SalesforceRecord;
      readonly differences: readonly DatedDifference[];
    }
  /** HubSpot's record is linked to a Salesforce record that the integration user doesn't find. */
  | {
      readonly state: "partner-missing";
      readonly hubspot: HubSpotRecord;
      readonly link: { readonly object: SalesforceObject; readonly id: string };
    }
  /** The same, and no change in HubSpot waits for it: the sync doesn't know yet. */
  | {
      readonly state: "partner-gone";
      readonly hubspot: HubSpotRecord;
      readonly link: { readonly object: SalesforceObject; readonly id: string };
    }
  | {
      readonly state: "create-in-salesforce";
      readonly hubspot: HubSpotRecord;
      readonly as: SalesforceObject;
      /** Values that come from no mapped property. */
      readonly given: GivenFields;
    }
  | { readonly state: "create-in-hubspot"; readonly salesforce: SalesforceRecord };

export interface Situated {
  readonly reference: RecordReference;
  readonly situation: Situation;
  /** The records as they were read; null where there is none, or the integration user doesn't find it. */
  readonly hubspot: HubSpotRecord | null;
  readonly salesforce: SalesforceRecord | null;
  /** Of the properties whose history was read: those in question, all mapped ones where that was asked for. */
  readonly history: History | undefined;
  /** Whether the contact is in the inclusion list; null where there is no such list, or the record is no contact. */
  readonly isMember: boolean | null;
}

export interface SituationOptions {
  /** Reads the history of every mapped property rather than of those in question alone. */
  readonly allHistory?: boolean;
  /** Changes from then on are known to have been made under the bot's eyes. */
  readonly watchedSince?: Date | undefined;
}

/**
 * Reads records of both systems as they are now, in bulk, and says where each stands. Answers by the key it was asked with.
 */
export async function situationsOf(
  connection: Connection,
  cache: SchemaCache,
  references: readonly RecordReference[],
  now: Date,
  { watchedSince, allHistory = false }: SituationOptions = {},
): Promise<ReadonlyMap<string, Situated>> {
  const { userId } = await connection.salesforce.identity();
  cache.integrationUserId = userId;
  const hubspot = await readHubSpot(connection, references);
  const found = references.map((reference) => ({ reference, record: recordOf(reference, hubspot) }));
  const salesforce = await readSalesforce(connection, cache, found);
  await readUsers(connection, cache, ownersOf(salesforce.values()), now);
  await readUsersOfOwners(connection, cache, hubspotOwnersOf(hubspot.values()), now);
  const members = await membersAmong(connection, found);
  const standings = await standingsOf(
    connection,
    found.flatMap(({ record }) => (record !== null && !showsLink(record.object) ? record : [])),
  );
  const histories = await historiesOf(connection, cache, found, salesforce, allHistory);
  const missing = await readMissingPartners(connection, cache, hubspot.values(), salesforce);

  const situated = new Map<string, Situated>();
  const askedBy = keysByRecord(found);
  for (const { reference, record } of found) {
    if (record !== null && askedBy.get(keyOf(record)) !== recordKey(reference)) {
      situated.set(recordKey(reference), { ...NOWHERE, reference });
      continue;
    }
    const link = record === null ? null : salesforceLink(record);
    const standing = record === null ? undefined : standings.get(record.id);
    const id = link?.id ?? standing?.partnerId ?? reference.salesforceId;
    const partner = id === null ? null : (salesforce.get(id) ?? null);
    situated.set(recordKey(reference), {
      reference: {
        object: reference.object,
        hubspotId: record?.id ?? null,
        salesforceObject: link?.object ?? reference.salesforceObject,
        salesforceId: id,
        label: recordLabel(record, partner),
      },
      situation:
        record !== null && standing !== undefined
          ? situationOfTask(connection, cache, record, standing)
          : situationOf(connection, cache, record, partner, { members, histories, missing, watchedSince }),
      hubspot: record,
      salesforce: partner,
      history: record === null ? undefined : histories.get(record.object)?.get(record.id),
      isMember: members === null || record?.object !== "contacts" ? null : members.has(record.id),
    });
  }
  return situated;
}

/** Of a reference whose record is another one's. */
const NOWHERE: Omit<Situated, "reference"> = {
  situation: { state: "gone" },
  hubspot: null,
  salesforce: null,
  history: undefined,
  isMember: null,
};

/** By record: the key of the one reference that stands for it, its own where that was asked for. Merging makes one of several. */
function keysByRecord(found: readonly Found[]): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const { reference, record } of found) {
    if (record === null) continue;
    const own = keyOf(record);
    if (!keys.has(own) || recordKey(reference) === own) keys.set(own, recordKey(reference));
  }
  return keys;
}

function keyOf({ object, id }: HubSpotRecord): string {
  return recordKey({ object, hubspotId: id, salesforceId: null });
}

/** What was read beside the records themselves. */
interface Surroundings {
  /** Contacts in the inclusion list; null where all sync. */
  readonly members: ReadonlySet<string> | null;
  readonly histories: Histories;
  readonly missing: MissingPartners;
  readonly watchedSince: Date | undefined;
}

function situationOf(
  connection: Connection,
  cache: SchemaCache,
  hubspot: HubSpotRecord | null,
  salesforce: SalesforceRecord | null,
  { members, histories, missing, watchedSince }: Surroundings,
): Situation {
  const { settings } = connection;
  const schemas = cache.schemas(settings);
  if (hubspot === null) return salesforce === null ? { state: "gone" } : withoutHubSpot(salesforce);
  if (hubspot.object === "deals" && inSyncedPipeline(hubspot, schemas) === false) {
    return { state: "excluded", why: sentence("The deal is in a pipeline that doesn't sync") };
  }
  const link = salesforceLink(hubspot);
  if (link === null) {
    if (!isToBeCreated(hubspot, settings)) return { state: "excluded", why: whyNotCreated(hubspot) };
    if (isOutsideList(hubspot, members)) {
      return { state: "excluded", why: sentence("The contact isn't in the inclusion list") };
    }
    const as = hubspot.object === "deals" ? "Opportunity" : settings.createContactsAs;
    if (as === null) return { state: "excluded", why: whyNotCreated(hubspot) };
    return { state: "create-in-salesforce", hubspot, as, given: {} };
  }
  if (salesforce === null) {
    if (isDeletedInSalesforce(hubspot)) return { state: "excluded", why: sentence("The record was deleted in Salesforce") };
    if (!waitsForMissing(hubspot, missing, watchedSince)) {
      return { state: "partner-gone", hubspot, link };
    }
    return { state: "partner-missing", hubspot, link };
  }
  const history = histories.get(hubspot.object)?.get(hubspot.id);
  const differences = certainDifferences(hubspot, salesforce, settings.mappings, schemas, history);
  const waits = waitsForAccount(hubspot, salesforce, settings);
  // What stays in HubSpot is held to the inclusion list; what comes from Salesforce arrives all the same.
  if (isOutsideList(hubspot, members)) {
    return { state: "frozen", hubspot, salesforce, differences };
  }
  if (differences.length === 0 && !waits) {
    return { state: "in-step", leftByRule: possibleDifferences(hubspot, salesforce, settings.mappings, schemas).length > 0 };
  }
  return { state: "pair", hubspot, salesforce, differences, waitsForAccount: waits };
}

/** The inclusion list is one of contacts: companies and deals aren't held to it. */
function isOutsideList({ object, id }: HubSpotRecord, members: ReadonlySet<string> | null): boolean {
  return members !== null && object === "contacts" && !members.has(id);
}

/** Whether a task has arrived in Salesforce is all that can be known of it: nothing ties later changes of the two together. */
function situationOfTask(
  { settings }: Connection,
  cache: SchemaCache,
  hubspot: HubSpotRecord,
  { who, what, whoseOwner, partnerId }: TaskStanding,
): Situation {
  if (partnerId !== null) return { state: "in-step", leftByRule: false };
  if (who === null) return { state: "excluded", why: sentence("None of the task's contacts is linked to Salesforce") };
  const schemas = cache.schemas(settings);
  const links = { who: who.id, what: what?.id ?? null, whoseOwner };
  const given = givenToTask(hubspot, links, schemas.salesforce.Task, schemas);
  return { state: "create-in-salesforce", hubspot, as: "Task", given };
}

/** What is to become of a Salesforce record that no HubSpot record is linked to. */
export function withoutHubSpot(salesforce: SalesforceRecord): Situation {
  if (salesforce.object === "Account") return { state: "excluded", why: sentence("Accounts sync only with contacts that do") };
  if (salesforce.fields.IsConverted === true) return { state: "excluded", why: sentence("The lead was converted") };
  if (salesforce.object !== "Opportunity" && !salesforce.fields.Email) {
    return { state: "excluded", why: sentence("Without an email, Salesforce's record doesn't sync") };
  }
  return { state: "create-in-hubspot", salesforce };
}

function whyNotCreated({ object }: HubSpotRecord): Sentence {
  if (object === "companies") return sentence("Companies sync only with contacts that do");
  return sentence("HubSpot makes no Salesforce record of this contact");
}

async function readHubSpot(
  { hubspot, settings }: Connection,
  references: readonly RecordReference[],
): Promise<ReadonlyMap<string, HubSpotRecord>> {
  const records = new Map<string, HubSpotRecord>();
  const ids = new Map<SyncedObject, string[]>();
  const links = new Map<LinkedObject, string[]>();
  for (const { object, hubspotId, salesforceObject, salesforceId } of references) {
    if (hubspotId !== null) ids.set(object, [...(ids.get(object) ?? []), hubspotId]);
    else if (salesforceObject !== null && isLinkedObject(salesforceObject) && salesforceId !== null) {
      links.set(salesforceObject, [...(links.get(salesforceObject) ?? []), salesforceId]);
    }
  }
  for (const [object, wanted] of ids) {
    for await (const page of hubspot.recordsByIds(object, wanted, propertiesToRead(settings, object))) {
      for (const record of page) {
        for (const hubspotId of idsOf(record)) records.set(recordKey({ object, hubspotId, salesforceId: null }), record);
      }
    }
  }
  for (const [salesforceObject, wanted] of links) {
    const object = syncedObject(salesforceObject);
    const property = LINK_PROPERTIES[salesforceObject];
    for (const record of await hubspot.recordsByProperty(object, property, wanted, propertiesToRead(settings, object))) {
      const salesforceId = record.properties[property];
      if (salesforceId) records.set(recordKey({ object, hubspotId: null, salesforceId }), record);
    }
  }
  return records;
}

/**
 * A contact that was merged away is the one that it has become, unless that one goes on with another Salesforce record: then the
 * Salesforce record is left without one in HubSpot.
 */
function recordOf(reference: RecordReference, read: ReadonlyMap<string, HubSpotRecord>): HubSpotRecord | null {
  const { hubspotId, salesforceId } = reference;
  const record = read.get(recordKey(reference));
  if (record === undefined || hubspotId === null || hubspotId === record.id || salesforceId === null) return record ?? null;
  const link = salesforceLink(record);
  return link !== null && !sameId(link.id, salesforceId) ? null : record;
}

interface Found {
  readonly reference: RecordReference;
  readonly record: HubSpotRecord | null;
}

async function readSalesforce(
  { salesforce, settings }: Connection,
  cache: SchemaCache,
  found: readonly Found[],
): Promise<ReadonlyMap<string, SalesforceRecord>> {
  const ids = new Map<SalesforceObject, Set<string>>();
  const want = (object: SalesforceObject, id: string) => ids.set(object, (ids.get(object) ?? new Set()).add(id));
  for (const { reference, record } of found) {
    const link = record === null ? null : salesforceLink(record);
    if (link !== null) want(link.object, link.id);
    else if (reference.salesforceObject !== null && reference.salesforceId !== null) {
      want(reference.salesforceObject, reference.salesforceId);
    }
  }
  const records = new Map<string, SalesforceRecord>();
  const schemas = cache.schemas(settings);
  for (const [object, wanted] of ids) {
    for await (const page of salesforce.recordsByIds(object, [...wanted], fieldsToRead(settings, object, schemas))) {
      for (const record of page) records.set(record.id, record);
    }
  }
  return records;
}

/** Which contacts are in the inclusion list; null where all sync. */
async function membersAmong({ hubspot, settings }: Connection, found: readonly Found[]): Promise<ReadonlySet<string> | null> {
  const list = settings.hubspot.inclusionList;
  if (list === null) return null;
  const contacts = found.flatMap(({ record }) => (record?.object === "contacts" ? record.id : []));
  return contacts.length === 0 ? new Set() : hubspot.members(list, contacts);
}

type Histories = ReadonlyMap<SyncedObject, Awaited<ReturnType<Connection["hubspot"]["histories"]>>>;

/** The histories of the properties in question, for the pairs that may be out of step alone: they cost a call each 50 records. */
async function historiesOf(
  { hubspot, settings }: Connection,
  cache: SchemaCache,
  found: readonly Found[],
  salesforce: ReadonlyMap<string, SalesforceRecord>,
  allHistory: boolean,
): Promise<Histories> {
  const wanted = new Map<SyncedObject, { ids: Set<string>; properties: Set<string> }>();
  const schemas = cache.schemas(settings);
  const mapped = ({ object }: HubSpotRecord) => settings.mappings.filter((mapping) => mapping.object === object);
  const inQuestion = (record: HubSpotRecord, partner: SalesforceRecord) =>
    possibleDifferences(record, partner, settings.mappings, schemas).map(({ mapping }) => mapping);
  for (const { record } of found) {
    const link = record === null ? null : salesforceLink(record);
    const partner = link === null ? undefined : salesforce.get(link.id);
    if (record === null || (partner === undefined && !allHistory)) continue;
    for (const mapping of partner === undefined || allHistory ? mapped(record) : inQuestion(record, partner)) {
      const entry = wanted.get(record.object) ?? { ids: new Set(), properties: new Set() };
      entry.ids.add(record.id);
      entry.properties.add(mapping.hubspotProperty);
      wanted.set(record.object, entry);
    }
  }
  const histories = new Map<SyncedObject, Awaited<ReturnType<typeof hubspot.histories>>>();
  for (const [object, { ids, properties }] of wanted) {
    histories.set(object, await hubspot.histories(object, [...ids], [...properties]));
  }
  return histories;
}
