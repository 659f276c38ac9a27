import { MATCH_FIELDS, matchKeys } from "../../records/match-keys.ts";
import { recordLabel } from "../../records/pairing.ts";
import type { SalesforceObject, SalesforceRecord } from "../../records/record.ts";
import { longId } from "../../records/salesforce-id.ts";
import type { AuditRecord, StoredAuditRecord } from "../../store/audit-records.ts";
import type { Connection } from "../context.ts";
import { fieldsToRead } from "../poll/fields.ts";
import type { SchemaCache } from "../poll/schema.ts";
import { withoutHubSpot } from "../poll/situation.ts";

/** The next page of Salesforce's records as the audit keeps them: one API call. */
export async function readSalesforcePage(
  { salesforce, settings }: Connection,
  cache: SchemaCache,
  object: SalesforceObject,
  cursor: string | null,
): Promise<{ readonly records: readonly AuditRecord[]; readonly cursor: string | null }> {
  const schemas = cache.schemas(settings);
  const known = schemas.salesforce[object]?.fields;
  const match = MATCH_FIELDS[object].filter((field) => known === undefined || field in known);
  const fields = [...new Set([...fieldsToRead(settings, object, schemas), ...match])];
  const { records, isLast } = await salesforce.recordsAfter(object, cursor, fields);
  return { records: records.map(auditRecord), cursor: isLast ? null : (records.at(-1)?.id ?? null) };
}

function auditRecord(record: SalesforceRecord): AuditRecord {
  const { Id: _, ...fields } = record.fields;
  return {
    system: "salesforce",
    object: record.object,
    id: longId(record.id),
    link: null,
    isExpected: withoutHubSpot(record).state === "create-in-hubspot",
    isOut: record.fields.IsConverted === true,
    label: recordLabel(null, record),
    record: {
      fields,
      createdAt: record.createdAt.toISOString(),
      modifiedAt: record.modifiedAt.toISOString(),
      modifiedById: record.modifiedById,
    },
    keys: matchKeys(record),
  };
}

/** The record that a row was made of; null where it is one of HubSpot's. */
export function salesforceRecordOf({ object, id, record }: StoredAuditRecord): SalesforceRecord | null {
  if (record === null) return null;
  const { fields, createdAt, modifiedAt, modifiedById } = record;
  return {
    object: object as SalesforceObject,
    id,
    fields: { Id: id, ...fields },
    createdAt: new Date(createdAt),
    modifiedAt: new Date(modifiedAt),
    modifiedById,
  };
}
