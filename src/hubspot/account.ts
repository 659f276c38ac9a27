import { z } from "zod";
import { RefusedError } from "../health/refusal.ts";
import type { HubSpotCalls } from "./calls.ts";
import type { HubSpotAccountDetails, HubSpotApiUse } from "./hubspot.ts";
import { unreadable } from "./refusal.ts";

const detailsSchema = z.object({
  portalId: z.number(),
  timeZone: z.string(),
  companyCurrency: z.string(),
  uiDomain: z.string(),
});

const useSchema = z.object({
  usageLimit: z.number(),
  currentUsage: z.number(),
  resetsAt: z.string().nullish(),
});
const usesSchema = z.union([z.array(useSchema), z.object({ results: z.array(useSchema) }).transform(({ results }) => results)]);

/** Source: HubSpot's API reference, *Account information*; the client has no model of it. */
export async function readAccount(calls: HubSpotCalls): Promise<HubSpotAccountDetails> {
  const answer = detailsSchema.safeParse(await calls.json("GET", "/account-info/v3/details"));
  if (!answer.success) throw new RefusedError(unreadable("account details without their parts"));
  const { portalId, timeZone, companyCurrency, uiDomain } = answer.data;
  return { portalId, timeZone, currency: companyCurrency, uiDomain };
}

/** The day's calls of all private apps and service keys together, which share one limit. */
export async function readApiUse(calls: HubSpotCalls): Promise<HubSpotApiUse> {
  const answer = usesSchema.safeParse(await calls.json("GET", "/account-info/v3/api-usage/daily/private-apps"));
  const use = answer.data?.[0];
  if (!use) throw new RefusedError(unreadable("API use without its parts"));
  const resetsAt = use.resetsAt && !Number.isNaN(Date.parse(use.resetsAt)) ? new Date(use.resetsAt) : null;
  if (resetsAt) calls.noteReset(resetsAt);
  return { used: use.currentUsage, limit: use.usageLimit, resetsAt };
}
