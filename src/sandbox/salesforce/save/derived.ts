import type { ObjectDefinition } from "../metadata/objects.ts";
import type { Fields, FieldValue } from "../model.ts";
import type { OrgData } from "../org-data.ts";

/** Fields that Salesforce fills by itself: whole names, what a stage or status means. */
export function derive(
  data: OrgData,
  object: ObjectDefinition,
  record: Record<string, FieldValue>,
  before: Fields | null,
): Record<string, FieldValue> {
  switch (object.name) {
    case "Contact":
    case "Lead":
      record.Name = [record.FirstName, record.LastName].filter((part) => part !== null && part !== undefined).join(" ") || null;
      break;
    case "Opportunity": {
      if (before !== null && before.StageName === record.StageName) break;
      const [stage] = data.table("OpportunityStage").withValue("ApiName", String(record.StageName));
      record.IsClosed = stage?.fields.IsClosed ?? false;
      record.IsWon = stage?.fields.IsWon ?? false;
      if (stage !== undefined && (before !== null || record.Probability === null)) {
        record.Probability = stage.fields.DefaultProbability ?? null;
      }
      break;
    }
    case "Task":
      record.IsClosed = record.Status === "Completed";
      break;
    case "CampaignMember":
      record.HasResponded = record.Status === "Responded";
      break;
  }
  return record;
}
