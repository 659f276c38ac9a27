import type { Diagnosis } from "../../health/diagnosis.ts";
import type { Finding } from "../../health/sync-errors.ts";
import { sentence } from "../../language/sentence.ts";
import { toHubSpotValue } from "../../records/conversion.ts";
import type { FieldMapping } from "../../records/mapping.ts";
import { recordLabel } from "../../records/pairing.ts";
import type { HubSpotRecord, SyncedObject } from "../../records/record.ts";
import type { HubSpotProperty } from "../../records/schema.ts";
import type { Schemas } from "../../records/schemas.ts";
import { isBlank } from "../../records/text.ts";
import type { Connection } from "../context.ts";
import { type Incoming, incomingFinding } from "./incoming.ts";

/** Who holds values that HubSpot takes once, by object, property and value. */
export type UniqueHolders = ReadonlyMap<string, readonly HubSpotRecord[]>;

const LABELS = {
  contacts: ["email", "firstname", "lastname"],
  companies: ["name", "domain"],
  deals: ["dealname"],
  tasks: ["hs_task_subject"],
} as const satisfies Record<SyncedObject, readonly string[]>;

/** The HubSpot records that hold incoming values of unique properties: one search for each such property, none without one. */
export async function readUniqueHolders(
  { hubspot }: Connection,
  schemas: Schemas,
  incoming: readonly Incoming[],
): Promise<UniqueHolders> {
  const wanted = new Map<string, { object: SyncedObject; property: string; values: Set<string> }>();
  for (const { mapping, value } of incoming.flatMap((record) => uniqueValues(record, schemas))) {
    const { object, hubspotProperty: property } = mapping;
    const entry = wanted.get(`${object}.${property}`) ?? { object, property, values: new Set() };
    entry.values.add(value);
    wanted.set(`${object}.${property}`, entry);
  }
  const holders = new Map<string, HubSpotRecord[]>();
  for (const { object, property, values } of wanted.values()) {
    for (const record of await hubspot.recordsByProperty(object, property, [...values], [property, ...LABELS[object]])) {
      const key = keyOf(object, property, record.properties[property] ?? "");
      holders.set(key, [...(holders.get(key) ?? []), record]);
    }
  }
  return holders;
}

/** Another HubSpot record has the value already. */
export function uniqueConflicts(record: Incoming, schemas: Schemas, holders: UniqueHolders, at: Date): readonly Finding[] {
  return uniqueValues(record, schemas).flatMap(({ mapping, property, value }) => {
    const { object, hubspotProperty, salesforceField } = mapping;
    const holder = holders.get(keyOf(object, hubspotProperty, value))?.find(({ id }) => id !== record.hubspot?.id);
    if (holder === undefined) return [];
    const label = recordLabel(holder, null);
    const diagnosis: Diagnosis = {
      type: "restricted-unique-value",
      salesforceField,
      cause: hubspotProperty,
      value,
      details: { field: hubspotProperty, fieldLabel: property.label, holder: `${holder.id} (${label})`, system: "HubSpot" },
    };
    const statement = sentence('HubSpot\'s {property} takes each value once, and {record} ({id}) has "{value}"', {
      property: property.label,
      record: label,
      id: holder.id,
      value,
    });
    return [incomingFinding(diagnosis, record, hubspotProperty, statement, at)];
  });
}

/** Emails have a type of their own. */
function uniqueValues(
  { salesforce, mappings }: Incoming,
  schemas: Schemas,
): readonly { readonly mapping: FieldMapping; readonly property: HubSpotProperty; readonly value: string }[] {
  return mappings.flatMap((mapping) => {
    const property = schemas.hubspot[mapping.object]?.[mapping.hubspotProperty];
    const value = salesforce.fields[mapping.salesforceField];
    if (!property?.hasUniqueValue || property.name === "email" || isBlank(value)) return [];
    const field = schemas.salesforce[mapping.salesforceObject]?.fields[mapping.salesforceField];
    return [{ mapping, property, value: toHubSpotValue(value, field, property, schemas) }];
  });
}

function keyOf(object: SyncedObject, property: string, value: string): string {
  return `${object}.${property}=${value.toLowerCase()}`;
}
