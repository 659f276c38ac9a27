import { chunks } from "../records/chunks.ts";
import type { SyncedObject } from "../records/record.ts";
import type { HubSpotApis } from "./apis.ts";
import { refusedBy } from "./refusal.ts";

/** Source: HubSpot's API reference, *Read associations* (v4). */
const IDS_PER_CALL = 1_000;

/**
 * Ids of the records that each of some records is associated with, in HubSpot's order; 1,000 a call. A record without any is
 * left out: HubSpot names it as an error in a 207.
 */
export async function associatedIds(
  apis: HubSpotApis,
  from: SyncedObject,
  to: SyncedObject,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const associated = new Map<string, readonly string[]>();
  for (const some of chunks([...new Set(ids)], IDS_PER_CALL)) {
    try {
      const { results } = await apis.associations.getPage(from, to, { inputs: some.map((id) => ({ id })) });
      for (const result of results) {
        associated.set(
          result._from.id,
          result.to.map(({ toObjectId }) => String(toObjectId)),
        );
      }
    } catch (error) {
      throw refusedBy(error);
    }
  }
  return associated;
}
