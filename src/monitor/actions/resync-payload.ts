import type { RecordReference } from "../../health/sync-errors.ts";
import type { Difference } from "../../records/comparison.ts";
import { toHubSpotValue, toSalesforceValue } from "../../records/conversion.ts";
import type { SalesforceValue } from "../../records/record.ts";
import type { Schemas } from "../../records/schemas.ts";
import type { StoredItem } from "../../store/requests.ts";
import type { Connection, MonitorContext } from "../context.ts";
import type { Examination } from "../poll/examination.ts";
import { examineRecords } from "../poll/examine.ts";
import { loadSchemaCache } from "../poll/schema.ts";
import type { Payload } from "./resync-send.ts";

/** What to send for one record, or why nothing is to be sent (`synced`: because it is in step by now). */
export type Prepared = Payload | { readonly skip: string; readonly synced: boolean };

export interface Manner {
  readonly strategy: "touch" | "write";
  /** The request's own time: a touch writes it, so that a second attempt writes the same. */
  readonly requestedAt: Date;
}

/**
 * What to send for each record of a batch, by record key; records that no longer exist are left out. `touch` writes the request's time into the configured property;
 * `write` compares both records as they are now and sends the values that should have travelled.
 */
export async function payloadsFor(
  context: MonitorContext,
  connection: Connection,
  { strategy, requestedAt }: Manner,
  items: readonly StoredItem[],
): Promise<ReadonlyMap<string, Prepared>> {
  if (items.length === 0) return new Map();
  if (strategy === "touch") return new Map(items.map((item) => [item.record_key, touch(connection, item, requestedAt)]));
  const references = items.map(referenceOf);
  const examinations = await examineRecords(context, connection, references, { trial: false, maxTrialCalls: 0 });
  const schemas = (await loadSchemaCache(context, connection)).schemas(connection.settings);
  return new Map(
    items.flatMap((item) => {
      const prepared = write(examinations.get(item.record_key), schemas);
      return prepared === null ? [] : [[item.record_key, prepared] as const];
    }),
  );
}

function touch({ settings }: Connection, item: StoredItem, requestedAt: Date): Prepared {
  if (item.hubspot_id === null) {
    return { skip: "HubSpot has no such record yet: only the native sync can make it", synced: false };
  }
  const property = settings.resync.touchProperties[item.object];
  if (property === undefined) return { skip: `no property to touch is configured for ${item.object}`, synced: false };
  return { hubspot: { [property]: requestedAt.toISOString() }, salesforce: null };
}

function write(examination: Examination | undefined, schemas: Schemas): Prepared | null {
  if (examination === undefined || examination.state === "gone") return null;
  if (examination.state === "in-step") return { skip: "it is in step by now", synced: true };
  if (examination.state === "excluded") return { skip: examination.why, synced: false };
  const { reference, differences } = examination;
  const { salesforceObject, salesforceId } = reference;
  if (reference.hubspotId === null || salesforceId === null || salesforceObject === null) {
    return { skip: "the record exists in one system alone: only the native sync makes its partner", synced: false };
  }
  const outgoing = differences.filter(({ direction }) => direction === "hubspot-to-salesforce");
  const incoming = differences.filter(({ direction }) => direction === "salesforce-to-hubspot");
  const fields = Object.fromEntries(outgoing.flatMap((difference) => salesforceEntry(difference, schemas)));
  const properties = Object.fromEntries(incoming.flatMap((difference) => hubspotEntry(difference, schemas)));
  const hasFields = Object.keys(fields).length > 0;
  const hasProperties = Object.keys(properties).length > 0;
  if (!hasFields && !hasProperties) return { skip: "none of its values can be written from here", synced: false };
  return {
    salesforce: hasFields ? { object: salesforceObject, id: salesforceId, fields } : null,
    hubspot: hasProperties ? properties : null,
  };
}

function salesforceEntry({ mapping, hubspotValue }: Difference, schemas: Schemas): [string, SalesforceValue][] {
  const field = schemas.salesforce[mapping.salesforceObject]?.fields[mapping.salesforceField];
  if (field === undefined) return [];
  const property = schemas.hubspot[mapping.object]?.[mapping.hubspotProperty];
  const value = toSalesforceValue(hubspotValue, field, property, schemas);
  // An owner that no known user matches becomes null, which must not clear the owner.
  return value === null && hubspotValue ? [] : [[mapping.salesforceField, value]];
}

function hubspotEntry({ mapping, salesforceValue }: Difference, schemas: Schemas): [string, string][] {
  const field = schemas.salesforce[mapping.salesforceObject]?.fields[mapping.salesforceField];
  const property = schemas.hubspot[mapping.object]?.[mapping.hubspotProperty];
  if (field === undefined || property === undefined) return [];
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
