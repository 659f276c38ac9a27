import type { Pipeline } from "../hubspot/model.ts";
import type { OrgRecord } from "../salesforce/model.ts";
import { isSyncedPipeline } from "./inclusion.ts";
import { type SyncFailure, syncFailure } from "./sync-error.ts";
import type { Translation } from "./values.ts";

/** The record types that opportunities of the org may have; none where it doesn't use them. */
function recordTypes({ org }: Translation): readonly OrgRecord[] {
  return [...org.records("RecordType")].filter(
    ({ fields }) => fields.SobjectType === "Opportunity" && fields.IsActive === true && fields.IsDeleted !== true,
  );
}

/** Why no pipeline is for an opportunity: HubSpot goes by the record type, and this one has none although the org uses them. */
export function unavailableProcess(opportunity: OrgRecord, translation: Translation): SyncFailure | null {
  if (opportunity.fields.RecordTypeId || recordTypes(translation).length === 0) return null;
  const message = `Opportunity ${opportunity.id} has no record type, so that its sales process isn't known`;
  return syncFailure("default-sales-process-unavailable", "salesforce-to-hubspot", message, {
    field: "RecordTypeId",
    property: "pipeline",
  });
}

/** The pipeline of a new opportunity: the one named after its record type. Null: HubSpot has none of that name. */
export function pipelineFor(opportunity: OrgRecord, translation: Translation): Pipeline | null {
  const synced = translation.account.pipelines().filter(isSyncedPipeline);
  const type = recordTypes(translation).find(({ id }) => id === opportunity.fields.RecordTypeId);
  if (!type) return synced[0] ?? null;
  return synced.find(({ label }) => label === `Salesforce - ${String(type.fields.Name)}`) ?? null;
}
