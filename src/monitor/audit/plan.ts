import type { ConnectionSettings } from "../../config/config.ts";
import { PARTNER_OBJECTS, type SalesforceObject, type SyncedObject } from "../../records/record.ts";
import type { Stage } from "./audit-progress.ts";

/** Objects whose records hold the id of their partner: only those can be compared as a whole. */
const LINKED_OBJECTS = ["contacts", "companies", "deals"] as const satisfies readonly SyncedObject[];

const SALESFORCE_PAGE = 2_000;
const HUBSPOT_PAGE = 100;
const MEMBERS_PAGE = 250;

/** The objects of a connection that an audit covers. */
export function auditedObjects({ objects }: Pick<ConnectionSettings, "objects">): readonly (typeof LINKED_OBJECTS)[number][] {
  return LINKED_OBJECTS.filter((object) => objects.includes(object));
}

export function auditedSalesforceObjects(settings: Pick<ConnectionSettings, "objects">): readonly SalesforceObject[] {
  return auditedObjects(settings).flatMap((object) => [...PARTNER_OBJECTS[object]]);
}

/** Salesforce first, so that HubSpot's records find their partners as they come. */
export function stagesOf({ hubspot, ...settings }: Pick<ConnectionSettings, "objects" | "hubspot">): readonly Stage[] {
  const objects = auditedObjects(settings);
  const list = hubspot.inclusionList;
  return [
    ...auditedSalesforceObjects(settings).map((object) => ({ do: "read-salesforce", object }) as const),
    ...objects.map((object) => ({ do: "read-hubspot", object }) as const),
    ...(list !== null && objects.includes("contacts") ? [{ do: "read-members", list } as const] : []),
    { do: "weigh" },
    ...objects.map((object) => ({ do: "compare-hubspot", object }) as const),
    ...auditedSalesforceObjects(settings).map((object) => ({ do: "compare-salesforce", object }) as const),
    { do: "drop-consequences" },
  ];
}

/** API calls for reading so many records; the second look at what differs comes on top. */
export function readingCost(
  counts: Readonly<Record<string, number>>,
  { hubspot, ...settings }: Pick<ConnectionSettings, "objects" | "hubspot">,
): { readonly salesforce: number; readonly hubspot: number } {
  const pages = (objects: readonly string[], size: number) =>
    objects.reduce((sum, object) => sum + Math.max(1, Math.ceil((counts[object] ?? 0) / size)), 0);
  const members = hubspot.inclusionList === null ? 0 : pages(["contacts"], MEMBERS_PAGE);
  return {
    salesforce: pages(auditedSalesforceObjects(settings), SALESFORCE_PAGE),
    hubspot: pages(auditedObjects(settings), HUBSPOT_PAGE) + members,
  };
}
