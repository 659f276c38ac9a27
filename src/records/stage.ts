import type { HubSpotPipeline, HubSpotProperty, SalesforceField } from "./schema.ts";

/** Pipelines of deals that sync are named after record types. Source: HubSpot's "Sync Salesforce opportunities to HubSpot". */
const SYNCED_PIPELINE = /^salesforce\b/i;

/** Whether a mapping carries a deal's stage: HubSpot holds a stage's id, Salesforce its name. */
export function carriesStage(field: SalesforceField | undefined, property: HubSpotProperty | undefined): boolean {
  return property?.name === "dealstage" || (property === undefined && field?.name === "StageName");
}

/** The pipelines that sync; all of them where none is named as one that does. */
export function syncedPipelines(pipelines: readonly HubSpotPipeline[]): readonly HubSpotPipeline[] {
  const synced = pipelines.filter((pipeline) => SYNCED_PIPELINE.test(pipeline.label.trim()));
  return synced.length > 0 ? synced : pipelines;
}

/** The Salesforce stage name of a HubSpot stage id; null where no pipeline has the stage. */
export function stageName(stageId: string, pipelines: readonly HubSpotPipeline[]): string | null {
  for (const pipeline of pipelines) {
    const stage = pipeline.stages.find(({ id }) => id === stageId);
    if (stage) return stage.label.trim();
  }
  return null;
}

/** The id of a stage with that name in a pipeline that syncs, or in a given one; null where there is none. */
export function stageId(name: string, pipelines: readonly HubSpotPipeline[]): string | null {
  const wanted = name.trim();
  for (const pipeline of syncedPipelines(pipelines)) {
    const stage = pipeline.stages.find(({ id, label }) => label.trim() === wanted || id === wanted);
    if (stage) return stage.id;
  }
  return null;
}
