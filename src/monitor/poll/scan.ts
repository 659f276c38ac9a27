import { setImmediate as nextTurn } from "node:timers/promises";
import type { Kysely } from "kysely";
import { recordKey, recordLabel, salesforceLink } from "../../records/pairing.ts";
import {
  type HubSpotRecord,
  PARTNER_OBJECTS,
  type SalesforceObject,
  type SalesforceRecord,
  type SyncedObject,
  showsLink,
  syncedObject,
} from "../../records/record.ts";
import type { ChangesPage } from "../../salesforce/salesforce.ts";
import { writtenByUs } from "../../store/own-writes.ts";
import type { Database } from "../../store/schema.ts";
import { forgetRecords, type SeenRecord, trackRecords, trackSalesforceRecords } from "../../store/tracked-records.ts";
import type { Connection } from "../context.ts";
import { possibleDifferences } from "./difference.ts";
import { fieldsToRead, inSyncedPipeline, propertiesToRead } from "./fields.ts";
import { inheritedBy } from "./merged-people.ts";
import { readHubSpotPart, readUsers, readUsersOfOwners, type SchemaCache } from "./schema.ts";
import { waitsForAccount } from "./waiting-account.ts";
import type { Edge } from "./watermark.ts";

/** How many changed Salesforce records are kept at hand, so that their HubSpot records' pages need not read them again. */
const AT_HAND_LIMIT = 8_000;
/** Linked records fetched by one call. */
const PARTNERS_A_CALL = 2_000;
/** Records compared before commands and clicks get their turn. */
const COMPARED_AT_ONCE = 100;
/** A record that Syncwarden wrote so recently is no sign of the native sync. */
const OWN_WRITE_MS = 3_600_000;

export interface Scan {
  readonly db: Kysely<Database>;
  readonly connection: Connection;
  readonly cache: SchemaCache;
  readonly integrationUserId: string | null;
  /** When the bot began to watch. */
  readonly watchedSince: Date;
  readonly now: Date;
}

/** Newest signs that the native sync wrote to either system. */
export interface SignsOfLife {
  toSalesforce: Date | null;
  toHubSpot: Date | null;
}

export type RecordsAtHand = Map<string, SalesforceRecord>;

/** Goes through what changed in Salesforce; each record waits until it is known to be in step. */
export async function scanSalesforce(
  scan: Scan,
  pages: ReadonlyMap<SalesforceObject, ChangesPage>,
  edges: ReadonlyMap<SalesforceObject, Edge>,
  signs: SignsOfLife,
  atHand: RecordsAtHand,
): Promise<void> {
  for (const [object, first] of pages) {
    const edge = edges.get(object);
    if (edge === undefined) continue;
    let page: ChangesPage | null = first;
    while (page !== null) {
      const fresh = page.records.filter((record) => edge.isNew(record.id, record.modifiedAt));
      await takeSalesforcePage(scan, fresh, signs);
      for (const record of page.records) if (atHand.size < AT_HAND_LIMIT) atHand.set(record.id, record);
      page = page.next === null ? null : await scan.connection.salesforce.moreChanges(object, page.next);
    }
  }
}

async function takeSalesforcePage(scan: Scan, records: readonly SalesforceRecord[], signs: SignsOfLife): Promise<void> {
  if (records.length === 0) return;
  const { db, connection, integrationUserId } = scan;
  const { settings } = connection;
  const bySync = records.filter(({ modifiedById }) => modifiedById !== null && modifiedById === integrationUserId);
  const ours = await writtenByUs(
    db,
    settings.name,
    bySync.map(({ id }) => id),
    new Date(scan.now.getTime() - OWN_WRITE_MS),
  );
  for (const record of bySync) {
    if (!ours.has(record.id)) signs.toSalesforce = later(signs.toSalesforce, record.modifiedAt);
  }
  await trackSalesforceRecords(
    db,
    settings.name,
    records.map((record) => ({
      key: recordKey({ object: syncedObject(record.object), hubspotId: null, salesforceId: record.id }),
      object: syncedObject(record.object),
      hubspotId: null,
      salesforceObject: record.object,
      salesforceId: record.id,
      changedIn: "salesforce",
      changedAt: record.modifiedAt,
      dueAt: new Date(record.modifiedAt.getTime() + settings.graceMs),
      label: recordLabel(null, record),
    })),
  );
}

