import type { AccountRecord, HubSpotAccount, Pipeline } from "../hubspot/model.ts";

/** A deal pipeline syncs when its name says so. */
export function isSyncedPipeline(pipeline: Pick<Pipeline, "label">): boolean {
  return pipeline.label.startsWith("Salesforce - ");
}

/** Whether the native sync would carry this record: not without email, outside the inclusion list, or in another pipeline. */
export function isIncluded(record: AccountRecord, account: HubSpotAccount, inclusionList: string | null): boolean {
  if (record.archived) return false;
  if (record.object === "contacts") {
    if (!record.properties.email) return false;
    return inclusionList === null || (account.getList(inclusionList)?.addedAt.has(record.id) ?? false);
  }
  if (record.object === "deals") {
    const pipeline = account.pipelines().find((candidate) => candidate.id === record.properties.pipeline);
    return pipeline !== undefined && isSyncedPipeline(pipeline);
  }
  return true;
}
