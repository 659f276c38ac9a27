import type { SyncedObject } from "../records/record.ts";
import type { HubSpotOwner, HubSpotPipeline, HubSpotProperty } from "../records/schema.ts";
import type { HubSpotApis } from "./apis.ts";
import { refusedBy } from "./refusal.ts";

const OWNERS_PER_CALL = 500;

/** All properties of an object by name, for one call. */
export async function readProperties(
  apis: HubSpotApis,
  object: SyncedObject,
): Promise<Readonly<Record<string, HubSpotProperty>>> {
  try {
    const { results } = await apis.properties.getAll(object);
    return Object.fromEntries(
      results.map((sent) => [
        sent.name,
        {
          name: sent.name,
          label: sent.label,
          type: sent.type,
          fieldType: sent.fieldType,
          options: (sent.options ?? []).map(({ value, label, hidden }) => ({ value, label, hidden: hidden ?? false })),
          hasUniqueValue: sent.hasUniqueValue ?? false,
          calculated: sent.calculated ?? false,
          readOnlyValue: sent.modificationMetadata?.readOnlyValue ?? false,
        },
      ]),
    );
  } catch (error) {
    throw refusedBy(error);
  }
}

/** The deal pipelines with their stages, for one call. */
export async function readPipelines(apis: HubSpotApis): Promise<readonly HubSpotPipeline[]> {
  try {
    const { results } = await apis.pipelines.getAll("deals");
    return results.map(({ id, label, stages }) => ({
      id,
      label,
      stages: stages.filter((stage) => !stage.archived).map((stage) => ({ id: stage.id, label: stage.label })),
    }));
  } catch (error) {
    throw refusedBy(error);
  }
}

/** Owners, deactivated ones too: two calls for up to 500 of each. */
export async function readOwners(apis: HubSpotApis): Promise<readonly HubSpotOwner[]> {
  const owners: HubSpotOwner[] = [];
  try {
    for (const archived of [false, true]) {
      for (let after: string | null = ""; after !== null; ) {
        const page: Awaited<ReturnType<HubSpotApis["owners"]["getPage"]>> = await apis.owners.getPage(
          undefined,
          after || undefined,
          OWNERS_PER_CALL,
          archived,
        );
        owners.push(...page.results.map((sent) => ({ id: sent.id, email: sent.email || null, archived: sent.archived })));
        after = page.paging?.next?.after ?? null;
      }
    }
  } catch (error) {
    throw refusedBy(error);
  }
  return owners;
}
