import type { HubSpotRecord } from "../../records/record.ts";
import type { Connection } from "../context.ts";
import type { Situated } from "../poll/situation.ts";
import type { LastSync } from "./check-report.ts";

/** When a record was last synced each way, as far as its own marks tell. */
export async function lastSyncOf({ salesforce }: Connection, situated: Situated): Promise<LastSync> {
  const { userId } = await salesforce.identity();
  const fromSalesforce = Object.values(situated.history ?? {})
    .flat()
    .filter(({ sourceType }) => sourceType === "SALESFORCE")
    .map(({ at }) => at.getTime());
  return {
    stampedAt: stampOf(situated.hubspot),
    toHubSpotAt: fromSalesforce.length === 0 ? null : new Date(fromSalesforce.reduce((one, other) => Math.max(one, other))),
    toSalesforceAt: situated.salesforce?.modifiedById === userId ? situated.salesforce.modifiedAt : null,
  };
}

/** HubSpot writes moments as ISO 8601, or as epoch milliseconds. */
export function stampOf(hubspot: HubSpotRecord | null): Date | null {
  const value = hubspot?.properties.salesforcelastsynctime;
  if (!value) return null;
  const stamp = new Date(/^\d+$/.test(value) ? Number(value) : value);
  return Number.isNaN(stamp.getTime()) ? null : stamp;
}
