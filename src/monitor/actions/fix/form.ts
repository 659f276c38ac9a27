import { createHash } from "node:crypto";
import { RefusedError } from "../../../health/refusal.ts";
import { refusalAnswer } from "../../../health/refusal-statement.ts";
import {
  type FixableError,
  type FixableRecord,
  type FixWorld,
  isFixable,
  type Remedy,
  remedyOf,
  sidesOf,
} from "../../../health/remedy.ts";
import { shownValue } from "../../../health/remedy-choices.ts";
import { type Said, sentence } from "../../../language/sentence.ts";
import { carriesOwner } from "../../../records/owner.ts";
import { PARTNER_OBJECTS, SALESFORCE_OBJECTS, type SalesforceObject, type SalesforceValue } from "../../../records/record.ts";
import { heldForSameValue, heldRecord } from "../../../store/held-records.ts";
import { getError, listAffectedRecords, type StoredAffectedRecord, type StoredError } from "../../../store/reports.ts";
import type { Connection, MonitorContext } from "../../context.ts";
import type { FixForm } from "../../monitor.ts";
import { fieldsToRead, propertiesToRead } from "../../poll/fields.ts";
import {
  loadSchemaCache,
  readHubSpotPart,
  readSalesforceSchemas,
  readUsersOfOwners,
  recordTypePicklists,
  type SchemaCache,
} from "../../poll/schema.ts";

/** How many records the dialog lets people choose from: a select of Slack's holds no more. */
const RECORDS_SHOWN = 100;

/** A record in error as it is now, with what puts it right. */
export interface Prepared {
  readonly connection: Connection;
  readonly error: StoredError;
  readonly held: StoredAffectedRecord;
  readonly fixable: FixableError;
  readonly record: FixableRecord;
  readonly world: FixWorld;
  readonly remedy: Remedy;
}

/**
 * What a dialog needs to put one record of an error right: the field and its value now, what it may become, and how many other
 * records have the same value. Reads the record and both schemas anew: four calls, two more where it is about owners.
 */
export async function fixForm(
  context: MonitorContext,
  errorId: string,
  recordKey: string | null,
): Promise<FixForm | { readonly why: Said }> {
  const prepared = recordKey === null ? await prepareAny(context, errorId) : await prepareFix(context, errorId, recordKey);
  if ("why" in prepared) return prepared;
  const { error, held, remedy, connection, fixable, record, world } = prepared;
  const sides = sidesOf(fixable, record, world);
  const { records, total } = await listAffectedRecords(context.db, error.id, 0, RECORDS_SHOWN);
  const same = await heldForSameValue(context.db, held);
  const { direction, type } = error;
  return {
    connection: connection.settings.name,
    errorId: error.id,
    type,
    direction,
    object: error.object,
    records: records.map(({ record_key, label }) => ({ key: record_key, label })),
    total,
    recordKey: held.record_key,
    record: held.label,
    system: remedy.system,
    label: remedy.label,
    before: "why" in sides ? null : shownValue(remedy.before, sides, world),
    seen: fingerprintOf(remedy.before),
    input: remedy.input,
    part: remedy.part,
    proposal: remedy.proposal,
    // Of a list of options the rest differs from record to record.
    sameValue: remedy.part === null ? same.length : 1,
    why: held.evidence.statement,
  };
}

/** The first records may have been put right a moment ago. */
const RECORDS_TRIED = 3;

async function prepareAny(context: MonitorContext, errorId: string): Promise<Prepared | { readonly why: Said }> {
  const { records } = await listAffectedRecords(context.db, errorId.toUpperCase(), 0, RECORDS_TRIED);
  let prepared: Prepared | { readonly why: Said } = {
    why: sentence("There is nothing left to fix: the error holds no record back."),
  };
  for (const { record_key } of records) {
    prepared = await prepareFix(context, errorId, record_key);
    if (!("why" in prepared)) return prepared;
  }
  return prepared;
}

/** The same without what is only shown. */
export async function prepareFix(
  context: MonitorContext,
  errorId: string,
  recordKey: string,
): Promise<Prepared | { readonly why: Said }> {
  const error = await getError(context.db, errorId.toUpperCase());
  if (!error) return { why: sentence("This error is no longer stored: it was resolved some time ago.") };
  if (error.resolved_at !== null) return { why: sentence("There is nothing left to fix: the error is resolved.") };
  const connection = context.connections.get(error.connection);
  if (!connection) return { why: sentence("The connection is no longer configured.") };
  const fixable = fixableError(error);
  if (!isFixable(fixable)) return { why: sentence("No single value puts this error right: its advice says what does.") };
  const held = await heldRecord(context.db, error.id, recordKey);
  if (!held) return { why: sentence("This error doesn't hold the record back any more.") };
  const salesforceObject = objectOf(error, held);
  try {
    return await prepared(context, connection, { error, held, fixable }, salesforceObject);
  } catch (refused) {
    if (!(refused instanceof RefusedError)) throw refused;
    return {
      why: sentence("It can't be looked at just now: {reason}. Nothing was written; try again later.", {
        reason: refusalAnswer(refused.refusal),
      }),
    };
  }
}

