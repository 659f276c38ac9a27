import { instant, type Sentence, sentence } from "../../language/sentence.ts";
import { logAction } from "../../store/action-log.ts";
import { setMute } from "../../store/error-groups.ts";
import { getError } from "../../store/reports.ts";
import { noteInThreads, refreshAnnouncements } from "../announcements/announce.ts";
import type { MonitorContext } from "../context.ts";
import type { Actor, MuteWish, Requested } from "../monitor.ts";
import { errorSubject } from "../poll/record-errors.ts";
import { loggedActor } from "./action.ts";

/**
 * Keeps an error from speaking: it is counted and listed, and announced no more. Muting it again changes the time and the reason.
 */
export async function mute(
  context: MonitorContext,
  errorId: string,
  { until, reason }: MuteWish,
  actor: Actor,
): Promise<Requested> {
  const error = await getError(context.db, errorId.toUpperCase());
  if (error === undefined) return unknown(errorId);
  if (error.resolved_at !== null)
    return {
      result: "declined",
      why: sentence("{id} is resolved: there is nothing to mute. Should it come back, mute it then.", { id: error.id }),
    };
  const at = context.clock.now();
  const subject = errorSubject(error.connection, error.id, error.opened_at);
  return context.db.transaction().execute(async (trx) => {
    await setMute(trx, error.id, { at, until, by: actor.userId, records: error.affected_records, reason });
    await logAction(trx, { ...entry(error, actor, at), action: "mute", detail: muteSentence({ until, reason }) });
    const note = {
      about: "error-muted",
      by: actor.userId,
      until: until?.toISOString() ?? null,
      reason,
      at: at.toISOString(),
    } as const;
    await noteInThreads(trx, context, subject, note);
    await refreshAnnouncements(trx, context, subject);
    return { result: "accepted", requestId: error.id };
  });
}

/** Lets a muted error speak again. */
export async function unmute(context: MonitorContext, errorId: string, actor: Actor): Promise<Requested> {
  const error = await getError(context.db, errorId.toUpperCase());
  if (error === undefined) return unknown(errorId);
  if (error.muted_at === null) return { result: "declined", why: sentence("{id} isn't muted.", { id: error.id }) };
  const at = context.clock.now();
  const subject = errorSubject(error.connection, error.id, error.opened_at);
  return context.db.transaction().execute(async (trx) => {
    await setMute(trx, error.id, null);
    await logAction(trx, { ...entry(error, actor, at), action: "unmute", detail: null });
    await noteInThreads(trx, context, subject, { about: "error-unmuted", by: actor.userId, at: at.toISOString() });
    await refreshAnnouncements(trx, context, subject);
    return { result: "accepted", requestId: error.id };
  });
}

function muteSentence({ until, reason }: MuteWish): Sentence {
  if (until === null) {
    return reason === null ? sentence("until it is resolved") : sentence("until it is resolved: {reason}", { reason });
  }
  const values = { until: instant(until) };
  return reason === null ? sentence("until {until}", values) : sentence("until {until}: {reason}", { ...values, reason });
}

function unknown(errorId: string): Requested {
  return {
    result: "declined",
    why: sentence("I know no error {id}. `/sync errors` lists those that are open, with their ids.", {
      id: errorId.slice(0, 80),
    }),
  };
}

function entry({ id, connection }: { readonly id: string; readonly connection: string }, actor: Actor, at: Date) {
  return { at, connection, ...loggedActor(actor), target: id, outcome: "done" as const };
}
