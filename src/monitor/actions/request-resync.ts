import { logAction } from "../../store/action-log.ts";
import { insertItems, insertRequest } from "../../store/requests.ts";
import { announceToChannel } from "../announcements/announce.ts";
import type { Connection, MonitorContext } from "../context.ts";
import type { Actor, Requested, ResyncPreview, ResyncSelection } from "../monitor.ts";
import { expiryOf, loggedActor, requestedBy } from "./action.ts";
import { cancelRequest } from "./cancel-request.ts";
import { resyncParameters } from "./resync-progress.ts";
import { selectRecords } from "./resync-selection.ts";

const HUBSPOT_BATCH = 100;
const SALESFORCE_BATCH = 200;
const READ_BATCH = 2000;

/** How many records a resync would cover, how, and what it would cost in API calls; or why there is nothing to do. */
export async function previewResync(
  context: MonitorContext,
  connection: Connection,
  selection: ResyncSelection,
): Promise<ResyncPreview | { readonly why: string }> {
  const selected = await selectRecords(context, connection, selection);
  if ("why" in selected) return selected;
  const { strategy } = connection.settings.resync;
  const records = selected.records.length;
  const cost = { salesforce: costInSalesforce(strategy, records), hubspot: Math.ceil(records / HUBSPOT_BATCH) };
  return { connection: connection.settings.name, target: selected.target, records, strategy, cost };
}

/** Touching costs Salesforce nothing but the look at the outcome; writing costs the look before and the writes. */
function costInSalesforce(strategy: "touch" | "write", records: number): number {
  const look = Math.ceil(records / READ_BATCH);
  return strategy === "touch" ? look : 2 * look + Math.ceil(records / SALESFORCE_BATCH);
}

/** Records that somebody wants records resynced and queues the work. The same selection twice is one request. */
export async function requestResync(
  context: MonitorContext,
  connection: Connection,
  selection: ResyncSelection,
  actor: Actor,
): Promise<Requested> {
  const selected = await selectRecords(context, connection, selection);
  if ("why" in selected) return { result: "declined", why: selected.why };
  const { name, resync } = connection.settings;
  const { target, records } = selected;
  const now = context.clock.now();
  return context.db.transaction().execute(async (trx): Promise<Requested> => {
    const { isNew, request } = await insertRequest(trx, {
      id: context.newId(),
      connection: name,
      kind: "resync",
      state: "requested",
      identity: `resync:${name}:${target}`,
      parameters: JSON.stringify({ target, strategy: resync.strategy }),
      progress: "{}",
      ...requestedBy(actor),
      requested_at: now,
      expires_at: expiryOf(connection, now),
    });
    if (!isNew) return { result: "joined", requestId: request.id, requestedBy: request.requested_by };
    const items = records.map((record, position) => ({ ...record, request_id: request.id, position, state: "waiting" as const }));
    await insertItems(trx, items);
    await logAction(trx, {
      at: now,
      connection: name,
      ...loggedActor(actor),
      action: "resync",
      target,
      outcome: "requested",
      detail: `${records.length} records, strategy ${resync.strategy}`,
    });
    const { channel } = actor;
    const content = { kind: "request", requestId: request.id } as const;
    if (channel) await announceToChannel(trx, context, { connection: name, channel, subject: `request:${request.id}`, content });
    await context.jobs.send({ kind: "resync", requestId: request.id }, { transaction: trx });
    return { result: "accepted", requestId: request.id };
  });
}

/** Has a resync end between two batches. What was sent stays sent. */
export function cancelResync(context: MonitorContext, requestId: string, actor: Actor): Promise<Requested> {
  return cancelRequest(context, requestId, actor, {
    kind: "resync",
    target: (request) => resyncParameters(request).target,
    subject: (id) => `request:${id}`,
  });
}
