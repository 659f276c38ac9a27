import { z } from "zod";
import type { SalesforceCalls } from "./calls.ts";
import type { OrgLimits } from "./salesforce.ts";

const limitSchema = z.object({ Max: z.number(), Remaining: z.number() });
const limitsSchema = z.object({
  DailyApiRequests: limitSchema,
  DataStorageMB: limitSchema.nullish(),
  FileStorageMB: limitSchema.nullish(),
});

/**
 * The org's limits, for one API call; null where the answer holds none. Rejects with `RefusedError`: without *View Setup
 * and Configuration* Salesforce answers FORBIDDEN. Source: Salesforce's REST API guide, *Limits*.
 */
export async function readLimits(calls: SalesforceCalls): Promise<OrgLimits | null> {
  const answer = limitsSchema.safeParse(await calls.call({ method: "GET", path: "/limits", repeat: "harmless", attempts: 1 }));
  if (!answer.success) return null;
  const { DailyApiRequests, DataStorageMB, FileStorageMB } = answer.data;
  calls.noteUse(DailyApiRequests.Max - DailyApiRequests.Remaining, DailyApiRequests.Max);
  return {
    apiRequests: limit(DailyApiRequests),
    dataStorageMb: limitOrNull(DataStorageMB),
    fileStorageMb: limitOrNull(FileStorageMB),
  };
}

function limit(sent: z.infer<typeof limitSchema>): { readonly max: number; readonly remaining: number } {
  return { max: sent.Max, remaining: sent.Remaining };
}

function limitOrNull(sent: z.infer<typeof limitSchema> | null | undefined): ReturnType<typeof limit> | null {
  return sent ? limit(sent) : null;
}
