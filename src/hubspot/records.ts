import type { SimplePublicObject } from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import { chunks } from "../records/chunks.ts";
import type { HubSpotRecord, SyncedObject } from "../records/record.ts";
import type { HubSpotApis } from "./apis.ts";
import type { PropertyVersion } from "./hubspot.ts";
import { refusedBy } from "./refusal.ts";

/** Source: HubSpot's API reference; with history, a batch read takes half as many. */
const IDS_PER_CALL = 100;
const IDS_PER_CALL_WITH_HISTORY = 50;

export function recordOf(object: SyncedObject, sent: SimplePublicObject): HubSpotRecord {
  return { object, id: sent.id, properties: sent.properties, createdAt: sent.createdAt, updatedAt: sent.updatedAt };
}

/** By id, 100 a call; records that are gone are left out of the answer (a 207 names them). */
export async function* recordsByIds(
  apis: HubSpotApis,
  object: SyncedObject,
  ids: readonly string[],
  properties: readonly string[],
): AsyncIterable<readonly HubSpotRecord[]> {
  for (const some of chunks([...new Set(ids)], IDS_PER_CALL)) {
    yield (await read(apis, object, some, properties, [])).map((sent) => recordOf(object, sent));
  }
}

/** The history of some properties by record id, newest version first. */
export async function histories(
  apis: HubSpotApis,
  object: SyncedObject,
  ids: readonly string[],
  properties: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, readonly PropertyVersion[]>>>> {
  const all = new Map<string, Readonly<Record<string, readonly PropertyVersion[]>>>();
  for (const some of chunks([...new Set(ids)], IDS_PER_CALL_WITH_HISTORY)) {
    for (const sent of await read(apis, object, some, [], properties)) {
      const versions = Object.entries(sent.propertiesWithHistory ?? {}).map(([name, entries]) => [
        name,
        entries
          .map(({ value, timestamp, sourceType }) => ({ value, at: timestamp, sourceType }))
          .toSorted((a, b) => b.at.getTime() - a.at.getTime()),
      ]);
      all.set(sent.id, Object.fromEntries(versions));
    }
  }
  return all;
}

async function read(
  apis: HubSpotApis,
  object: SyncedObject,
  ids: readonly string[],
  properties: readonly string[],
  propertiesWithHistory: readonly string[],
): Promise<readonly SimplePublicObject[]> {
  try {
    const answer = await apis.batch.read(object, {
      inputs: ids.map((id) => ({ id })),
      properties: [...properties],
      propertiesWithHistory: [...propertiesWithHistory],
    });
    return answer.results;
  } catch (error) {
    throw refusedBy(error);
  }
}
