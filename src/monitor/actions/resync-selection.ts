import type { RecordReference } from "../../health/sync-errors.ts";
import { recordKey } from "../../records/pairing.ts";
import { readRecordQuery } from "../../records/record-query.ts";
import { getError } from "../../store/reports.ts";
import { affectedRecords, type RecordRow } from "../../store/resync-records.ts";
import { locate } from "../check/locate.ts";
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
      const why = `HubSpot has no single record with the email or id ${selection.record}, and no record in error has it. \`/sync check\` tells what there is.`;
      return some(selection.record, found ? [toRow(found)] : [], why);
    }
  }
}

function some(target: string, records: readonly RecordRow[], why: string): Selected {
  return records.length > 0 ? { target, records } : { why };
}

/** The record that somebody names, found live in HubSpot; null where there is none, or an id means several. */
async function lookUp(connection: Connection, text: string): Promise<RecordReference | null> {
  const query = readRecordQuery(text);
  if (query.kind === "unreadable") return null;
  const { records, isAmbiguous } = await locate(connection, query, { inSalesforce: false });
  const [first] = records;
  return first === undefined || first.hubspotId === null || isAmbiguous ? null : first;
}

function toRow(reference: RecordReference): RecordRow {
  return {
    record_key: recordKey(reference),
    object: reference.object,
    hubspot_id: reference.hubspotId,
    salesforce_object: reference.salesforceObject,
    salesforce_id: reference.salesforceId,
    label: reference.label,
  };
}
