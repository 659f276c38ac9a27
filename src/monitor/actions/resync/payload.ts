import type { RecordReference } from "../../../health/sync-errors.ts";
import { instant, type Said, type Sentence, sentence } from "../../../language/sentence.ts";
import { toHubSpotValue, toSalesforceValue } from "../../../records/conversion.ts";
import type { FieldMapping } from "../../../records/mapping.ts";
import type { HubSpotRecord, SalesforceRecord, SalesforceValue } from "../../../records/record.ts";
import type { Schemas } from "../../../records/schemas.ts";
import type { StoredItem } from "../../../store/requests.ts";
import type { Connection, MonitorContext } from "../../context.ts";
import type { DatedDifference, History } from "../../poll/difference.ts";
import { writeOf } from "../../poll/examine.ts";
import { existingPeople } from "../../poll/existing-people.ts";
import { loadSchemaCache, type SchemaCache } from "../../poll/schema.ts";
import { type Situated, situationsOf } from "../../poll/situation.ts";
import { objectTarget } from "../targets.ts";
import type { Payload } from "./send.ts";

/** What to send for one record; or what it comes to without that. */
export type Prepared =
  | { readonly send: Payload }
  | { readonly state: "synced" | "skipped" | "changed" | "gone"; readonly reason: Said };

/** A touch writes the request's own time, so that a second attempt writes the same. */
export function touchPayload({ settings }: Connection, item: StoredItem, requestedAt: Date): Prepared {
  if (item.hubspot_id === null) return skipped(sentence("HubSpot has no such record yet: only the native sync can make it"));
  const property = settings.resync.touchProperties[item.object];
  if (property === undefined)
    return skipped(sentence("no property to touch is configured for {object}", { object: objectTarget(item.object) }));
  return {
    send: { salesforce: null, hubspot: { [property]: requestedAt.toISOString() }, hubspotId: item.hubspot_id, create: null },
  };
}

/**
 * Compares both records as they are now and takes the values that should have travelled, by record key. What a person has changed
 * since `asOf` where it would be overwritten is left alone. A contact that one system doesn't have is made there, unless one with
 * its email is there already: that one the native sync links.
 */
export async function writePayloads(
  context: MonitorContext,
  connection: Connection,
  { asOf, requestedAt }: { readonly asOf: Date; readonly requestedAt: Date },
  items: readonly StoredItem[],
): Promise<ReadonlyMap<string, Prepared>> {
  const cache = await loadSchemaCache(context, connection);
  const situated = await situationsOf(connection, cache, items.map(referenceOf), context.clock.now());
  const existing = await existingPeople(connection, situated.values());
  const writer: Writer = { connection, cache, schemas: cache.schemas(connection.settings), existing, asOf, requestedAt };
  return new Map(
    items.map(({ record_key }) => {
      const one = situated.get(record_key);
      return [record_key, one === undefined ? GONE : prepare(writer, record_key, one)];
    }),
  );
}

interface Writer {
  readonly connection: Connection;
  readonly cache: SchemaCache;
  readonly schemas: Schemas;
  /** Emails in lower case, with the Salesforce record that has each. */
  readonly existing: ReadonlyMap<string, SalesforceRecord>;
  readonly asOf: Date;
  readonly requestedAt: Date;
}

const GONE: Prepared = { state: "gone", reason: sentence("the record no longer exists") };

function skipped(reason: Said): Prepared {
  return { state: "skipped", reason };
}

function prepare(writer: Writer, key: string, record: Situated): Prepared {
  const { situation } = record;
  switch (situation.state) {
    case "in-step":
      return { state: "synced", reason: sentence("it is in step by now") };
    case "gone":
      return GONE;
    case "excluded":
      return skipped(situation.why);
    case "frozen":
      return skipped(sentence("The contact isn't in the inclusion list"));
    case "partner-missing":
    case "partner-gone":
      return skipped(sentence("its Salesforce record is gone or hidden from the integration user"));
    case "pair":
      return preparePair(writer, situation, record.history);
    case "create-in-salesforce":
      return createInSalesforce(writer, key, record, situation.hubspot);
    case "create-in-hubspot":
      return createInHubSpot(writer, situation.salesforce);
  }
}

function preparePair(
  writer: Writer,
  {
    hubspot,
    salesforce,
    differences,
  }: { hubspot: HubSpotRecord; salesforce: SalesforceRecord; differences: readonly DatedDifference[] },
  history: History | undefined,
): Prepared {
  const { schemas } = writer;
  const outgoing = differences.filter(({ direction }) => direction === "hubspot-to-salesforce");
  const incoming = differences.filter(({ direction }) => direction === "salesforce-to-hubspot");
  const changed = changedSince(writer, outgoing.length > 0 ? salesforce : null, incoming, history);
  if (changed !== null) return { state: "changed", reason: changed };
  const fields = Object.fromEntries(outgoing.flatMap((difference) => salesforceEntry(difference, schemas)));
  const properties = Object.fromEntries(
    incoming.flatMap(({ mapping, salesforceValue }) => hubspotEntry(mapping, salesforceValue, schemas)),
  );
  const hasFields = Object.keys(fields).length > 0;
  const hasProperties = Object.keys(properties).length > 0;
  if (!hasFields && !hasProperties) return skipped(sentence("none of its values can be written from here"));
  return {
    send: {
      salesforce: hasFields ? { object: salesforce.object, id: salesforce.id, fields } : null,
      hubspot: hasProperties ? properties : null,
      hubspotId: hubspot.id,
      create: null,
    },
  };
}

