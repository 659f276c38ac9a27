import { type Refusal, RefusedError } from "../../health/refusal.ts";
import type { SalesforceObject } from "../../records/record.ts";
import type { IntegrationRights, SalesforceProbe } from "../../salesforce/salesforce.ts";
import type { ConnectionIdentity } from "../../store/schema.ts";
import type { Connection } from "../context.ts";
import {
  causeOfRefusal,
  causesOfAllocation,
  causesOfApiAccess,
  causesOfHiddenFields,
  causesOfLimits,
  causesOfMappings,
  causesOfObjects,
  causesOfPermissionSet,
  causesOfReadOnlyFields,
  fieldsNotShown,
  objectsInDoubt,
  type SeenCause,
} from "./causes.ts";
import { fieldsToRead, salesforceObjects } from "./fields.ts";
import { readHubSpotPart, readSalesforceSchemas, type SchemaCache } from "./schema.ts";
import type { Edge } from "./watermark.ts";

/** How often HubSpot's share of the calls is read just to be known, in milliseconds: event logs appear hourly at best. */
const SHARE_INTERVAL_MS = 60 * 60_000;
/** How often at most where it may be what suspends the sync. */
const SHARE_IN_DOUBT_MS = 15 * 60_000;
/** From which part of the allocation on it is worth a closer look. */
const SHARE_IN_DOUBT = 0.8;
const DAY_MS = 86_400_000;

export interface ProbeInput {
  readonly connection: Connection;
  readonly cache: SchemaCache;
  /** Where each object's changes begin; empty when only the limits are to be looked at. */
  readonly edges: ReadonlyMap<SalesforceObject, Edge>;
  readonly identity: ConnectionIdentity | null;
  /** Whether `/limits` is asked for. */
  readonly limits: boolean;
  readonly now: Date;
}

export interface ProbeResult {
  readonly probe: SalesforceProbe;
  readonly causes: readonly SeenCause[];
  /** Refusals that say nothing about the sync: it could not be looked at. */
  readonly unexplained: Refusal | null;
}

/** One look as the integration user and what it means for the sync. Two calls, a few more where something is suspicious. */
export async function probeSalesforce(input: ProbeInput): Promise<ProbeResult> {
  const { connection, cache, edges, now } = input;
  const { settings, salesforce } = connection;
  const objects = salesforceObjects(settings);
  const schemas = cache.schemas(settings);
  const stalest = cache.stalest(
    objects.map((object) => `salesforce:schema:${object}`),
    now,
  );
  const probe = await salesforce.probe({
    limits: input.limits,
    changes: [...edges].map(([object, edge]) => ({ object, fields: fieldsToRead(settings, object, schemas), since: edge.since })),
    describe: edges.size === 0 ? null : (objects.find((object) => stalest === `salesforce:schema:${object}`) ?? null),
  });
  if (probe.state === "unusable") {
    const cause = causeOfRefusal(probe.refusal, now);
    const limits = causesOfLimits(probe.limits, now);
    return { probe, causes: cause === null ? limits : [cause, ...limits], unexplained: cause === null ? probe.refusal : null };
  }
  try {
    return { probe, causes: await causesWhenUsable(input, probe), unexplained: null };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const cause = causeOfRefusal(error.refusal, now);
    return { probe, causes: cause === null ? [] : [cause], unexplained: cause === null ? error.refusal : null };
  }
}

async function causesWhenUsable(
  input: ProbeInput,
  probe: Extract<SalesforceProbe, { state: "usable" }>,
): Promise<readonly SeenCause[]> {
  const { connection, cache, identity, now } = input;
  const { settings } = connection;
  const { allocation } = settings;
  const causes = causesOfLimits(probe.limits, now);
  const rights = "code" in probe.rights ? null : probe.rights;
  if (rights !== null) causes.push(...causesOfApiAccess(rights, identity?.integrationUsername ?? null, now));

  const refused = await refreshSchemas(input, probe, rights);
  const schemas = cache.schemas(settings);
  causes.push(...causesOfObjects(settings, schemas, refused, now));
  const hidden = fieldsNotShown(settings, schemas, refused);
  if (hidden.length > 0) {
    causes.push(...causesOfHiddenFields(hidden, await connection.salesforce.existingFields(hidden), now));
  }
  if (rights !== null) causes.push(...causesOfReadOnlyFields(settings, schemas, rights, refused, now));
  await readGonePropertiesAgain(input);
  causes.push(...causesOfMappings(settings, cache.schemas(settings), now), ...causesOfRefusedQueries(probe, now));
  causes.push(...causesOfAllocation(await hubspotCalls(input), allocation, now));
  if (rights !== null) {
    const before = cache.get("salesforce:rights");
    causes.push(...causesOfPermissionSet(before, rights, now));
    const hubspotPermissionSet = rights.hubspotPermissionSet || before?.hubspotPermissionSet === true;
    cache.put("salesforce:rights", { ...rights, hubspotPermissionSet }, now);
  }
  return causes;
}

