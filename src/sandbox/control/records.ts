import { z } from "zod";
import { type AccountRefusal, type HubSpotAccount, OBJECT_TYPES } from "../hubspot/model.ts";
import type { Fields, SaveResult } from "../salesforce/model.ts";
import type { LocalOrg } from "../salesforce/org.ts";
import { ControlRefusal } from "./refusal.ts";

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const values = z.record(z.string(), value);
const id = z.string().min(1);
const change = z.union([z.strictObject({ id, fields: values }), z.strictObject({ id, properties: values })]);

function oneOrMany<Shape>(schema: z.ZodType<Shape>) {
  return z.union([schema, z.array(schema)]).transform((given) => (Array.isArray(given) ? (given as Shape[]) : [given as Shape]));
}

export const recordsSchema = z
  .strictObject({
    system: z.enum(["salesforce", "hubspot"]),
    object: z.string().min(1),
    create: oneOrMany(values).optional(),
    update: oneOrMany(change).optional(),
    delete: oneOrMany(id).optional(),
  })
  .refine((edit) => edit.create ?? edit.update ?? edit.delete, "Say what to do: create, update or delete");

export type RecordsEdit = z.output<typeof recordsSchema>;

export interface EditedRecords {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly deleted: readonly string[];
}

/** A person edits one of the CRMs, all its rules applied. Throws `ControlRefusal` with the CRM's own words when it refuses. */
export function editRecords(edit: RecordsEdit, org: LocalOrg, account: HubSpotAccount, personId: string): EditedRecords {
  return edit.system === "salesforce" ? editSalesforce(edit, org, personId) : editHubSpot(edit, account);
}

function changesOf(edit: RecordsEdit): readonly { readonly id: string; readonly values: Fields }[] {
  return (edit.update ?? []).map((entry) => ({ id: entry.id, values: "fields" in entry ? entry.fields : entry.properties }));
}

function editSalesforce(edit: RecordsEdit, org: LocalOrg, personId: string): EditedRecords {
  const { object } = edit;
  if (![...org.data.metadata.keys()].includes(object)) throw new ControlRefusal(404, `Salesforce has no object ${object}`);
  const person = { userId: personId, app: "Salesforce" };
  const save = (recordId: string | null, fields: Fields) => {
    const [result] = org.save(person, [{ object, id: recordId, fields }]);
    return done(result);
  };
  return {
    created: (edit.create ?? []).map((fields) => save(null, fields)),
    updated: changesOf(edit).map(({ id: recordId, values: fields }) => save(recordId, fields)),
    deleted: (edit.delete ?? []).map((recordId) => done(org.remove(person, object, recordId))),
  };
}

function done(result: SaveResult | undefined): string {
  if (result?.success) return result.id;
  const why = result?.errors.map((error) => `${error.statusCode}: ${error.message}`).join("; ");
  throw new ControlRefusal(400, `Salesforce refuses: ${why}`);
}

function editHubSpot(edit: RecordsEdit, account: HubSpotAccount): EditedRecords {
  const object = OBJECT_TYPES.find((known) => known === edit.object);
  if (!object) throw new ControlRefusal(404, `HubSpot has no object ${edit.object}: ${OBJECT_TYPES.join(", ")}`);
  const written = (outcome: ReturnType<HubSpotAccount["create"]>): string => {
    if (outcome.ok) return outcome.record.id;
    throw refusedByHubSpot(outcome.refusal);
  };
  return {
    created: (edit.create ?? []).map((properties) => written(account.create(object, texts(properties), "CRM_UI"))),
    updated: changesOf(edit).map((entry) => written(account.update(object, entry.id, texts(entry.values), "CRM_UI"))),
    deleted: (edit.delete ?? []).map((recordId) => {
      if (!account.get(object, recordId)) throw new ControlRefusal(404, `HubSpot has no ${object} record ${recordId}`);
      account.archive(object, recordId);
      return recordId;
    }),
  };
}

function refusedByHubSpot(refusal: AccountRefusal): ControlRefusal {
  return new ControlRefusal(refusal.status === 404 ? 404 : 400, `HubSpot refuses: ${refusal.message}`);
}

/** HubSpot keeps every value as text. */
function texts(fields: Fields): Record<string, string | null> {
  return Object.fromEntries(Object.entries(fields).map(([name, held]) => [name, held === null ? null : String(held)]));
}
