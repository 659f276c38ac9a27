import { codesBehind } from "./address.ts";
import { sameValue } from "./equality.ts";
import type { Direction, FieldMapping } from "./mapping.ts";
import { carriesOwner, isQueue, ownerOfUser, userOfOwner } from "./owner.ts";
import { type CrmSystem, type HubSpotRecord, LINK_PROPERTIES, type SalesforceRecord, type SalesforceValue } from "./record.ts";
import { sameId } from "./salesforce-id.ts";
import type { HubSpotProperty, SalesforceField } from "./schema.ts";
import type { Schemas } from "./schemas.ts";
import { isBlank } from "./text.ts";

/** One mapped value that should have travelled and hasn't. */
export interface Difference {
  readonly mapping: FieldMapping;
  /** The way the value should travel. */
  readonly direction: Direction;
  readonly hubspotValue: string | null;
  readonly salesforceValue: SalesforceValue;
}

/** Salesforce keeps these itself; nobody can write them. */
const SYSTEM_FIELDS: ReadonlySet<string> = new Set([
  "Id",
  "IsDeleted",
  "CreatedDate",
  "CreatedById",
  "LastModifiedDate",
  "LastModifiedById",
  "SystemModstamp",
  "LastActivityDate",
  "LastViewedDate",
  "LastReferencedDate",
]);

const LINKS: ReadonlySet<string> = new Set(Object.values(LINK_PROPERTIES));

/**
 * The mapped values of a pair that differ although their sync rule says that they should not, with the way in which each should
 * travel. `newer` is the side whose change waits. Left out are values that cannot travel (formulas, calculated properties), the
 * links between records, and fields that a schema which was read doesn't show.
 *
 * A HubSpot edit against a rule that keeps Salesforce's value is not an error: the native sync leaves it until Salesforce's
 * record next changes, so Salesforce's value is owed only where Salesforce is newer.
 */
export function compareRecords(
  hubspot: HubSpotRecord,
  salesforce: SalesforceRecord,
  mappings: readonly FieldMapping[],
  schemas: Schemas,
  newer: CrmSystem,
): readonly Difference[] {
  return mappings.flatMap((mapping) => {
    const judged = judgeMapping(hubspot, salesforce, mapping, schemas, newer);
    if (judged?.verdict !== "travels") return [];
    const { direction, hubspotValue, salesforceValue } = judged;
    return [{ mapping, direction, hubspotValue, salesforceValue }];
  });
}

/** Why two values differ and none of them is to travel. */
export type LeftBecause =
  /** The sync rule keeps the other value until it changes again. */
  | "rule"
  /** The mapping isn't synced at all. */
  | "not-synced"
  /** The side that it would go to can't be written: a formula, a calculated property, a field of the system's. */
  | "not-writable"
  /** HubSpot's owner is nobody in Salesforce, or Salesforce's, a queue, nobody in HubSpot. */
  | "no-counterpart"
  /** HubSpot has no owner where Salesforce has the integration user, as whoever makes a record owns it. */
  | "owned-by-sync";

/** What one mapping means for a pair of records. */
export type MappingVerdict = {
  readonly mapping: FieldMapping;
  readonly hubspotValue: string | null;
  readonly salesforceValue: SalesforceValue;
} & (
  | { readonly verdict: "same" }
  | { readonly verdict: "travels"; readonly direction: Direction }
  | { readonly verdict: "left"; readonly because: LeftBecause }
  /** A schema that was read doesn't show it, or its value wasn't sent: nothing is known of it on that side. */
  | { readonly verdict: "unreadable"; readonly side: CrmSystem }
);

