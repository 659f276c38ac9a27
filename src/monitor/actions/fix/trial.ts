import { RefusedError } from "../../../health/refusal.ts";
import type { Said } from "../../../language/sentence.ts";
import { recordKey } from "../../../records/pairing.ts";
import type { SalesforceValue } from "../../../records/record.ts";
import type { MonitorContext } from "../../context.ts";
import { pendingWrite, tryInSalesforce } from "../../poll/diagnose-salesforce.ts";
import { loadSchemaCache } from "../../poll/schema.ts";
import { situationsOf } from "../../poll/situation.ts";
import type { Prepared } from "./form.ts";

/** One call where nothing fails, two where each failure shows. */
const MAX_CALLS = 2;

/**
 * What Salesforce would say to the record once HubSpot has the value: all that would travel is written and undone, as the polls do.
 * Null where it takes the value, where what it refuses is another field's matter, or where that isn't to be tried.
 */
export async function refusedInTrial(context: MonitorContext, prepared: Prepared, after: SalesforceValue): Promise<Said | null> {
  try {
    return await tried(context, prepared, after);
  } catch (error) {
    // A Salesforce that can't be asked is the polls' matter; the verification tells what came of the value.
    if (error instanceof RefusedError) return null;
    throw error;
  }
}

async function tried(
  context: MonitorContext,
  { connection, remedy, held, record }: Prepared,
  after: SalesforceValue,
): Promise<Said | null> {
  const { settings } = connection;
  if (remedy.system !== "hubspot" || !settings.diagnosis.rolledBackWrites || record.salesforce === null) return null;
  const reference = {
    object: held.object,
    hubspotId: held.hubspot_id,
    salesforceObject: held.salesforce_object,
    salesforceId: held.salesforce_id,
    label: held.label,
  };
  const now = context.clock.now();
  const cache = await loadSchemaCache(context, connection);
  const situated = (await situationsOf(connection, cache, [reference], now)).get(recordKey(reference));
  if (situated?.situation.state !== "pair") return null;
  const { hubspot, salesforce, differences } = situated.situation;
  const travelling = differences.filter(({ direction }) => direction === "hubspot-to-salesforce").map(({ mapping }) => mapping);
  const mappings = [...new Set([...travelling, remedy.mapping])];
  const mended = { ...hubspot, properties: { ...hubspot.properties, [remedy.field]: after === null ? null : String(after) } };
  const target = { object: salesforce.object, record: salesforce, id: salesforce.id };
  const pending = pendingWrite(connection, cache, held.record_key, situated.reference, mended, target, mappings);
  const { findings } = await tryInSalesforce(connection, cache, [pending], MAX_CALLS, now);
  const own = findings.get(held.record_key)?.find(({ salesforceField }) => salesforceField === remedy.mapping.salesforceField);
  return own === undefined ? null : own.evidence.statement;
}