/** Queries that were refused for another reason than rights, of which the describe has the last word. */
function causesOfRefusedQueries({ changes }: Extract<SalesforceProbe, { state: "usable" }>, now: Date): readonly SeenCause[] {
  return [...changes.values()].flatMap((page) => {
    const cause = "code" in page ? causeOfRefusal(page, now) : null;
    const isOfRights =
      cause?.cause.kind === "sf-object-permissions-missing" || cause?.cause.kind === "sf-field-permissions-missing";
    return cause === null || isOfRights ? [] : [cause];
  });
}

/** Reads what a first look or a suspicion calls for; answers the objects whose describe is refused. */
async function refreshSchemas(
  { connection, cache, now }: ProbeInput,
  probe: Extract<SalesforceProbe, { state: "usable" }>,
  rights: IntegrationRights | null,
): Promise<ReadonlySet<SalesforceObject>> {
  const { settings } = connection;
  const objects = salesforceObjects(settings);
  const described = probe.schema !== null && "fields" in probe.schema && "queryable" in probe.schema ? probe.schema : null;
  for (const object of objects) if (described?.name === object) cache.put(`salesforce:schema:${object}`, described, now);

  const suspects = new Set<SalesforceObject>(objects.filter((object) => cache.readAt(`salesforce:schema:${object}`) === null));
  for (const [object, page] of probe.changes) if ("code" in page) suspects.add(object);
  if (rights !== null) {
    for (const object of objectsInDoubt(settings, rights)) suspects.add(object);
    for (const object of objectsWithOtherRights(settings.mappings, cache.get("salesforce:rights"), rights)) suspects.add(object);
  }
  // What looked incomplete before may be mended by now.
  for (const { object } of fieldsNotShown(settings, cache.schemas(settings), new Set())) suspects.add(object);
  for (const object of objects) {
    const known = cache.get(`salesforce:schema:${object}`);
    if (known !== undefined && !(known.createable && known.updateable && known.queryable)) suspects.add(object);
  }
  if (described !== null) for (const object of objects) if (described.name === object) suspects.delete(object);
  return new Set(await readSalesforceSchemas(connection, cache, [...suspects], now));
}

/** A mapped property that was gone when HubSpot's properties were last read may be there again: only a fresh look is evidence. */
async function readGonePropertiesAgain({ connection, cache, now }: ProbeInput): Promise<void> {
  const { settings } = connection;
  const gone = causesOfMappings(settings, cache.schemas(settings), now).filter(
    ({ cause }) => cause.details.property !== undefined,
  );
  for (const object of new Set(gone.map(({ cause }) => cause.details.object))) {
    try {
      await readHubSpotPart(connection, cache, `hubspot:properties:${object}`, now);
    } catch (error) {
      // HubSpot's refusals are the scan's matter; what was known stays.
      if (!(error instanceof RefusedError)) throw error;
    }
  }
}

/** Objects on which a mapped field's rights are no longer those that were cached. */
function objectsWithOtherRights(
  mappings: Connection["settings"]["mappings"],
  before: IntegrationRights | undefined,
  now: IntegrationRights,
): SalesforceObject[] {
  if (before === undefined) return [];
  return mappings
    .filter(({ salesforceObject, salesforceField }) => {
      const name = `${salesforceObject}.${salesforceField}`;
      const [old, current] = [before.fields[name], now.fields[name]];
      return old?.read !== current?.read || old?.edit !== current?.edit;
    })
    .map(({ salesforceObject }) => salesforceObject);
}

/**
 * HubSpot's calls in the last 24 hours, as last read; null where the org has no event logs. All apps together have made at least
 * as many calls as HubSpot alone, and that number comes with every answer: while it is well below the allocation, a rare look
 * will do.
 */
async function hubspotCalls({ connection, cache, now }: ProbeInput): Promise<number | null> {
  const { allocation } = connection.settings;
  const readAt = cache.readAt("salesforce:share");
  const used = connection.salesforce.apiUse()?.used ?? 0;
  const inDoubt = allocation !== null && used >= allocation * SHARE_IN_DOUBT;
  // Older than what all apps together have made since: the window has rolled on.
  const isOutdated = (cache.get("salesforce:share") ?? 0) > used;
  const interval = inDoubt || isOutdated ? Math.min(SHARE_IN_DOUBT_MS, connection.settings.stallMs / 2) : SHARE_INTERVAL_MS;
  if (readAt !== null && now.getTime() - readAt.getTime() < interval) return cache.get("salesforce:share") ?? null;
  const calls = await readShare(connection, now, cache.get("salesforce:share") ?? null);
  cache.put("salesforce:share", calls, now);
  return calls;
}

/** Logs that can't be read say nothing about the sync: what was known stays. */
async function readShare({ salesforce }: Connection, now: Date, known: number | null): Promise<number | null> {
  try {
    const share = await salesforce.hubspotShare(new Date(now.getTime() - DAY_MS));
    return share?.hubspotCalls ?? null;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return known;
  }
}
