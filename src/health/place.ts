import type { ConnectionLinks } from "./report.ts";

/**
 * Kind of place where something is put right. A Salesforce setup page is given by its path after `/lightning/setup/`, with
 * `{object}` for the object that the details name.
 */
export type Place =
  | "hubspot-sync-health"
  | "hubspot-properties"
  | "hubspot-record"
  | "salesforce-record"
  | `salesforce-setup:${string}`;

/**
 * URL of a place that isn't a single record, or null where the ids it needs aren't known. Records have their own links.
 * `details` as in the catalogue: `object` is a Salesforce object's API name.
 */
export function placeUrl(
  place: Place,
  links: Pick<ConnectionLinks, "syncHealth" | "hubspotBase" | "salesforceBase">,
  details: Readonly<Record<string, string>>,
): string | null {
  if (place === "hubspot-sync-health") return links.syncHealth;
  if (!place.startsWith("salesforce-setup:") || links.salesforceBase === null) return null;
  const page = place.slice("salesforce-setup:".length);
  const object = details.object ?? "";
  if (page.includes("{object}") && !/^\w+$/.test(object)) return null;
  return `${links.salesforceBase.replace(/\/$/, "")}/lightning/setup/${page.replace("{object}", object)}`;
}
