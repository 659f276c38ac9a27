import { RefusedError } from "../../health/refusal.ts";
import type { RecordReference } from "../../health/sync-errors.ts";
import { type Sentence, sentence } from "../../language/sentence.ts";
import type { HubSpotRecord } from "../../records/record.ts";
import type { RecordQuery } from "../../records/record-query.ts";
import { getConnectionState } from "../../store/connection-state.ts";
import { affectedRecords } from "../../store/resync-records.ts";
import type { Connection, MonitorContext } from "../context.ts";
import { propertiesToRead } from "../poll/fields.ts";
import { linksOf } from "../reports.ts";
import type { CheckOutcome, CheckReport } from "./check-report.ts";
import { stampOf } from "./last-sync.ts";
import { locate, referenceTo } from "./locate.ts";
import { readStored, reasonsOf, suspensionOf } from "./stored.ts";

/** What can be said where Salesforce isn't asked or doesn't answer, or HubSpot doesn't: HubSpot's side and what polls have stored. */
export async function inHubSpotAlone(
  context: MonitorContext,
  connection: Connection,
  query: RecordQuery,
  why: Sentence,
): Promise<CheckOutcome> {
  const { settings } = connection;
  const state = await getConnectionState(context.db, settings.name);
  const links = await linksOf(context, settings.name);
  let hubspot: HubSpotRecord | null = null;
  let reference: RecordReference | null = null;
  try {
    const { records, isAmbiguous } = await locate(connection, query, { inSalesforce: false });
    if (isAmbiguous) return { outcome: "several", records, links };
    reference = records[0] ?? null;
    hubspot = reference?.hubspotId ? await readOne(connection, reference.object, reference.hubspotId) : null;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
  }
  reference =
    (hubspot === null ? null : referenceTo(hubspot)) ?? reference ?? (await knownReference(context, settings.name, query));
  if (reference === null) return { outcome: "declined", why: sentence("{why}. So I can't look this record up now.", { why }) };
  const stored = await readStored(context, connection, reference, state, links);
  const notRead = { verdict: "unreadable", side: "salesforce" } as const;
  const fields = settings.mappings
    .filter(
      ({ object, salesforceObject, rule }) =>
        object === hubspot?.object && salesforceObject === reference.salesforceObject && rule !== "none",
    )
    .map(({ hubspotProperty, salesforceField, rule }) => {
      const hubspotValue = hubspot?.properties[hubspotProperty] || null;
      return { hubspotProperty, salesforceField, rule, hubspotValue, salesforceValue: null, verdict: notRead, changed: null };
    });
  const report: CheckReport = {
    connection: settings.name,
    at: context.clock.now(),
    record: reference,
    verdict: { state: "not-known", why },
    pairing: { state: "not-known", property: null, object: reference.salesforceObject, id: reference.salesforceId, concerns: [] },
    inclusion: null,
    fields,
    reasons: await reasonsOf(context, connection, { findings: [], earlierStands: true }, stored, reference),
    lastSync: { stampedAt: stampOf(hubspot), toHubSpotAt: null, toSalesforceAt: null },
    trial: { state: "not-needed" },
    suspension: suspensionOf(stored),
    links,
  };
  return { outcome: "checked", report };
}

async function readOne(
  { hubspot, settings }: Connection,
  object: RecordReference["object"],
  id: string,
): Promise<HubSpotRecord | null> {
  for await (const [record] of hubspot.recordsByIds(object, [id], propertiesToRead(settings, object))) return record ?? null;
  return null;
}

/** The record as polls have stored it, if an error holds it back. */
async function knownReference(
  { db }: Pick<MonitorContext, "db">,
  connection: string,
  query: RecordQuery,
): Promise<RecordReference | null> {
  const record = query.kind === "email" ? query.email : query.id;
  const [row] = await affectedRecords(db, connection, { record }, 1);
  if (row === undefined) return null;
  return {
    object: row.object,
    hubspotId: row.hubspot_id,
    salesforceObject: row.salesforce_object,
    salesforceId: row.salesforce_id,
    label: row.label,
  };
}
