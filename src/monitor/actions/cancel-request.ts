import { type Said, type Sentence, sentence } from "../../language/sentence.ts";
import { logAction } from "../../store/action-log.ts";
import { changeRequest, type StoredRequest } from "../../store/requests.ts";
import { refreshAnnouncements } from "../announcements/announce.ts";
import type { MonitorContext } from "../context.ts";
import type { Actor, Requested } from "../monitor.ts";
import { loggedActor, outcomeOf } from "./action.ts";

/** Work that can be ended before it is done. */
export interface Cancellable {
  readonly kind: "resync" | "clear" | "audit" | "fix";
  /** What the action log names. */
  readonly target: (request: StoredRequest) => Said;
  /** What the messages about it are about. */
  readonly subject: (request: StoredRequest) => string;
}

/** Has a request end at its next resting place. What is done stays done. */
export async function cancelRequest(
  context: MonitorContext,
  requestId: string,
  actor: Actor,
  { kind, target, subject }: Cancellable,
): Promise<Requested> {
  return context.db.transaction().execute(async (trx): Promise<Requested> => {
    // Locked: of two people who cancel at once, the second is told of the first.
    const request = await trx.selectFrom("request").selectAll().where("id", "=", requestId).forUpdate().executeTakeFirst();
    if (request?.kind !== kind) return { result: "declined", why: noSuch(kind) };
    if (request.finished_at !== null) return { result: "declined", why: overAlready(kind, outcomeOf(request)) };
    if (request.cancel_requested_by !== null) return { result: "joined", requestId, requestedBy: request.cancel_requested_by };
    await changeRequest(trx, requestId, { cancel_requested_by: actor.userId });
    await logAction(trx, {
      at: context.clock.now(),
      connection: request.connection,
      ...loggedActor(actor),
      action: `cancel ${kind}`,
      target: target(request),
      outcome: "requested",
      detail: null,
    });
    await refreshAnnouncements(trx, context, subject(request));
    await context.jobs.send({ kind, requestId }, { transaction: trx });
    return { result: "accepted", requestId };
  });
}

function noSuch(kind: Cancellable["kind"]): Sentence {
  return sentence(
    "{kind, select, resync {There is no such resync.} clear {There is no such clear.} audit {There is no such audit.} other {There is no such fix.}}",
    { kind },
  );
}

function overAlready(kind: Cancellable["kind"], outcome: Said | null): Sentence {
  return sentence(
    "{kind, select, resync {This resync is over already: {outcome}} clear {This clear is over already: {outcome}} audit {This audit is over already: {outcome}} other {This fix is over already: {outcome}}}",
    { kind, outcome: outcome ?? "" },
  );
}
