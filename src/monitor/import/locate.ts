import { type ExportedError, isUnderstood, type NotUnderstood, type ReadLine } from "../../health/import/line.ts";
import { RefusedError } from "../../health/refusal.ts";
import type { RecordReference } from "../../health/sync-errors.ts";
import { type Sentence, sentence } from "../../language/sentence.ts";
import { recordKey, salesforceLink } from "../../records/pairing.ts";
import { type HubSpotRecord, LINK_PROPERTIES } from "../../records/record.ts";
import { affectedByEmail, type StoredReference, trackedByIds } from "../../store/imports.ts";
import type { Connection, MonitorContext } from "../context.ts";

/** A line with the record that it is about. */
export interface LocatedLine {
  readonly line: ExportedError;
  readonly key: string;
  readonly reference: RecordReference;
}

/** What is known of the records that some lines name. */
interface Known {
  readonly byId: ReadonlyMap<string, readonly StoredReference[]>;
  readonly byEmail: ReadonlyMap<string, StoredReference>;
  readonly inHubSpot: ReadonlyMap<string, HubSpotRecord>;
  /** HubSpot could not be asked for emails. */
  readonly isUnasked: boolean;
}

/**
 * Finds the records that lines are about: by HubSpot id, Salesforce id, or the email of a record in error. HubSpot is asked for
 * emails that nothing else tells, 100 or so a call.
 */
export async function locate(
  { db }: Pick<MonitorContext, "db">,
  connection: Connection,
  lines: readonly ReadLine[],
): Promise<readonly (LocatedLine | NotUnderstood)[]> {
  const { name, objects } = connection.settings;
  const errors = lines.filter(isUnderstood);
  const hubspot = errors.flatMap(({ hubspotId }) => hubspotId ?? []);
  const salesforce = errors.flatMap(({ salesforceId }) => salesforceId ?? []);
  const byId = new Map<string, StoredReference[]>();
  for (const row of await trackedByIds(db, name, { hubspot, salesforce })) {
    for (const id of [row.hubspot_id, row.salesforce_id]) if (id !== null) byId.set(id, [...(byId.get(id) ?? []), row]);
  }
  const needEmail = errors.filter((line) => line.email !== null && !isIdentified(line, byId));
  const emails = [...new Set(needEmail.flatMap(({ email }) => email ?? []))];
  const byEmail = await affectedByEmail(db, name, emails);
  const asked = objects.includes("contacts") ? emails.filter((email) => !byEmail.has(email)) : [];
  const inHubSpot = await askHubSpot(connection, asked);
  const known: Known = { byId, byEmail, inHubSpot: inHubSpot ?? new Map(), isUnasked: inHubSpot === null };
  return lines.map((line) => (isUnderstood(line) ? locateLine(line, known, connection) : line));
}

function isIdentified({ object, hubspotId, salesforceId }: ExportedError, byId: Known["byId"]): boolean {
  return salesforceId !== null || (hubspotId !== null && (object !== null || byId.has(hubspotId)));
}

/** Null where HubSpot refuses. */
async function askHubSpot(
  { hubspot }: Connection,
  emails: readonly string[],
): Promise<ReadonlyMap<string, HubSpotRecord> | null> {
  if (emails.length === 0) return new Map();
  try {
    const records = await hubspot.recordsByProperty("contacts", "email", emails, ["email", ...Object.values(LINK_PROPERTIES)]);
    return new Map(records.map((record) => [record.properties.email?.toLowerCase() ?? "", record]));
  } catch (error) {
    if (error instanceof RefusedError) return null;
    throw error;
  }
}

function locateLine(line: ExportedError, known: Known, { settings }: Connection): LocatedLine | NotUnderstood {
  const reference = storedReference(line, known) ?? ownReference(line) ?? foundReference(line, known);
  if (reference === null) return { line: line.line, reason: whyUnknown(line, known) };
  if (!settings.objects.includes(reference.object)) {
    return {
      line: line.line,
      reason: sentence(
        "{object, select, contacts {contacts don't sync in the connection {connection}} companies {companies don't sync in the connection {connection}} deals {deals don't sync in the connection {connection}} other {tasks don't sync in the connection {connection}}}",
        { object: reference.object, connection: settings.name },
      ),
    };
  }
  return { line, key: recordKey(reference), reference };
}

/** The record as the polls know it: their ids of it may be more than the line has. */
function storedReference(line: ExportedError, { byId, byEmail }: Known): RecordReference | null {
  const { object, hubspotId, salesforceId, email } = line;
  const rows = [hubspotId, salesforceId].flatMap((id) => (id === null ? [] : (byId.get(id) ?? [])));
  const own = rows.filter(
    (row) =>
      (object === null || row.object === object) &&
      (hubspotId === null || row.hubspot_id === null || row.hubspot_id === hubspotId),
  );
  const keys = new Set(own.map((row) => row.record_key));
  // The same number may be a contact's and a company's id.
  const isAmbiguous = keys.size > 1 && object === null && salesforceId === null;
  const row =
    (isAmbiguous ? undefined : (own.find((one) => one.hubspot_id !== null) ?? own[0])) ??
    (email === null || isIdentified(line, byId) ? undefined : byEmail.get(email));
  if (row === undefined) return null;
  // The key of one that is known by its Salesforce id alone has no HubSpot id in it.
  const isBySalesforce = row.record_key.startsWith("salesforce:");
  return {
    object: row.object,
    hubspotId: isBySalesforce ? null : row.hubspot_id,
    salesforceObject: row.salesforce_object ?? line.salesforceObject,
    salesforceId: row.salesforce_id ?? salesforceId,
    label: labelOf(line),
  };
}

function ownReference(line: ExportedError): RecordReference | null {
  const { object, hubspotId, salesforceObject, salesforceId } = line;
  if (object === null || (hubspotId === null && salesforceId === null)) return null;
  return { object, hubspotId, salesforceObject, salesforceId, label: labelOf(line) };
}

function foundReference(line: ExportedError, { inHubSpot }: Known): RecordReference | null {
  const record = line.email === null ? undefined : inHubSpot.get(line.email);
  if (record === undefined || (line.hubspotId !== null && line.hubspotId !== record.id)) return null;
  const link = salesforceLink(record);
  return {
    object: "contacts",
    hubspotId: record.id,
    salesforceObject: link?.object ?? null,
    salesforceId: link?.id ?? null,
    label: labelOf(line),
  };
}

function labelOf({ email, name, hubspotId, salesforceId }: ExportedError): string {
  return email ?? name ?? hubspotId ?? salesforceId ?? "record without a name";
}

function whyUnknown({ email, hubspotId }: ExportedError, { isUnasked }: Known): Sentence {
  if (hubspotId !== null) {
    return sentence("HubSpot's id {id} alone doesn't tell whether it is a contact, a company or a deal", { id: hubspotId });
  }
  if (isUnasked) {
    return sentence("it names its record by the email {email} alone, and HubSpot could not be asked whose it is", {
      email: email ?? "",
    });
  }
  return sentence("HubSpot has no contact with the email {email}", { email: email ?? "" });
}
