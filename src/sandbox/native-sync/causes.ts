import { findField, findObject } from "../salesforce/metadata/objects.ts";
import type { LocalOrg } from "../salesforce/org.ts";
import { userRights } from "../salesforce/rights.ts";
import type { SyncContext } from "./context.ts";
import { SALESFORCE_OBJECTS, type SalesforceObjectName } from "./mapping.ts";
import type { SuspensionKind } from "./suspension.ts";

/** Whether every object that syncs has mappings, and every mapping its two ends. */
export function mappingsAreWhole(context: SyncContext): boolean {
  const { account, org, mappings } = context;
  return (
    SALESFORCE_OBJECTS.every((object) => mappings.some((mapping) => mapping.salesforceObject === object)) &&
    mappings.every(
      (mapping) =>
        account.properties(mapping.object).has(mapping.property) && org.fieldsOf(mapping.salesforceObject).has(mapping.field),
    )
  );
}

/**
 * What the integration user lacks on every record of an object, as describe tells HubSpot each time it looks.
 *
 * A mapped field that can't be read, or a two-way one that can't be edited, stops every record of its object: HubSpot
 * suspends. A field that HubSpot only fills where Salesforce is blank (prefer Salesforce) and that is merely read-only stops
 * the few records it would fill: those are sync errors of type field-permission, and everything else goes on syncing.
 */
export function missingRights(org: LocalOrg, context: SyncContext): SuspensionKind | null {
  if (!org.data.rights.hubspotPermissionSet) return "sf-object-permissions-missing";
  const rights = userRights(org.data.rights);
  for (const name of SALESFORCE_OBJECTS) {
    const object = findObject(org.data.metadata, name);
    if (!object) return "sf-object-permissions-missing";
    const granted = rights.object(object);
    if (!granted.read || !granted.edit || (isCreated(name, context) && !granted.create)) return "sf-object-permissions-missing";
  }
  for (const mapping of context.mappings) {
    if (mapping.rule === "none") continue;
    const object = findObject(org.data.metadata, mapping.salesforceObject);
    const field = object && findField(object, mapping.field);
    if (!object || !field) continue;
    const granted = rights.field(object, field);
    if (!granted.read || (mapping.rule === "two-way" && !granted.edit)) return "sf-field-permissions-missing";
  }
  return null;
}

/** Which objects HubSpot makes records of. */
function isCreated(name: SalesforceObjectName, context: SyncContext): boolean {
  return name === context.settings.createContactsAs || name === "Opportunity";
}
