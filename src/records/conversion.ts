import type { SalesforceValue } from "./record.ts";
import type { HubSpotProperty, SalesforceField } from "./schema.ts";
import type { Translation } from "./schemas.ts";

/** HubSpot's value as Salesforce would be sent it; null clears the field. */
export function toSalesforceValue(
  value: string | null | undefined,
  _field: SalesforceField,
  _property: HubSpotProperty | undefined,
  _context: Translation,
): SalesforceValue {
  return value ?? null;
}

/** Salesforce's value as HubSpot would be sent it; an empty text clears the property. */
export function toHubSpotValue(
  value: SalesforceValue | undefined,
  _field: SalesforceField | undefined,
  _property: HubSpotProperty,
  _context: Translation,
): string {
  return String(value ?? "");
}
