import { type Sentence, sentence } from "../../../language/sentence.ts";
import { storedText } from "../../../language/stored.ts";
import { logAction } from "../../../store/action-log.ts";
import { insertItems, insertRequest } from "../../../store/requests.ts";
import { addAffectedItems } from "../../../store/resync-records.ts";
import { announceToChannel } from "../../announcements/announce.ts";
import type { Connection, MonitorContext } from "../../context.ts";
import type { Actor, Requested, ResyncPreview, ResyncSelection } from "../../monitor.ts";
import { expiryOf, loggedActor, requestedBy } from "../action.ts";
import { cancelRequest } from "../cancel-request.ts";
import { resyncCost } from "./cost.ts";
import { reasonToPause } from "./pause.ts";
import { type ResyncParameters, resyncParameters, resyncSubject } from "./progress.ts";
import { selectRecords } from "./selection.ts";

/** The most records that one request covers. */
const MOST_RECORDS = 100_000;

/** How many records a resync would cover, how, and what it would cost; or why there is nothing to do. */
export async function previewResync(
  context: MonitorContext,
  connection: Connection,
  selection: ResyncSelection,
): Promise<ResyncPreview | { readonly why: Sentence }> {
  const selected = await selectRecords(context, connection, selection);
  if ("why" in selected) return selected;
  const records = recordsIn(selected.counts);
  if (records > MOST_RECORDS) return { why: tooMany(records) };
  const { settings, hubspot, salesforce } = connection;
  const { strategy } = settings.resync;
  const { seconds, ...cost } = resyncCost(strategy, selected.counts, {
    hubspotCallsPerSecond: hubspot.callsPerSecond(),
    hasInclusionList: settings.hubspot.inclusionList !== null,
  });
  const use = salesforce.apiUse();
  const left = use === null ? null : Math.max(0, use.max - use.used);
  return {
    connection: settings.name,
    target: selected.target,
    records,
    strategy,
    cost,
    seconds,
    salesforceLeft: left,
    runsShort: use !== null && left !== null && left - cost.salesforce < use.max * settings.budget.pauseBelow,
    pause: await reasonToPause(context, connection),
    at: context.clock.now(),
  };
}

function recordsIn(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function tooMany(records: number): Sentence {
  return sentence(
    "These are {records, number} records, and one resync covers {most, number} at the most. Name a category, an object or an error.",
    { records, most: MOST_RECORDS },
  );
}

/** Records that somebody wants records resynced and queues the work. The same selection twice is one request. */
export async function requestResync(
  context: MonitorContext,
  connection: Connection,
  selection: ResyncSelection,
  asOf: Date,
  actor: Actor,
): Promise<Requested> {
  const selected = await selectRecords(context, connection, selection);
  if ("why" in selected) return { result: "declined", why: selected.why };
  const records = recordsIn(selected.counts);
  if (records > MOST_RECORDS) return { result: "declined", why: tooMany(records) };
  const { name, resync } = connection.settings;
  const { target } = selected;
  const isNamed = "row" in selected.records;
  const parameters: ResyncParameters = { target, strategy: resync.strategy, asOf: asOf.toISOString(), isNamed };
  const now = context.clock.now();
  return context.db.transaction().execute(async (trx): Promise<Requested> => {
    const { isNew, request } = await insertRequest(trx, {
      id: context.newId(),
      connection: name,
      kind: "resync",
      state: "requested",
      identity: `resync:${name}:${selected.identity ?? storedText(target)}`,
      parameters: JSON.stringify(parameters),
      progress: "{}",
      ...requestedBy(actor),
      requested_at: now,
      expires_at: expiryOf(connection, now),
    });
    if (!isNew) return { result: "joined", requestId: request.id, requestedBy: request.requested_by };
    if ("row" in selected.records) {
      await insertItems(trx, [{ ...selected.records.row, request_id: request.id, position: 1, state: "waiting" }]);
    } else await addAffectedItems(trx, request.id, name, selected.records.anyOf);
    await logAction(trx, {
      at: now,
      connection: name,
      ...loggedActor(actor),
      action: "resync",
      target,
      outcome: "requested",
      detail: sentence(
        "{strategy, select, touch {{records, plural, one {# record} other {# records}}, to be touched} other {{records, plural, one {# record} other {# records}}, whose values are to be written}}",
        { strategy: resync.strategy, records },
      ),
    });
    const { channel } = actor;
    const content = { kind: "request", requestId: request.id } as const;
    const subject = resyncSubject(request);
    if (channel) await announceToChannel(trx, context, { connection: name, channel, subject, content });
    await context.jobs.send({ kind: "resync", requestId: request.id }, { transaction: trx });
    return { result: "accepted", requestId: request.id };
  });
}

/** Has a resync end between two batches. What was sent stays sent. */
export function cancelResync(context: MonitorContext, requestId: string, actor: Actor): Promise<Requested> {
  return cancelRequest(context, requestId, actor, {
    kind: "resync",
    target: (request) => resyncParameters(request).target,
    subject: resyncSubject,
  });
}
