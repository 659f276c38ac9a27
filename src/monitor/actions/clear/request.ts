import { sentence } from "../../../language/sentence.ts";
import { logAction } from "../../../store/action-log.ts";
import { outdateSchemaPart } from "../../../store/connection-state.ts";
import { getSuspension } from "../../../store/reports.ts";
import { insertRequest } from "../../../store/requests.ts";
import { noteInThreads, refreshAnnouncements } from "../../announcements/announce.ts";
import type { MonitorContext } from "../../context.ts";
import type { Actor, Requested } from "../../monitor.ts";
import { suspensionSubject } from "../../suspension-subject.ts";
import { expiryOf, loggedActor, requestedBy } from "../action.ts";
import { cancelRequest } from "../cancel-request.ts";
import { clearedSuspensionId, clearIdentity, NEW_CLEAR } from "./progress.ts";

/** Records that somebody wants a suspension cleared and queues the work. The same wish twice is one request. */
export async function requestClear(context: MonitorContext, suspensionId: string, actor: Actor): Promise<Requested> {
  const suspension = await getSuspension(context.db, suspensionId);
  if (!suspension?.opened_at)
    return { result: "declined", why: sentence("There is no such suspension. `/sync suspension` shows the current one.") };
  if (suspension.state === "closed") {
    const why =
      suspension.close_reason === "cleared"
        ? sentence("This suspension was cleared already: the sync moves again.")
        : sentence("This suspension has ended by itself already: the sync moves again.");
    return { result: "declined", why };
  }
  const connection = context.connections.get(suspension.connection);
  if (!connection)
    return { result: "declined", why: sentence("Its connection is no longer configured, so there is nothing to clear.") };
  const now = context.clock.now();
  const subject = suspensionSubject(suspensionId);
  return context.db.transaction().execute(async (trx): Promise<Requested> => {
    const { isNew, request } = await insertRequest(trx, {
      id: context.newId(),
      connection: suspension.connection,
      kind: "clear",
      state: "requested",
      identity: clearIdentity(suspensionId),
      parameters: JSON.stringify({ suspensionId }),
      progress: JSON.stringify(NEW_CLEAR),
      ...requestedBy(actor),
      requested_at: now,
      expires_at: expiryOf(connection, now),
    });
    if (!isNew) return { result: "joined", requestId: request.id, requestedBy: request.requested_by };
    await trx
      .updateTable("suspension")
      .set({ cleared_by: actor.userId })
      .where("id", "=", suspensionId)
      .where("state", "!=", "closed")
      .execute();
    await logAction(trx, {
      at: now,
      connection: suspension.connection,
      ...loggedActor(actor),
      action: "clear",
      target: suspension.kind,
      outcome: "requested",
      detail: null,
    });
    await noteInThreads(trx, context, subject, { about: "clear-started", by: actor.userId, at: now.toISOString() });
    await refreshAnnouncements(trx, context, subject);
    // Read seldom; a cause is only tested again by a fresh look.
    await outdateSchemaPart(trx, suspension.connection, "salesforce:share");
    await context.jobs.send({ kind: "clear", requestId: request.id }, { transaction: trx });
    await context.jobs.send({ kind: "poll", connection: suspension.connection }, { transaction: trx });
    return { result: "accepted", requestId: request.id };
  });
}

/** Has a clear end at its next look. What was nudged stays nudged, and the suspension stands as it stands. */
export function cancelClear(context: MonitorContext, requestId: string, actor: Actor): Promise<Requested> {
  return cancelRequest(context, requestId, actor, {
    kind: "clear",
    target: clearedSuspensionId,
    subject: (request) => suspensionSubject(clearedSuspensionId(request)),
  });
}

/** Leaves word who looks after a suspension. The first to say so is named. */
export async function acknowledge(context: MonitorContext, suspensionId: string, actor: Actor): Promise<Requested> {
  const now = context.clock.now();
  const subject = suspensionSubject(suspensionId);
  return context.db.transaction().execute(async (trx): Promise<Requested> => {
    const suspension = await trx
      .selectFrom("suspension")
      .selectAll()
      .where("id", "=", suspensionId)
      .forUpdate()
      .executeTakeFirst();
    if (!suspension?.opened_at)
      return { result: "declined", why: sentence("There is no such suspension. `/sync suspension` shows the current one.") };
    if (suspension.acknowledged_by !== null) {
      return { result: "joined", requestId: suspensionId, requestedBy: suspension.acknowledged_by };
    }
    if (suspension.state === "closed")
      return { result: "declined", why: sentence("This suspension is over: there is nothing left to acknowledge.") };
    await trx
      .updateTable("suspension")
      .set({ acknowledged_by: actor.userId, acknowledged_at: now })
      .where("id", "=", suspensionId)
      .execute();
    await logAction(trx, {
      at: now,
      connection: suspension.connection,
      ...loggedActor(actor),
      action: "acknowledge",
      target: suspension.kind,
      outcome: "done",
      detail: null,
    });
    await noteInThreads(trx, context, subject, { about: "suspension-acknowledged", by: actor.userId, at: now.toISOString() });
    await refreshAnnouncements(trx, context, subject);
    return { result: "accepted", requestId: suspensionId };
  });
}