/**
 * What a person has changed since the preview in the record that would be written to. Salesforce tells when the record was changed,
 * not which of its fields: any change counts.
 */
function changedSince(
  { asOf, cache }: Writer,
  target: SalesforceRecord | null,
  incoming: readonly DatedDifference[],
  history: History | undefined,
): Sentence | null {
  if (target !== null && target.modifiedAt > asOf && target.modifiedById !== cache.integrationUserId) {
    return sentence("changed in Salesforce at {date}, after the resync was asked for: left as it is", {
      date: instant(target.modifiedAt),
    });
  }
  for (const { mapping } of incoming) {
    const newest = history?.[mapping.hubspotProperty]?.[0];
    if (newest !== undefined && newest.at > asOf && newest.sourceType !== "SALESFORCE") {
      return sentence("{property} was changed in HubSpot at {date}, after the resync was asked for: left as it is", {
        property: mapping.hubspotProperty,
        date: instant(newest.at),
      });
    }
  }
  return null;
}

function createInSalesforce(writer: Writer, key: string, record: Situated, hubspot: HubSpotRecord): Prepared {
  const { connection, cache, existing, requestedAt } = writer;
  if (hubspot.object !== "contacts") {
    return skipped(
      sentence("nothing but the native sync ties a new Salesforce record to it: one made from here would be made twice"),
    );
  }
  const touched = connection.settings.resync.touchProperties.contacts;
  const touch = touched === undefined ? null : { [touched]: requestedAt.toISOString() };
  const match = existing.get((hubspot.properties.email ?? "").toLowerCase());
  if (match !== undefined) {
    return touch === null
      ? skipped(
          sentence(
            "Salesforce has a {object} with its email already ({id}): the native sync links the two when the contact changes (resync.touchProperties would have it changed)",
            { object: match.object, id: match.id },
          ),
        )
      : { send: { salesforce: null, hubspot: touch, hubspotId: hubspot.id, create: null } };
  }
  const pending = writeOf(connection, cache, key, record);
  if (pending === null) return skipped(sentence("none of its values can be written from here"));
  return { send: { salesforce: pending.write, hubspot: touch, hubspotId: hubspot.id, create: null } };
}

function createInHubSpot({ connection, schemas }: Writer, salesforce: SalesforceRecord): Prepared {
  if (salesforce.object !== "Contact" && salesforce.object !== "Lead") {
    return skipped(
      sentence("nothing but the native sync ties a new HubSpot record to it: one made from here would be made twice"),
    );
  }
  const mappings = connection.settings.mappings.filter(
    ({ salesforceObject, rule }) => salesforceObject === salesforce.object && rule !== "none",
  );
  const entries = mappings.flatMap((mapping) =>
    hubspotEntry(mapping, salesforce.fields[mapping.salesforceField] ?? null, schemas),
  );
  const properties = Object.fromEntries(entries.filter(([, value]) => value !== ""));
  if (!properties.email) return skipped(sentence("without an email, Salesforce's record doesn't sync"));
  return { send: { salesforce: null, hubspot: null, hubspotId: null, create: { object: "contacts", properties } } };
}

function salesforceEntry({ mapping, hubspotValue }: DatedDifference, schemas: Schemas): [string, SalesforceValue][] {
  const field = schemas.salesforce[mapping.salesforceObject]?.fields[mapping.salesforceField];
  if (field === undefined) return [];
  const property = schemas.hubspot[mapping.object]?.[mapping.hubspotProperty];
  const value = toSalesforceValue(hubspotValue, field, property, schemas);
  // An owner that no known user matches becomes null, which must not clear the owner.
  return value === null && hubspotValue ? [] : [[mapping.salesforceField, value]];
}

function hubspotEntry(mapping: FieldMapping, salesforceValue: SalesforceValue, schemas: Schemas): [string, string][] {
  const field = schemas.salesforce[mapping.salesforceObject]?.fields[mapping.salesforceField];
  const property = schemas.hubspot[mapping.object]?.[mapping.hubspotProperty];
  if (field === undefined || property === undefined || property.readOnlyValue) return [];
  const value = toHubSpotValue(salesforceValue, field, property, schemas);
  return value === "" && salesforceValue ? [] : [[mapping.hubspotProperty, value]];
}

export function referenceOf(item: StoredItem): RecordReference {
  return {
    object: item.object,
    hubspotId: item.hubspot_id,
    salesforceObject: item.salesforce_object,
    salesforceId: item.salesforce_id,
    label: item.label,
  };
}
