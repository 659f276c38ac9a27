import { userOfOwner } from "./owner.ts";
import type { HubSpotRecord, SalesforceValue } from "./record.ts";
import type { SalesforceObjectSchema } from "./schema.ts";
import type { Translation } from "./schemas.ts";

/** What HubSpot's options are in Salesforce. Source: HubSpot's knowledge base, "Sync HubSpot activities and tasks to Salesforce". */
const STATUSES: Readonly<Record<string, string>> = {
  NOT_STARTED: "Not Started",
  IN_PROGRESS: "In Progress",
  WAITING: "Waiting on someone else",
  COMPLETED: "Completed",
  DEFERRED: "Deferred",
};
const PRIORITIES: Readonly<Record<string, string>> = { NONE: "Normal", LOW: "Low", MEDIUM: "Normal", HIGH: "High" };

/** What a Salesforce task gets beside the values of mapped properties; undefined: nothing is written to that field. */
export type GivenFields = Readonly<Record<string, SalesforceValue | undefined>>;

/**
 * Whom and what a task is about, its options in Salesforce's words, and its owner where HubSpot's is nobody in Salesforce: that
 * of the contact or lead. An option that the org's picklist lacks is left out, since what HubSpot sends instead isn't known.
 */
export function givenToTask(
  task: HubSpotRecord,
  links: { readonly who: string; readonly what: string | null; readonly whoseOwner: string | null },
  schema: SalesforceObjectSchema | undefined,
  translation: Translation,
): GivenFields {
  const hasOwner = userOfOwner(task.properties.hubspot_owner_id ?? "", translation) !== null;
  return {
    WhoId: links.who,
    ...(links.what !== null && { WhatId: links.what }),
    ...(!hasOwner && links.whoseOwner !== null && { OwnerId: links.whoseOwner }),
    Status: option(STATUSES[task.properties.hs_task_status ?? ""], "Status", schema),
    Priority: option(PRIORITIES[task.properties.hs_task_priority ?? ""], "Priority", schema),
  };
}

function option(value: string | undefined, field: string, schema: SalesforceObjectSchema | undefined): string | undefined {
  return schema?.fields[field]?.picklistValues.some((known) => known.active && known.value === value) ? value : undefined;
}