/** Judges one mapping of a pair; null where it is of other objects or carries the link itself. */
export function judgeMapping(
  hubspot: HubSpotRecord,
  salesforce: SalesforceRecord,
  mapping: FieldMapping,
  schemas: Schemas,
  newer: CrmSystem,
): MappingVerdict | null {
  if (mapping.object !== hubspot.object || mapping.salesforceObject !== salesforce.object) return null;
  if (LINKS.has(mapping.hubspotProperty)) return null;
  const read = schemas.hubspot[mapping.object]?.[mapping.hubspotProperty];
  const field = schemas.salesforce[mapping.salesforceObject]?.fields[mapping.salesforceField];
  const sent = salesforce.fields[mapping.salesforceField];
  const hubspotValue = hubspot.properties[mapping.hubspotProperty] ?? null;
  const values = { mapping, hubspotValue, salesforceValue: sent ?? null };
  if (read === undefined && schemas.hubspot[mapping.object] !== undefined)
    return { ...values, verdict: "unreadable", side: "hubspot" };
  if (mapping.rule === "none" && sent === undefined) return { ...values, verdict: "left", because: "not-synced" };
  const isHidden = field === undefined && schemas.salesforce[mapping.salesforceObject] !== undefined;
  if (sent === undefined || isHidden) return { ...values, verdict: "unreadable", side: "salesforce" };
  const property = read ?? knownByName(mapping.hubspotProperty);
  const codes = codesBehind(mapping.salesforceField, schemas.salesforce[mapping.salesforceObject]);
  const translation = { ...schemas, pipelines: ownPipeline(hubspot, schemas), property, field, codes };
  if (sameValue(hubspotValue, sent, translation)) return { ...values, verdict: "same" };
  if (mapping.rule === "none") return { ...values, verdict: "left", because: "not-synced" };
  const direction = directionOf(mapping, field, sent, newer);
  if (direction === null) return { ...values, verdict: "left", because: "rule" };
  // A queue is nobody in HubSpot, where the record keeps its owner.
  if (direction === "salesforce-to-hubspot" && typeof sent === "string" && isQueue(sent))
    return { ...values, verdict: "left", because: "no-counterpart" };
  if (!canTravel(direction, mapping, property, field)) return { ...values, verdict: "left", because: "not-writable" };
  if (direction === "hubspot-to-salesforce" && lacksCounterpart(hubspotValue, property, field, schemas)) {
    return { ...values, verdict: "left", because: "no-counterpart" };
  }
  if (carriesOwner(field, property) && isOwnedByTheSync(hubspotValue, sent, schemas)) {
    return { ...values, verdict: "left", because: "owned-by-sync" };
  }
  return { ...values, verdict: "travels", direction };
}

/** Properties that HubSpot has in every account, for when its schema has not been read: their values need translation. */
function knownByName(name: string): HubSpotProperty | undefined {
  if (name !== "hubspot_owner_id" && name !== "dealstage") return undefined;
  const rest = { label: name, options: [], hasUniqueValue: false, calculated: false, readOnlyValue: false };
  return { name, type: "enumeration", fieldType: "select", ...rest };
}

/** A stage id means a name in the deal's own pipeline. */
function ownPipeline(hubspot: HubSpotRecord, { pipelines }: Schemas): Schemas["pipelines"] {
  const own = pipelines.filter(({ id }) => id === hubspot.properties.pipeline);
  return own.length > 0 ? own : pipelines;
}

/** The way in which a difference should travel, or null where the rule lets it stand. */
function directionOf(
  { rule, hubspotProperty }: FieldMapping,
  field: SalesforceField | undefined,
  salesforceValue: SalesforceValue,
  newer: CrmSystem,
): Direction | null {
  const fromNewer = newer === "hubspot" ? "hubspot-to-salesforce" : "salesforce-to-hubspot";
  // Owners are two-way whatever the mapping says. Source: HubSpot's "Salesforce owner sync".
  const effective = hubspotProperty === "hubspot_owner_id" ? "two-way" : rule;
  switch (effective) {
    case "two-way":
      return fromNewer;
    case "prefer-salesforce":
      // A checkbox is never blank in Salesforce.
      if (isBlank(salesforceValue) && field?.type !== "boolean") return "hubspot-to-salesforce";
      return newer === "salesforce" ? "salesforce-to-hubspot" : null;
    case "always-salesforce":
      return newer === "salesforce" ? "salesforce-to-hubspot" : null;
    case "none":
      return null;
  }
}

function canTravel(
  direction: Direction,
  mapping: FieldMapping,
  property: HubSpotProperty | undefined,
  field: SalesforceField | undefined,
): boolean {
  if (direction === "salesforce-to-hubspot") return !(property?.calculated || property?.readOnlyValue);
  if (SYSTEM_FIELDS.has(mapping.salesforceField)) return false;
  return !(field?.calculated || field?.type === "address" || field?.type === "location");
}

/** An owner in HubSpot who is nobody in Salesforce, or no owner at all: the record keeps its Salesforce owner. */
function lacksCounterpart(
  hubspotValue: string | null,
  property: HubSpotProperty | undefined,
  field: SalesforceField | undefined,
  schemas: Schemas,
): boolean {
  if (!carriesOwner(field, property)) return false;
  return isBlank(hubspotValue) || userOfOwner(hubspotValue, schemas) === null;
}

/**
 * What the sync has made in Salesforce of a record without an owner belongs to the integration user, as does what nobody has taken
 * over: no owner is what HubSpot goes on having.
 */
function isOwnedByTheSync(hubspotValue: string | null, salesforceValue: SalesforceValue, schemas: Schemas): boolean {
  const { integrationUserId } = schemas;
  if (!integrationUserId || !isBlank(hubspotValue) || typeof salesforceValue !== "string") return false;
  return sameId(salesforceValue, integrationUserId) && ownerOfUser(integrationUserId, schemas) === null;
}
