import type { SyncedObject } from "../records/record.ts";
import type { HubSpotApis } from "./apis.ts";
import type { HubSpotCreateOutcome } from "./hubspot.ts";
import { refusedBy, refusesEverything } from "./refusal.ts";

/**
 * Makes one record. A call that HubSpot may have served without our hearing of it is repeated: the second one then finds the
 * email taken by the first, which is told as a refusal with status 409 like any other holder of it.
 */
export async function create(
  apis: HubSpotApis,
  object: SyncedObject,
  properties: Readonly<Record<string, string>>,
): Promise<HubSpotCreateOutcome> {
  try {
    const { id } = await apis.basic.create(object, { properties: { ...properties }, associations: [] });
    return { ok: true, id };
  } catch (error) {
    const refused = refusedBy(error);
    if (refusesEverything(refused.refusal)) throw refused;
    return { ok: false, refusal: { ...refused.refusal, object } };
  }
}
