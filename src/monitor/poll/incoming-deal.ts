import type { Diagnosis } from "../../health/diagnosis.ts";
import type { Finding } from "../../health/sync-errors.ts";
import { sentence } from "../../language/sentence.ts";
import type { HubSpotPipeline } from "../../records/schema.ts";
import type { Schemas } from "../../records/schemas.ts";
import { type Incoming, incomingFinding } from "./incoming.ts";

/** What keeps an opportunity from HubSpot whatever its values: a stage that is switched off, no record type where others have one. */
export function dealFindings(record: Incoming, schemas: Schemas, at: Date): readonly Finding[] {
  if (record.salesforce.object !== "Opportunity") return [];
  return [...inactiveStage(record, schemas, at), ...unavailableProcess(record, schemas, at)];
}

/** HubSpot takes no opportunity whose stage is switched off in Salesforce, whether or not its pipeline has that stage. */
function inactiveStage(record: Incoming, { salesforce }: Schemas, at: Date): readonly Finding[] {
  const stage = record.salesforce.fields.StageName;
  const options = salesforce.Opportunity?.fields.StageName?.picklistValues ?? [];
  if (typeof stage !== "string" || !options.some(({ value, active }) => value === stage && !active)) return [];
  const diagnosis: Diagnosis = {
    type: "inactive-opportunity-stage",
    salesforceField: "StageName",
    cause: `stage ${stage}`,
    value: stage,
    details: { stage },
  };
  const statement = sentence("The stage {stage} is inactive in Salesforce", { stage });
  return [incomingFinding(diagnosis, record, "dealstage", statement, at)];
}

/** HubSpot tells an opportunity's pipeline by its record type. */
function unavailableProcess(record: Incoming, schemas: Schemas, at: Date): readonly Finding[] {
  const types = recordTypes(schemas);
  if (types.length === 0 || record.salesforce.fields.RecordTypeId !== null) return [];
  const names = types.map(({ name }) => name).join(", ");
  const diagnosis: Diagnosis = {
    type: "default-sales-process-unavailable",
    salesforceField: "RecordTypeId",
    cause: "no record type",
    value: null,
    details: { recordTypes: names },
  };
  const statement = sentence(
    "The opportunity has no record type, and the org's opportunities have them ({recordTypes}): HubSpot cannot tell its pipeline",
    { recordTypes: names },
  );
  return [incomingFinding(diagnosis, record, "pipeline", statement, at)];
}

/**
 * The pipelines in which an opportunity's stage counts: the deal's own, or for a new deal the one named after the record type;
 * all that sync where neither is known.
 */
export function pipelinesOf({ hubspot, salesforce }: Incoming, schemas: Schemas): readonly HubSpotPipeline[] {
  const { pipelines } = schemas;
  const type = recordTypes(schemas).find(({ id }) => id === salesforce.fields.RecordTypeId);
  const own = pipelines.filter(({ id, label }) =>
    hubspot === null ? type !== undefined && label === `Salesforce - ${type.name}` : id === hubspot.properties.pipeline,
  );
  return own.length > 0 ? own : pipelines;
}

/** A new opportunity's record type has no pipeline of its own, although the pipelines are known. */
export function missingPipeline(record: Incoming, schemas: Schemas, at: Date): readonly Finding[] {
  const { hubspot, salesforce } = record;
  if (salesforce.object !== "Opportunity" || hubspot !== null || schemas.pipelines.length === 0) return [];
  const type = recordTypes(schemas).find(({ id }) => id === salesforce.fields.RecordTypeId);
  const pipeline = `Salesforce - ${type?.name}`;
  if (type === undefined || schemas.pipelines.some(({ label }) => label === pipeline)) return [];
  const stage = String(salesforce.fields.StageName ?? "");
  const diagnosis: Diagnosis = {
    type: "missing-or-invalid-stage",
    salesforceField: "StageName",
    cause: `pipeline ${pipeline}`,
    value: stage,
    details: { stage, pipeline, missing: "pipeline" },
  };
  const statement = sentence('HubSpot has no deal pipeline named "{pipeline}"', { pipeline });
  return [incomingFinding(diagnosis, record, "dealstage", statement, at)];
}

function recordTypes({ salesforce }: Schemas) {
  return (salesforce.Opportunity?.recordTypes ?? []).filter(({ active, master }) => active && !master);
}
