import { findingType } from "../../health/schema-finding.ts";
import type { Finding } from "../../health/sync-errors.ts";
import type { SyncedObject } from "../../records/record.ts";
import { checkForHubSpot } from "../../records/schema-checks.ts";
import type { Connection } from "../context.ts";
import { schemaStatement } from "./finding.ts";
import { type Incoming, incomingFinding } from "./incoming.ts";
import { accountFindings, readAccounts } from "./incoming-account.ts";
import { dealFindings, missingPipeline, pipelinesOf } from "./incoming-deal.ts";
import { emailConflict, type Holders } from "./incoming-email.ts";
import { missingProperties } from "./incoming-required.ts";
import { readUniqueHolders, uniqueConflicts } from "./incoming-unique.ts";
import { readHubSpotPart, readSalesforceSchemas, type SchemaCache } from "./schema.ts";
import { whereAllowed } from "./where-allowed.ts";

export type { Incoming } from "./incoming.ts";

/**
 * Why HubSpot doesn't take Salesforce's values: its schema, emails and unique values that belong to others, accounts it doesn't
 * have or has no room at. Costs a search for many accounts or unique values, none where these are not in question; one
 * Salesforce call where stages are; and a call for each part of HubSpot's schema that is in doubt, once a poll.
 */
export async function findInHubSpot(
  connection: Connection,
  cache: SchemaCache,
  incoming: readonly Incoming[],
  holders: Holders,
  at: Date,
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  if (incoming.length === 0) return new Map();
  const accounts = await readAccounts(connection, incoming);
  await refreshStages(connection, cache, incoming, at);
  const bySearch = new Map(
    incoming.map((record) => [
      record.key,
      [...emailConflict(record, holders, at), ...accountFindings(record, connection, accounts, at)],
    ]),
  );
  const bySchema = () => new Map(incoming.map((record) => [record.key, schemaFindings(record, connection, cache, at)] as const));
  let found = bySchema();
  const inDoubt = incoming.filter(({ key }) => (found.get(key) ?? []).length > 0 || (bySearch.get(key) ?? []).length === 0);
  // What was read some polls ago may have been mended, or broken, since.
  if (await readAgain(connection, cache, inDoubt, at)) found = bySchema();
  const schemas = cache.schemas(connection.settings);
  const unique = await readUniqueHolders(connection, schemas, incoming);
  return new Map(
    incoming.map((record) => [
      record.key,
      [...(bySearch.get(record.key) ?? []), ...(found.get(record.key) ?? []), ...uniqueConflicts(record, schemas, unique, at)],
    ]),
  );
}

/** Stages are switched off without any record having changed: where one is in question, the describe is read again, once a poll. */
async function refreshStages(connection: Connection, cache: SchemaCache, incoming: readonly Incoming[], at: Date): Promise<void> {
  const inQuestion = incoming.some(({ salesforce }) => salesforce.object === "Opportunity");
  const readAt = cache.readAt("salesforce:schema:Opportunity");
  if (inQuestion && readAt !== null && readAt < at) await readSalesforceSchemas(connection, cache, ["Opportunity"], at);
}

/** Reads what decides about records in doubt and hasn't been read in this poll. Answers whether there was anything. */
async function readAgain(connection: Connection, cache: SchemaCache, inDoubt: readonly Incoming[], at: Date): Promise<boolean> {
  const parts = new Set(inDoubt.flatMap(partsInDoubt));
  const old = [...parts].filter((part) => (cache.readAt(part)?.getTime() ?? 0) < at.getTime());
  for (const part of old) await readPart(connection, cache, part, at);
  return old.length > 0;
}

type Part =
  | "hubspot:owners"
  | "hubspot:pipelines"
  | `hubspot:properties:${SyncedObject}`
  | `hubspot:rules:${SyncedObject}`
  | `hubspot:required:${SyncedObject}`;

function partsInDoubt({ reference: { object }, hubspot, mappings }: Incoming): readonly Part[] {
  const maps = (property: string) => mappings.some(({ hubspotProperty }) => hubspotProperty === property);
  return [
    `hubspot:properties:${object}`,
    `hubspot:rules:${object}`,
    ...(hubspot === null ? ([`hubspot:required:${object}`] as const) : []),
    ...(maps("dealstage") ? (["hubspot:pipelines"] as const) : []),
    ...(maps("hubspot_owner_id") ? (["hubspot:owners"] as const) : []),
  ];
}

async function readPart(connection: Connection, cache: SchemaCache, part: Part, at: Date): Promise<void> {
  const { hubspot } = connection;
  const object = part.split(":")[2] as SyncedObject;
  if (part.startsWith("hubspot:rules:")) {
    cache.put(`hubspot:rules:${object}`, await whereAllowed(() => hubspot.propertyRules(object), {}), at);
  } else if (part.startsWith("hubspot:required:")) {
    cache.put(`hubspot:required:${object}`, await whereAllowed(() => hubspot.requiredProperties(object), []), at);
  } else await readHubSpotPart(connection, cache, part, at);
}

function schemaFindings(record: Incoming, connection: Connection, cache: SchemaCache, at: Date): readonly Finding[] {
  const { salesforce, hubspot, mappings } = record;
  const known = cache.schemas(connection.settings);
  const schemas = { ...known, pipelines: salesforce.object === "Opportunity" ? pipelinesOf(record, known) : known.pipelines };
  const pipeline = missingPipeline(record, known, at);
  const ofValues = mappings.flatMap(({ object, salesforceObject, hubspotProperty, salesforceField }) => {
    const property = schemas.hubspot[object]?.[hubspotProperty];
    const field = schemas.salesforce[salesforceObject]?.fields[salesforceField];
    const value = salesforce.fields[salesforceField];
    // A new record is given no blank values.
    if (property === undefined || value === undefined || (value === null && hubspot === null)) return [];
    if (hubspotProperty === "dealstage" && pipeline.length > 0) return [];
    const rules = cache.get(`hubspot:rules:${object}`)?.[hubspotProperty] ?? [];
    return checkForHubSpot(value, property, schemas, field, rules).map((problem) => {
      const diagnosis = { ...findingType(problem, "salesforce-to-hubspot"), salesforceField };
      return incomingFinding(diagnosis, record, hubspotProperty, schemaStatement(problem, "HubSpot"), at);
    });
  });
  return [...dealFindings(record, known, at), ...pipeline, ...ofValues, ...missingProperties(record, connection, cache, at)];
}
