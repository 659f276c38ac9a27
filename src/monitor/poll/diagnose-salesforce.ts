import { createHash } from "node:crypto";
import { commonRefusals } from "../../health/connection-refusal.ts";
import { type Refusal, RefusedError } from "../../health/refusal.ts";
import { findingType } from "../../health/schema-finding.ts";
import type { Finding, RecordReference } from "../../health/sync-errors.ts";
import { checkAddresses } from "../../records/address.ts";
import { toSalesforceValue } from "../../records/conversion.ts";
import type { FieldMapping } from "../../records/mapping.ts";
import type { HubSpotRecord, SalesforceObject, SalesforceRecord, SalesforceValue } from "../../records/record.ts";
import { checkForSalesforce, missingRequired } from "../../records/schema-checks.ts";
import type { GivenFields } from "../../records/task.ts";
import type { SalesforceWrite, TrialOutcome } from "../../salesforce/salesforce.ts";
import type { Connection } from "../context.ts";
import { causeOfRefusal, type SeenCause } from "./causes.ts";
import { schemaStatement, toFinding } from "./finding.ts";
import { findingsOfRefused, type RefusedRecord } from "./refused-records.ts";
import type { SchemaCache } from "./schema.ts";

/** The native sync's write of one record to Salesforce. */
export interface PendingWrite {
  readonly key: string;
  readonly reference: RecordReference;
  readonly write: SalesforceWrite;
  readonly mappings: readonly FieldMapping[];
  /** The Salesforce record as it is, as far as it was read; null for one that is to be made. */
  readonly before: Readonly<Record<string, SalesforceValue>> | null;
  /** Changes when what would be written, or the Salesforce record it would be written to, does. */
  readonly version: string;
}

/** The values that would travel to a Salesforce record; those `given` go before those of mapped properties. */
export function pendingWrite(
  { settings }: Connection,
  cache: SchemaCache,
  key: string,
  reference: RecordReference,
  hubspot: HubSpotRecord,
  target: { readonly object: SalesforceObject; readonly record: SalesforceRecord | null; readonly id: string | null },
  mappings: readonly FieldMapping[],
  given: GivenFields = {},
): PendingWrite {
  const schemas = cache.schemas(settings);
  const fields: Record<string, SalesforceValue> = {};
  for (const mapping of mappings) {
    const field = schemas.salesforce[target.object]?.fields[mapping.salesforceField];
    if (field === undefined) continue;
    const property = schemas.hubspot[hubspot.object]?.[mapping.hubspotProperty];
    const value = toSalesforceValue(hubspot.properties[mapping.hubspotProperty], field, property, schemas);
    // A record that isn't there has no value that could be taken away.
    if (target.record === null && (value === null || value === "")) continue;
    fields[mapping.salesforceField] = value;
  }
  for (const [field, value] of Object.entries(given)) {
    if (value === undefined) delete fields[field];
    else fields[field] = value;
  }
  const write = { object: target.object, id: target.id, fields };
  const version = createHash("sha256")
    .update(JSON.stringify([write, target.record?.modifiedAt ?? null]))
    .digest("base64url")
    .slice(0, 22);
  const before = target.record?.fields ?? (target.id === null ? null : {});
  return { key, reference, write, mappings, before, version };
}

/** The mappings by which HubSpot fills a new Salesforce record. */
export function creationMappings({ settings }: Connection, cache: SchemaCache, object: SalesforceObject): FieldMapping[] {
  const fields = cache.get(`salesforce:schema:${object}`)?.fields;
  return settings.mappings.filter(
    ({ salesforceObject, salesforceField, rule }) =>
      salesforceObject === object &&
      rule !== "none" &&
      rule !== "always-salesforce" &&
      fields?.[salesforceField]?.calculated !== true,
  );
}

/** What a schema says against a write. */
export interface SchemaFinding {
  readonly finding: Finding;
  /** Salesforce refuses it for sure. Else it may take it, and HubSpot may still stop at it. */
  readonly certain: boolean;
}

/** What Salesforce's schema alone says against a write. */
export function findInSalesforceSchema(
  { settings }: Connection,
  cache: SchemaCache,
  { reference, write, mappings, before }: PendingWrite,
  at: Date,
): readonly SchemaFinding[] {
  const schemas = cache.schemas(settings);
  const schema = schemas.salesforce[write.object];
  if (schema === undefined) return [];
  const problems = mappings.flatMap((mapping) => {
    const field = schema.fields[mapping.salesforceField];
    const value = write.fields[mapping.salesforceField];
    if (field === undefined || value === undefined) return [];
    const property = schemas.hubspot[reference.object]?.[mapping.hubspotProperty];
    return checkForSalesforce(value, field, schemas, property);
  });
  problems.push(...missingRequired(write.fields, schema, write.id === null ? "create" : "update"));
  problems.push(...checkAddresses(write.fields, before, schema));
  const direction = "hubspot-to-salesforce" as const;
  return problems.map((problem) => ({
    finding: toFinding(findingType(problem, direction, write.object), reference, mappings, {
      at: at.toISOString(),
      statement: schemaStatement(problem, "Salesforce"),
    }),
    certain: problem.certain,
  }));
}

export interface Trials {
  /** By record key; a write that wasn't tried, or was refused for what isn't its record's matter, is absent. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  /** What refuses every write alike. */
  readonly causes: readonly SeenCause[];
}

const WRITES_A_TRIAL = 200;

/** Has Salesforce refuse writes for real and undo them, within a budget of calls. */
export async function tryInSalesforce(
  connection: Connection,
  cache: SchemaCache,
  pending: readonly PendingWrite[],
  maxCalls: number,
  at: Date,
): Promise<Trials> {
  const findings = new Map<string, readonly Finding[]>();
  const causes: SeenCause[] = [];
  const { salesforce } = connection;
  let left = maxCalls;
  for (let start = 0; start < pending.length && left > 0 && causes.length === 0; start += WRITES_A_TRIAL) {
    const batch = pending.slice(start, start + WRITES_A_TRIAL);
    const before = salesforce.callsMade();
    let outcomes: readonly TrialOutcome[];
    try {
      outcomes = await salesforce.tryWrites(
        batch.map(({ write }) => write),
        { maxCalls: left },
      );
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      // The whole call was refused, so these records were not tried. Of what isn't plain the next probe says what it means.
      return { findings, causes: causesOf(commonRefusals([[error.refusal]], batch.length).ofConnection, at) };
    }
    left -= Math.max(1, salesforce.callsMade() - before);
    const refused = outcomes.flatMap((outcome) => (outcome.verdict === "refused" ? [outcome.refusals] : []));
    const { ofConnection, isUndecided } = commonRefusals(refused, batch.length);
    causes.push(...causesOf(ofConnection, at));
    const refusedRecords: RefusedRecord[] = [];
    for (const [index, tried] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined || outcome.verdict === "untried") continue;
      const refusals = outcome.verdict === "refused" ? outcome.refusals : [];
      const own = refusals.filter((refusal) => !isUndecided(refusal));
      // Nothing was learned of a record that others' refusals stood before.
      const isUntried = own.length === 0 && (refusals.length > 0 || ofConnection.length > 0);
      if (!isUntried) refusedRecords.push({ pending: tried, refusals: own });
    }
    for (const [key, own] of await findingsOfRefused(connection, cache, refusedRecords, at)) findings.set(key, own);
  }
  return { findings, causes };
}

function causesOf(refusals: readonly Refusal[], at: Date): SeenCause[] {
  return refusals.flatMap((refusal) => causeOfRefusal(refusal, at) ?? []);
}
