import type { Diagnosis, RefusedWrite } from "../../health/diagnosis.ts";
import { refusedOption, unknownForPicklist } from "../../health/picklist-refusal.ts";
import { classifyRecordRefusal } from "../../health/record-refusal.ts";
import { type Refusal, RefusedError } from "../../health/refusal.ts";
import type { Finding } from "../../health/sync-errors.ts";
import { recordInQuestion, type Trace, withWhereabouts } from "../../health/whereabouts.ts";
import type { SalesforceObject, SalesforceValue } from "../../records/record.ts";
import type { Connection } from "../context.ts";
import type { PendingWrite } from "./diagnose-salesforce.ts";
import { recordRefusalStatement, toFinding } from "./finding.ts";
import { readUsers, recordTypePicklists, type SchemaCache, validationRules } from "./schema.ts";

export interface RefusedRecord {
  readonly pending: PendingWrite;
  readonly refusals: readonly Refusal[];
}

/**
 * What Salesforce's refusals of records mean, by record key: a finding for each refusal. Names of causes are looked up where a
 * refusal needs them: one call for the users, one an object for the records, one for an object's rules or a record type's options, one for five
 * objects' missing records.
 */
export async function findingsOfRefused(
  connection: Connection,
  cache: SchemaCache,
  refused: readonly RefusedRecord[],
  at: Date,
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const owners = refused.flatMap(({ pending: { write } }) =>
    typeof write.fields.OwnerId === "string" ? write.fields.OwnerId : [],
  );
  await readUsers(connection, cache, owners, at);
  const looked = await readUnknown(connection, cache, refused);
  const diagnosed: Diagnosed[] = [];
  for (const { pending, refusals } of refused) {
    for (const refusal of refusals) {
      const write = await known(connection, cache, pending, refusal, looked.get(pending.key) ?? {}, at);
      const diagnosis = classifyRecordRefusal(refusal, write);
      diagnosed.push({ pending, refusal, diagnosis, questioned: recordInQuestion(diagnosis, refusal, pending.write.id) });
    }
  }
  const traces = await tracesOf(connection, diagnosed);
  const findings = new Map<string, Finding[]>(refused.map(({ pending }) => [pending.key, []]));
  for (const { pending, refusal, questioned, ...one } of diagnosed) {
    const isTraced = questioned !== null && traces !== null;
    const diagnosis = isTraced ? withWhereabouts(one.diagnosis, questioned, traces.get(questioned)) : one.diagnosis;
    const evidence = { at: at.toISOString(), statement: recordRefusalStatement(refusal, diagnosis), refusal };
    findings.get(pending.key)?.push(toFinding(diagnosis, pending.reference, pending.mappings, evidence));
  }
  return findings;
}

interface Diagnosed {
  readonly pending: PendingWrite;
  readonly refusal: Refusal;
  readonly diagnosis: Diagnosis;
  /** The record that the refusal is about, where a look at it explains more. */
  readonly questioned: string | null;
}

/** What became of the records in question: one call for five objects of them; null where Salesforce refuses to tell. */
async function tracesOf({ salesforce }: Connection, diagnosed: readonly Diagnosed[]): Promise<ReadonlyMap<string, Trace> | null> {
  const ids = diagnosed.flatMap(({ questioned }) => questioned ?? []);
  if (ids.length === 0) return null;
  try {
    return await salesforce.traces(ids);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return null;
  }
}

type Values = Readonly<Record<string, SalesforceValue>>;

function refusedWrite(cache: SchemaCache, { write, mappings, before }: PendingWrite, looked: Values): RefusedWrite {
  return {
    object: write.object,
    schema: cache.get(`salesforce:schema:${write.object}`) ?? null,
    fields: write.fields,
    before: { ...before, ...looked },
    validationRules: [],
    mappings,
    users: cache.get("salesforce:users") ?? {},
  };
}

async function known(
  connection: Connection,
  cache: SchemaCache,
  pending: PendingWrite,
  refusal: Refusal,
  looked: Values,
  at: Date,
): Promise<RefusedWrite> {
  const write = refusedWrite(cache, pending, looked);
  if (refusal.code === "FIELD_CUSTOM_VALIDATION_EXCEPTION") {
    return { ...write, validationRules: await validationRules(connection, cache, pending.write.object, refusal.message, at) };
  }
  if (!isPicklist(refusal) || !unknownForPicklist(refusal, write).includes("RecordTypeId")) return write;
  const recordType = await recordTypeOf(connection, cache, write, refusal, pending, at);
  return recordType === null ? write : { ...write, recordType };
}

function isPicklist({ code }: Refusal): boolean {
  return code === "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST";
}

async function recordTypeOf(
  connection: Connection,
  cache: SchemaCache,
  write: RefusedWrite,
  refusal: Refusal,
  { write: { id: recordId, object } }: PendingWrite,
  at: Date,
): Promise<NonNullable<RefusedWrite["recordType"]> | null> {
  const types = write.schema?.recordTypes ?? [];
  const held = recordId === null ? types.find(({ isDefault }) => isDefault)?.id : write.before?.RecordTypeId;
  const id = held ?? types.find(({ master }) => master)?.id;
  const { field, option } = refusedOption(refusal, write);
  if (typeof id !== "string" || field === null || option === null) return null;
  const picklists = await recordTypePicklists(connection, cache, object, id, { field, option }, at);
  return { name: types.find((type) => type.id === id)?.name ?? id, picklists };
}

/** What is not mapped and yet decides which options a record takes: its record type, controlling fields. One call an object. */
async function readUnknown(
  { salesforce }: Connection,
  cache: SchemaCache,
  refused: readonly RefusedRecord[],
): Promise<ReadonlyMap<string, Values>> {
  const wanted = new Map<SalesforceObject, { fields: Set<string>; keys: Map<string, string> }>();
  for (const { pending, refusals } of refused) {
    const { id, object } = pending.write;
    if (id === null) continue;
    const write = refusedWrite(cache, pending, {});
    const fields = refusals.filter(isPicklist).flatMap((refusal) => unknownForPicklist(refusal, write));
    if (fields.length === 0) continue;
    const entry = wanted.get(object) ?? { fields: new Set(), keys: new Map() };
    for (const field of fields) entry.fields.add(field);
    entry.keys.set(id, pending.key);
    wanted.set(object, entry);
  }
  const looked = new Map<string, Values>();
  for (const [object, { fields, keys }] of wanted) {
    try {
      for await (const page of salesforce.recordsByIds(object, [...keys.keys()], [...fields])) {
        for (const record of page) looked.set(keys.get(record.id) ?? "", record.fields);
      }
    } catch (error) {
      // The refusal itself stands; only its reason is less exact.
      if (!(error instanceof RefusedError)) throw error;
    }
  }
  return looked;
}
