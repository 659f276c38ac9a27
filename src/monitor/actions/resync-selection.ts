import type { RecordReference } from "../../health/sync-errors.ts";
import { recordKey, recordLabel, salesforceLink } from "../../records/pairing.ts";
import { type HubSpotRecord, LINK_PROPERTIES, type SyncedObject } from "../../records/record.ts";
import { getError } from "../../store/reports.ts";
import { affectedRecords, type RecordRow } from "../../store/resync-records.ts";
import type { Connection, MonitorContext } from "../context.ts";
import type { ResyncSelection } from "../monitor.ts";

/** The records that a selection means, and what to call them; or why there is nothing to resync. */
export type Selected = { readonly target: string; readonly records: readonly RecordRow[] } | { readonly why: string };

/** Finds the records of a selection: from the store, a single record also by looking it up in HubSpot. */
export async function selectRecords(
  context: MonitorContext,
  connection: Connection,
  selection: ResyncSelection,
): Promise<Selected> {
  const { db } = context;
  const { name } = connection.settings;
  switch (selection.kind) {
    case "all":
      return some("all errors", await affectedRecords(db, name, {}), "No records are in error: there is nothing to resync.");
    case "category": {
      const { category } = selection;
      const why = `No records are in error in the category ${category}: there is nothing to resync.`;
      return some(`category ${category}`, await affectedRecords(db, name, { category }), why);
    }
    case "error": {
      const errorId = selection.errorId.toUpperCase();
      const error = await getError(db, errorId);
      if (!error || error.connection !== name)
        return { why: `There is no error ${errorId}. \`/sync errors\` lists those there are.` };
      if (error.resolved_at !== null)
        return { why: `Error ${errorId} is resolved already: none of its records is held back any more.` };
      return some(
        `error ${errorId}`,
        await affectedRecords(db, name, { errorId }),
        `Error ${errorId} holds no records back any more.`,
      );
    }
    case "record": {
      const known = await affectedRecords(db, name, { record: selection.record });
      if (known.length > 0) return { target: selection.record, records: known };
      const found = await lookUp(connection, selection.record);
      const why = `HubSpot has no contact with the email or id ${selection.record}, and no record in error has that id.`;
      return some(selection.record, found ? [toRow(found)] : [], why);
    }
  }
}

function some(target: string, records: readonly RecordRow[], why: string): Selected {
  return records.length > 0 ? { target, records } : { why };
}

/** A contact by email or HubSpot id, or any record by the Salesforce id that it is linked to. One or two HubSpot calls. */
async function lookUp({ hubspot }: Connection, text: string): Promise<HubSpotRecord | null> {
  const links = Object.values(LINK_PROPERTIES);
  const properties = ["email", "firstname", "lastname", "name", "dealname", ...links];
  if (text.includes("@"))
    return (await hubspot.recordsByProperty("contacts", "email", [text.toLowerCase()], properties))[0] ?? null;
  if (/^\d+$/.test(text)) {
    for await (const page of hubspot.recordsByIds("contacts", [text], properties)) if (page[0]) return page[0];
    return null;
  }
  const linked = Object.entries(KEY_PREFIXES).find(([prefix]) => text.startsWith(prefix));
  if (!linked || !/^[a-zA-Z0-9]{15,18}$/.test(text)) return null;
  const [, [object, property]] = linked;
  return (await hubspot.recordsByProperty(object, property, [text], properties))[0] ?? null;
}

/** By the first characters of a Salesforce id: the HubSpot object and the property that holds such ids. */
const KEY_PREFIXES: Readonly<Record<string, readonly [SyncedObject, string]>> = {
  "003": ["contacts", LINK_PROPERTIES.Contact],
  "00Q": ["contacts", LINK_PROPERTIES.Lead],
  "001": ["companies", LINK_PROPERTIES.Account],
  "006": ["deals", LINK_PROPERTIES.Opportunity],
};

function toRow(record: HubSpotRecord): RecordRow {
  const link = salesforceLink(record);
  const reference: RecordReference = {
    object: record.object,
    hubspotId: record.id,
    salesforceObject: link?.object ?? null,
    salesforceId: link?.id ?? null,
    label: recordLabel(record, null),
  };
  return {
    record_key: recordKey(reference),
    object: reference.object,
    hubspot_id: reference.hubspotId,
    salesforce_object: reference.salesforceObject,
    salesforce_id: reference.salesforceId,
    label: reference.label,
  };
}