export function later(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

/** Goes through what changed in HubSpot, comparing each linked record with its Salesforce record. */
export async function scanHubSpot(
  scan: Scan,
  object: SyncedObject,
  edge: Edge,
  signs: SignsOfLife,
  atHand: RecordsAtHand,
): Promise<void> {
  const { settings, hubspot } = scan.connection;
  const unread: HubSpotRecord[] = [];
  for await (const page of hubspot.changedRecords(object, edge.since, propertiesToRead(settings, object))) {
    const comparable: HubSpotRecord[] = [];
    for (const record of page) {
      if (!edge.isNew(record.id, record.updatedAt) || isTooOld(record, scan)) continue;
      signs.toHubSpot = later(signs.toHubSpot, momentOf(record.properties.salesforcelastsynctime));
      const link = salesforceLink(record);
      if (link === null || atHand.has(link.id)) comparable.push(record);
      else unread.push(record);
    }
    await compareAll(scan, comparable, atHand);
    // Not before a call's worth of them is there: the fewest calls.
    if (unread.length >= PARTNERS_A_CALL) await compareAll(scan, unread.splice(0, PARTNERS_A_CALL), atHand);
  }
  await compareAll(scan, unread, atHand);
}

/** A record that the sync has just written is stamped within so long. */
export const STAMP_MS = 5_000;

/** Tracks records that people have changed in HubSpot while there is nothing to compare them with. */
export async function trackUncompared(scan: Scan, object: SyncedObject, edge: Edge): Promise<void> {
  const { db, connection, cache } = scan;
  const { settings, hubspot } = connection;
  for await (const page of hubspot.changedRecords(object, edge.since, propertiesToRead(settings, object))) {
    const changed = page.filter((record) => {
      const syncedAt = momentOf(record.properties.salesforcelastsynctime)?.getTime() ?? 0;
      if (!edge.isNew(record.id, record.updatedAt) || isTooOld(record, scan) || record.updatedAt.getTime() <= syncedAt + STAMP_MS)
        return false;
      if (object === "deals" && inSyncedPipeline(record, cache.schemas(settings)) === false) return false;
      return salesforceLink(record) !== null ? !isDeletedInSalesforce(record) : isToBeCreated(record, settings);
    });
    await trackRecords(
      db,
      settings.name,
      changed.map((record) => waitingInHubSpot(record, settings)),
    );
  }
}

function waitingInHubSpot(record: HubSpotRecord, { graceMs }: Connection["settings"]): SeenRecord {
  const link = salesforceLink(record);
  return {
    key: recordKey({ object: record.object, hubspotId: record.id, salesforceId: null }),
    object: record.object,
    hubspotId: record.id,
    salesforceObject: link?.object ?? null,
    salesforceId: link?.id ?? null,
    changedIn: "hubspot",
    changedAt: record.updatedAt,
    dueAt: new Date(record.updatedAt.getTime() + graceMs),
    label: recordLabel(record, null),
  };
}

/** HubSpot writes moments as ISO 8601, or as epoch milliseconds. */
export function momentOf(value: string | null | undefined): Date | null {
  if (!value) return null;
  const date = new Date(/^\d+$/.test(value) ? Number(value) : value);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** How long before the bot's time a record whose link HubSpot doesn't show may have been made, in milliseconds. */
const LOOK_BACK_MS = 86_400_000;

/** From when on changes of an object are read: those that show a link from the beginning, others from shortly before the bot's time. */
export function scannedSince(object: SyncedObject, watchedSince: Date): Date {
  return showsLink(object) ? new Date(0) : new Date(watchedSince.getTime() - LOOK_BACK_MS);
}

function isTooOld({ object, createdAt }: HubSpotRecord, { watchedSince }: Scan): boolean {
  return createdAt < scannedSince(object, watchedSince);
}

async function compareAll(scan: Scan, records: readonly HubSpotRecord[], atHand: RecordsAtHand): Promise<void> {
  const { db, connection, cache, now } = scan;
  const { settings } = connection;
  await readNewSettings(scan, records);
  const partners = await partnersOf(scan, records, atHand);
  await readUsers(connection, cache, ownersOf(partners.values()), now);
  await readUsersOfOwners(connection, cache, hubspotOwnersOf(records), now);
  const inStep: string[] = [];
  const outOfStep: SeenRecord[] = [];
  for (const [index, record] of records.entries()) {
    if (index > 0 && index % COMPARED_AT_ONCE === 0) await nextTurn();
    const link = salesforceLink(record);
    const partner = link === null ? undefined : partners.get(link.id);
    const key = recordKey({ object: record.object, hubspotId: record.id, salesforceId: null });
    if (link !== null) {
      // From now on the pair goes by its HubSpot record.
      if (partner !== undefined) inStep.push(recordKey({ object: record.object, hubspotId: null, salesforceId: link.id }));
      else if (isDeletedInSalesforce(record)) {
        inStep.push(key);
        continue;
      }
    }
    if (!isOutOfStep(scan, record, partner, link !== null)) {
      inStep.push(key);
      continue;
    }
    const changedIn = changedSide(scan, record, partner);
    const changedAt = changedIn === "salesforce" && partner !== undefined ? partner.modifiedAt : record.updatedAt;
    const dueAt = new Date(changedAt.getTime() + settings.graceMs);
    outOfStep.push({ ...waitingInHubSpot(record, settings), changedIn, changedAt, dueAt });
  }
  await forgetRecords(db, settings.name, inStep);
  await trackRecords(db, settings.name, [...outOfStep, ...(await leftByMerging(scan, records))]);
}

/** The native sync may come to a merge's consequences so much later, in milliseconds. */
const MERGE_MS = 3_600_000;

/** The Salesforce records that contacts which have just been merged were linked to: nobody's now. One HubSpot call, where there are any. */
async function leftByMerging({ connection, now }: Scan, records: readonly HubSpotRecord[]): Promise<readonly SeenRecord[]> {
  const contacts = records.filter(({ object }) => object === "contacts");
  const inherited = await inheritedBy(connection, contacts);
  return [...inherited.values()].flatMap(({ partners, mergedAt }) => {
    if (mergedAt === null || now.getTime() - mergedAt.getTime() > MERGE_MS) return [];
    return partners.map(({ object, id }) => ({
      key: recordKey({ object: "contacts", hubspotId: null, salesforceId: id }),
      object: "contacts" as const,
      hubspotId: null,
      salesforceObject: object,
      salesforceId: id,
      changedIn: "salesforce" as const,
      changedAt: mergedAt,
      dueAt: new Date(mergedAt.getTime() + connection.settings.graceMs),
      label: null,
    }));
  });
}

/** Records that name a stage or an owner nobody has heard of: the cached settings are out of date. Two calls at most. */
export async function readNewSettings(
  { connection, cache, now }: Pick<Scan, "connection" | "cache" | "now">,
  records: readonly HubSpotRecord[],
): Promise<void> {
  const { pipelines, owners } = cache.schemas(connection.settings);
  const stages = new Set(pipelines.flatMap((pipeline) => pipeline.stages.map(({ id }) => id)));
  const ownerIds = new Set(owners.map(({ id }) => id));
  const names = (known: ReadonlySet<string>, property: string) =>
    records.some(({ properties }) => Boolean(properties[property]) && !known.has(properties[property] ?? ""));
  // Once a poll: a stage or owner that is archived stays unknown.
  const isOld = (part: string) => (cache.readAt(part)?.getTime() ?? 0) < now.getTime();
  if (names(stages, "dealstage") && isOld("hubspot:pipelines"))
    await readHubSpotPart(connection, cache, "hubspot:pipelines", now);
  if (names(ownerIds, "hubspot_owner_id") && isOld("hubspot:owners"))
    await readHubSpotPart(connection, cache, "hubspot:owners", now);
}

async function partnersOf(
  { connection, cache }: Scan,
  records: readonly HubSpotRecord[],
  atHand: RecordsAtHand,
): Promise<ReadonlyMap<string, SalesforceRecord>> {
  const partners = new Map<string, SalesforceRecord>();
  const missing = new Map<SalesforceObject, string[]>();
  for (const record of records) {
    const link = salesforceLink(record);
    if (link === null) continue;
    const known = atHand.get(link.id);
    if (known === undefined) missing.set(link.object, [...(missing.get(link.object) ?? []), link.id]);
    else partners.set(link.id, known);
  }
  const schemas = cache.schemas(connection.settings);
  for (const [object, ids] of missing) {
    const fields = fieldsToRead(connection.settings, object, schemas);
    for await (const page of connection.salesforce.recordsByIds(object, [...new Set(ids)], fields)) {
      for (const record of page) partners.set(record.id, record);
    }
  }
  return partners;
}

/** The users and queues that own Salesforce records. */
export function ownersOf(records: Iterable<SalesforceRecord>): string[] {
  const owners = new Set<string>();
  for (const { fields } of records) if (typeof fields.OwnerId === "string") owners.add(fields.OwnerId);
  return [...owners];
}

/** The HubSpot owners of records. */
export function hubspotOwnersOf(records: Iterable<HubSpotRecord>): string[] {
  return [...records].flatMap(({ properties }) => properties.hubspot_owner_id || []);
}

export function isDeletedInSalesforce(record: HubSpotRecord): boolean {
  return record.properties.salesforcedeleted === "true";
}

/** Whether something may have to travel. Records that don't sync are in step with nothing. */
function isOutOfStep(
  { connection, cache }: Scan,
  record: HubSpotRecord,
  partner: SalesforceRecord | undefined,
  linked: boolean,
): boolean {
  const { settings } = connection;
  const schemas = cache.schemas(settings);
  if (record.object === "deals" && inSyncedPipeline(record, schemas) === false) return false;
  if (partner !== undefined) {
    const { mappings } = settings;
    return possibleDifferences(record, partner, mappings, schemas).length > 0 || waitsForAccount(record, partner, settings);
  }
  if (linked) return true;
  return isToBeCreated(record, settings);
}

/** Whether the native sync makes a Salesforce record of this one, as far as the record itself tells. */
export function isToBeCreated(record: HubSpotRecord, settings: Connection["settings"]): boolean {
  if (record.object === "contacts") return settings.createContactsAs !== null && Boolean(record.properties.email);
  // Companies sync only with contacts that do.
  return record.object !== "companies";
}

function changedSide(
  { connection, cache }: Scan,
  record: HubSpotRecord,
  partner: SalesforceRecord | undefined,
): "hubspot" | "salesforce" {
  if (partner === undefined) return "hubspot";
  const { settings } = connection;
  const differences = possibleDifferences(record, partner, settings.mappings, cache.schemas(settings));
  return differences.some(({ direction }) => direction === "hubspot-to-salesforce") ? "hubspot" : "salesforce";
}

/** The Salesforce objects of a HubSpot object whose records at hand are no longer needed once it has been scanned. */
export function releaseScanned(atHand: RecordsAtHand, object: SyncedObject): void {
  const objects: readonly SalesforceObject[] = PARTNER_OBJECTS[object];
  for (const [id, record] of atHand) if (objects.includes(record.object)) atHand.delete(id);
}
