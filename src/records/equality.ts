import type { SalesforceValue } from "./record.ts";
import type { HubSpotProperty, SalesforceField } from "./schema.ts";
import type { Translation } from "./schemas.ts";

/** What decides how two values are read. Without property and field, they are compared by their form alone. */
export interface EqualityContext extends Translation {
  readonly property?: HubSpotProperty | undefined;
  readonly field?: SalesforceField | undefined;
}

/** Whether both systems hold the same value, whatever form each gives it. */
export function sameValue(
  hubspotValue: string | null | undefined,
  salesforceValue: SalesforceValue | undefined,
  _context: EqualityContext,
): boolean {
  return (hubspotValue ?? "") === String(salesforceValue ?? "");
}
