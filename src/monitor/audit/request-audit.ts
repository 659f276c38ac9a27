import { RefusedError } from "../../health/refusal.ts";
import { logAction } from "../../store/action-log.ts";
import { insertRequest, newestOfKind } from "../../store/requests.ts";
import { expiryOf, loggedActor, requestedBy } from "../actions/action.ts";
import { cancelRequest } from "../actions/cancel-request.ts";
import { announceToChannel } from "../announcements/announce.ts";
import type { Connection, MonitorContext } from "../context.ts";
import type { Actor, AuditPreview, Requested } from "../monitor.ts";
import { auditProgress } from "./audit-progress.ts";
import { auditSubject } from "./audit-subject.ts";
import { auditedObjects, auditedSalesforceObjects, readingCost, stagesOf } from "./plan.ts";

/** Who asks for the nightly audit, in the action log. */
export const NIGHTLY: Actor = { userId: "configuration", channel: null, messageTs: null, allowedAs: null };

/** HubSpot takes at least 100 calls in 10 s, of which the limiter uses 90; a page of Salesforce's takes about a second. */
const HUBSPOT_CALLS_PER_SECOND = 9;
const SECONDS_PER_SALESFORCE_CALL = 1;

/**
 * How many records there are on both sides and what reading all of them costs: one Salesforce call and one HubSpot search an
 * object. What a system doesn't tell is what the last audit read, else not known.
 */
export async function previewAudit(context: MonitorContext, connection: Connection): Promise<AuditPreview> {
  const { name } = connection.settings;
  const counted = await countRecords(connection);
  const [last] = await newestOfKind(context.db, name, "audit", 1);
  const before = last === undefined ? {} : auditProgress(last).read;
  const objects = [...auditedSalesforceObjects(connection.settings), ...auditedObjects(connection.settings)];
  const records: Record<string, number> = {};
  for (const object of objects) {
    const known = counted.get(object) ?? before[object];
    if (known !== undefined) records[object] = known;
  }
  const cost = readingCost(records, connection.settings);
  const use = connection.salesforce.apiUse();
  const share = Math.min(connection.settings.audit.shareOfDailyLimit, connection.settings.budget.shareOfDailyLimit);
  return {
    connection: name,
    records,
    uncounted: objects.filter((object) => records[object] === undefined),
    cost,
    seconds: Math.ceil(cost.hubspot / HUBSPOT_CALLS_PER_SECOND + cost.salesforce * SECONDS_PER_SALESFORCE_CALL),
    salesforceCallsADay: use === null ? null : Math.floor(use.max * share),
    running: last !== undefined && last.finished_at === null ? last.id : null,
  };
}

async function countRecords({ salesforce, hubspot, settings }: Connection): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const orNothing = async (count: () => Promise<void>) =>
    count().catch((error: unknown) => {
      if (!(error instanceof RefusedError)) throw error;
    });
  await orNothing(async () => {
    for (const [object, count] of await salesforce.recordCounts(auditedSalesforceObjects(settings))) counts.set(object, count);
  });
  for (const object of auditedObjects(settings)) {
    await orNothing(async () => void counts.set(object, await hubspot.recordCount(object)));
  }
  return counts;
}

/** Records that somebody, or the clock, wants an audit, and queues the work. One at a time for each connection. */
export async function requestAudit(
  context: MonitorContext,
  connection: Connection,
  expected: Readonly<Record<string, number>>,
  actor: Actor,
): Promise<Requested> {
  const { name } = connection.settings;
  const now = context.clock.now();
  const { channel } = actor;
  return context.db.transaction().execute(async (trx): Promise<Requested> => {
    const { isNew, request } = await insertRequest(trx, {
      id: context.newId(),
      connection: name,
      kind: "audit",
      state: "requested",
      identity: `audit:${name}`,
      parameters: JSON.stringify({ stages: stagesOf(connection.settings), isNightly: actor === NIGHTLY }),
      progress: JSON.stringify({ expected }),
      ...requestedBy(actor),
      requested_at: now,
      expires_at: expiryOf(connection, now),
    });
    if (!isNew) return { result: "joined", requestId: request.id, requestedBy: request.requested_by };
    await logAction(trx, {
      at: now,
      connection: name,
      ...loggedActor(actor),
      action: "audit",
      target: name,
      outcome: "requested",
      detail: null,
    });
    const content = { kind: "audit", requestId: request.id } as const;
    if (channel) await announceToChannel(trx, context, { connection: name, channel, subject: auditSubject(request.id), content });
    await context.jobs.send({ kind: "audit", requestId: request.id }, { transaction: trx });
    return { result: "accepted", requestId: request.id };
  });
}

/** Has an audit end after the page that it reads. What it has found so far is kept. */
export function cancelAudit(context: MonitorContext, requestId: string, actor: Actor): Promise<Requested> {
  return cancelRequest(context, requestId, actor, {
    kind: "audit",
    target: ({ connection }) => connection,
    subject: ({ id }) => auditSubject(id),
  });
}
