import { z } from "zod";
import { RefusedError } from "../health/refusal.ts";
import { HUBSPOT_TYPE_IDS, type SyncedObject } from "../records/record.ts";
import type { HubSpotCalls } from "./calls.ts";
import type { AssociationLimits } from "./hubspot.ts";
import { unreadable } from "./refusal.ts";

const answerSchema = z.object({
  limit: z.number(),
  atLimitFromRecordSamples: z.array(z.object({ objectId: z.coerce.string(), label: z.string().nullish() })),
});

/**
 * The records of one object that have as many records of another as HubSpot allows, for one call. Source: HubSpot's API
 * reference, *Limits tracking*; the client has no model of it.
 */
export async function associationLimits(calls: HubSpotCalls, from: SyncedObject, to: SyncedObject): Promise<AssociationLimits> {
  const path = `/crm/v3/limits/associations/records/${HUBSPOT_TYPE_IDS[from]}/${HUBSPOT_TYPE_IDS[to]}`;
  const answer = answerSchema.safeParse(await calls.json("GET", path));
  if (!answer.success) throw new RefusedError(unreadable("association limits without their parts"));
  const { limit, atLimitFromRecordSamples: samples } = answer.data;
  return { limit, atLimit: new Map(samples.map(({ objectId, label }) => [objectId, label ?? null])) };
}

const configurationsSchema = z.object({
  results: z.array(
    z.object({ category: z.string(), label: z.string().nullish(), userEnforcedMaxToObjectIds: z.number().nullish() }),
  ),
});

/**
 * How many records of another object the account's admins let a record have, labels left aside; null where they have set no
 * number. One call. Source: HubSpot's API reference, *Retrieve association limits* (v4).
 */
export async function associationMaximum(calls: HubSpotCalls, from: SyncedObject, to: SyncedObject): Promise<number | null> {
  const answer = configurationsSchema.safeParse(
    await calls.json("GET", `/crm/v4/associations/definitions/configurations/${from}/${to}`),
  );
  if (!answer.success) throw new RefusedError(unreadable("association limits without their parts"));
  const plain = answer.data.results.find(({ category, label }) => category === "HUBSPOT_DEFINED" && !label);
  return plain?.userEnforcedMaxToObjectIds ?? null;
}
