import { createHash } from "node:crypto";
import type { SelectionPart } from "../../../health/selection.ts";
import type { RecordReference } from "../../../health/sync-errors.ts";
import { type Said, type Sentence, sentence } from "../../../language/sentence.ts";
import { recordKey } from "../../../records/pairing.ts";
import type { SyncedObject } from "../../../records/record.ts";
import { readRecordQuery } from "../../../records/record-query.ts";
import { countChosen, getChoice, type StoredChoice } from "../../../store/record-choices.ts";
import { getError, type StoredError } from "../../../store/reports.ts";
import { type AffectedWhere, countAffected, type RecordRow } from "../../../store/resync-records.ts";
import { getSelection } from "../../../store/saved-selections.ts";
import { locate } from "../../check/locate.ts";
import type { Connection, MonitorContext } from "../../context.ts";
import type { ResyncSelection } from "../../monitor.ts";
import { ALL_ERRORS, categoryTarget, errorTarget, objectTarget, selectionTarget } from "../targets.ts";

/** The records that a selection means, what to call them and how many there are by object; or why there is nothing to resync. */
export type Selected =
  | {
      readonly target: Said;
      /** What tells this selection from others; left out: its target does. */
      readonly identity?: string;
      readonly counts: ReadonlyMap<SyncedObject, number>;
      /** Records that errors hold back, by what any of them meets; or one that nobody knows to be in error. */
      readonly records: { readonly anyOf: readonly AffectedWhere[] } | { readonly row: RecordRow };
    }
  | { readonly why: Sentence };

/** Finds the records of a selection: from the store, a single record also by looking it up in HubSpot. */
export async function selectRecords(
  context: MonitorContext,
  connection: Connection,
  selection: ResyncSelection,
): Promise<Selected> {
  const { db } = context;
  const { name } = connection.settings;
  const known = async (target: Said, anyOf: readonly AffectedWhere[], why: Sentence): Promise<Selected> => {
    const counts = await countAffected(db, name, anyOf);
    return counts.size > 0 ? { target, counts, records: { anyOf } } : { why };
  };
  switch (selection.kind) {
    case "all":
      return known(ALL_ERRORS, [{}], sentence("No records are in error: there is nothing to resync."));
    case "category": {
      const { category } = selection;
      const why = sentence("No records are in error in the category {category}: there is nothing to resync.", { category });
      return known(categoryTarget(category), [{ category }], why);
    }
    case "object": {
      const { object } = selection;
      return known(objectTarget(object), [{ object }], noneOf(object));
    }
    case "error": {
      const errorId = selection.errorId.toUpperCase();
      const why = whyNot(await getError(db, errorId), name, errorId);
      if (why !== null) return { why };
      return known(errorTarget(errorId), [{ errorId }], sentence("Error {errorId} holds no records back any more.", { errorId }));
    }
    case "records": {
      const why = sentence("None of these records is in error any more: there is nothing to resync.");
      return known(selection.name, [{ keys: selection.records }], why);
    }
    case "chosen": {
      const { choiceId } = selection;
      const errorId = selection.errorId.toUpperCase();
      const error = await getError(db, errorId);
      const over = whyNot(error, name, errorId);
      if (error === undefined || over !== null) return { why: over ?? noError(errorId) };
      const choice = await getChoice(db, choiceId);
      if (choice?.errorId !== errorId)
        return { why: sentence("What was selected is no longer stored: open the error's records again.") };
      const records = await countChosen(db, choiceId, choice);
      if (records === 0)
        return { why: sentence("Error {errorId} holds none of the selected records back any more.", { errorId }) };
      const target = sentence("{records, plural, one {# selected record} other {# selected records}} of error {errorId}", {
        records,
        errorId,
      });
      const counts = new Map([[error.object, records]]);
      return { target, identity: choiceIdentity(choice), counts, records: { anyOf: [{ errorId, choiceId }] } };
    }
    case "saved": {
      const saved = await getSelection(db, name, selection.name);
      if (saved === null)
        return {
          why: sentence("There is no saved selection {name}. `/sync selections` lists those there are.", {
            name: selection.name,
          }),
        };
      const why = sentence("No record of the selection {name} is in error: there is nothing to resync.", { name: saved.name });
      return known(selectionTarget(saved.name), saved.parts.map(whereOf), why);
    }
    case "record": {
      const inError = await known(selection.record, [{ record: selection.record }], notInError(selection.record));
      if (!("why" in inError)) return inError;
      const found = await lookUp(connection, selection.record);
      if (found !== null) {
        const counts = new Map([[found.object, 1]]);
        return { target: selection.record, counts, records: { row: toRow(found) } };
      }
      return inError;
    }
  }
}

function whyNot(error: StoredError | undefined, connection: string, errorId: string): Sentence | null {
  if (!error || error.connection !== connection) return noError(errorId);
  if (error.resolved_at === null) return null;
  return sentence("Error {errorId} is resolved already: none of its records is held back any more.", { errorId });
}

function noError(errorId: string): Sentence {
  return sentence("There is no error {errorId}. `/sync errors` lists those there are.", { errorId });
}

function notInError(record: string): Sentence {
  return sentence(
    "HubSpot has no single record with the email or id {record}, and no record in error has it. `/sync check` tells what there is.",
    { record },
  );
}

function noneOf(object: SyncedObject): Sentence {
  switch (object) {
    case "contacts":
      return sentence("No contacts are in error: there is nothing to resync.");
    case "companies":
      return sentence("No companies are in error: there is nothing to resync.");
    case "deals":
      return sentence("No deals are in error: there is nothing to resync.");
    case "tasks":
      return sentence("No tasks are in error: there is nothing to resync.");
  }
}

/** The same for everybody who ticks the same records. */
function choiceIdentity({ errorId, isAll, keys }: StoredChoice): string {
  const digest = createHash("sha256")
    .update([...keys].toSorted().join("\n"))
    .digest("hex")
    .slice(0, 32);
  return `${isAll ? "all but" : "only"} ${digest} of error ${errorId}`;
}

function whereOf(part: SelectionPart): AffectedWhere {
  switch (part.kind) {
    case "error":
      return { errorId: part.errorId };
    case "category":
      return { category: part.category };
    case "object":
      return { object: part.object };
    case "record":
      return { record: part.record };
  }
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
