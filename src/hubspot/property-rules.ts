import { z } from "zod";
import { RefusedError } from "../health/refusal.ts";
import { HUBSPOT_TYPE_IDS, type SyncedObject } from "../records/record.ts";
import type { PropertyRules } from "../records/schema.ts";
import type { HubSpotCalls } from "./calls.ts";
import { unreadable } from "./refusal.ts";

const rulesSchema = z.object({
  results: z.array(
    z.object({
      propertyName: z.string(),
      propertyValidationRules: z.array(z.object({ ruleType: z.string(), ruleArguments: z.array(z.string()).nullish() })),
    }),
  ),
});

const schemaSchema = z.object({ requiredProperties: z.array(z.string()) });

/** What admins demand of an object's property values beyond their types, by property: one call. Source: HubSpot's *Property validations*. */
export async function readPropertyRules(calls: HubSpotCalls, object: SyncedObject): Promise<PropertyRules> {
  const answer = rulesSchema.safeParse(await calls.json("GET", `/crm/v3/property-validations/${HUBSPOT_TYPE_IDS[object]}`));
  if (!answer.success) throw new RefusedError(unreadable("property rules without their parts"));
  return Object.fromEntries(
    answer.data.results.map(({ propertyName, propertyValidationRules }) => [
      propertyName,
      propertyValidationRules.map(({ ruleType, ruleArguments }) => ({ type: ruleType, arguments: ruleArguments ?? [] })),
    ]),
  );
}

/** The properties without which HubSpot makes no record of an object: one call. Source: HubSpot's API reference, *Schemas*. */
export async function readRequiredProperties(calls: HubSpotCalls, object: SyncedObject): Promise<readonly string[]> {
  const answer = schemaSchema.safeParse(await calls.json("GET", `/crm-object-schemas/v3/schemas/${object}`));
  if (!answer.success) throw new RefusedError(unreadable("an object's schema without its parts"));
  return answer.data.requiredProperties;
}