async function prepared(
  context: MonitorContext,
  connection: Connection,
  { error, held, fixable }: Pick<Prepared, "error" | "held" | "fixable">,
  salesforceObject: SalesforceObject,
): Promise<Prepared | { readonly why: Said }> {
  const cache = await freshCache(context, connection, error, salesforceObject);
  const record = await readRecord(context, connection, cache, error, held, salesforceObject);
  const world: FixWorld = {
    mappings: connection.settings.mappings,
    schemas: cache.schemas(connection.settings),
    rules: cache.get(`hubspot:rules:${error.object}`) ?? {},
  };
  const remedy = remedyOf(fixable, record, world);
  return "why" in remedy ? remedy : { connection, error, held, fixable, record, world, remedy };
}

export function fixableError(error: StoredError): FixableError {
  return {
    type: error.type,
    direction: error.direction,
    object: error.object,
    hubspotProperty: error.hubspot_property,
    salesforceField: error.salesforce_field,
    details: error.details,
  };
}

/** Stands for a value that may be too long to travel in a dialog. */
export function fingerprintOf(value: SalesforceValue): string {
  return createHash("sha256")
    .update(JSON.stringify(value ?? ""))
    .digest("base64url")
    .slice(0, 22);
}

/** The Salesforce object concerned: the record's own, else the one that it is to become. */
function objectOf(error: StoredError, { salesforce_object }: StoredAffectedRecord): SalesforceObject {
  const named = SALESFORCE_OBJECTS.find((object) => object === error.details.object);
  return salesforce_object ?? named ?? PARTNER_OBJECTS[error.object][0];
}

/**
 * Both schemas as they are now. They aren't stored: it is for the polls to notice that a setting has changed, and to look again at
 * the records that it concerns.
 */
async function freshCache(
  context: MonitorContext,
  connection: Connection,
  error: StoredError,
  salesforceObject: SalesforceObject,
): Promise<SchemaCache> {
  const cache = await loadSchemaCache(context, connection);
  const now = context.clock.now();
  const { settings } = connection;
  const field = cache.schemas(settings).salesforce[salesforceObject]?.fields[error.salesforce_field ?? ""];
  const property = cache.schemas(settings).hubspot[error.object]?.[error.hubspot_property ?? ""];
  const isOwner = carriesOwner(field, property);
  await Promise.all([
    readHubSpotPart(connection, cache, `hubspot:properties:${error.object}`, now),
    readSalesforceSchemas(connection, cache, [salesforceObject], now),
    ...(isOwner ? [readHubSpotPart(connection, cache, "hubspot:owners", now)] : []),
  ]);
  if (isOwner) {
    const owners = (cache.get("hubspot:owners") ?? []).filter(({ archived }) => !archived);
    const ids = owners.map(({ id }) => id);
    await readUsersOfOwners(connection, cache, ids, now);
  }
  return cache;
}

async function readRecord(
  context: MonitorContext,
  connection: Connection,
  cache: SchemaCache,
  error: StoredError,
  held: StoredAffectedRecord,
  salesforceObject: SalesforceObject,
): Promise<FixableRecord> {
  const { settings, hubspot, salesforce } = connection;
  const schemas = cache.schemas(settings);
  const fields = new Set(fieldsToRead(settings, salesforceObject, schemas));
  if (schemas.salesforce[salesforceObject]?.fields.RecordTypeId !== undefined) fields.add("RecordTypeId");
  const [inHubSpot, inSalesforce] = await Promise.all([
    held.hubspot_id === null
      ? null
      : first(hubspot.recordsByIds(error.object, [held.hubspot_id], propertiesToRead(settings, error.object))),
    held.salesforce_id === null ? null : first(salesforce.recordsByIds(salesforceObject, [held.salesforce_id], [...fields])),
  ]);
  const recordType = inSalesforce?.fields.RecordTypeId;
  const { option } = error.details;
  const field = error.salesforce_field;
  const isByRecordType = error.details.reason === "record-type" && typeof recordType === "string" && field !== null;
  const picklists =
    isByRecordType && option !== undefined
      ? await recordTypePicklists(connection, cache, salesforceObject, recordType, { field, option }, context.clock.now())
      : {};
  return {
    salesforceObject,
    hubspot: inHubSpot?.properties ?? null,
    salesforce: inSalesforce?.fields ?? null,
    allowed: field === null ? null : (picklists[field] ?? null),
  };
}

async function first<T>(pages: AsyncIterable<readonly T[]>): Promise<T | null> {
  for await (const page of pages) {
    const [record] = page;
    if (record !== undefined) return record;
  }
  return null;
}
