import { z } from "zod";
import { RefusedError } from "../health/refusal.ts";
import type { SalesforceObject } from "../records/record.ts";
import type { SalesforceCalls } from "./calls.ts";
import { refusesEverything } from "./refusal.ts";

const picklistsSchema = z.object({
  picklistFieldValues: z.record(z.string(), z.object({ values: z.array(z.object({ value: z.string() })) })),
});

/**
 * The options that a record type takes, by picklist field: one call. Null where the integration user may not see them.
 * Source: Salesforce's User Interface API guide, *Get Values for All Picklist Fields of a Record Type*.
 */
export async function picklistValues(
  calls: SalesforceCalls,
  object: SalesforceObject,
  recordTypeId: string,
): Promise<Readonly<Record<string, readonly string[]>> | null> {
  try {
    const path = `/ui-api/object-info/${object}/picklist-values/${recordTypeId}`;
    const answer = picklistsSchema.safeParse(await calls.call({ method: "GET", path, object, repeat: "harmless" }));
    if (!answer.success) return null;
    return Object.fromEntries(
      Object.entries(answer.data.picklistFieldValues).map(([field, { values }]) => [field, values.map(({ value }) => value)]),
    );
  } catch (error) {
    if (error instanceof RefusedError && !refusesEverything(error.refusal)) return null;
    throw error;
  }
}
