import type { Transaction } from "kysely";
import type { RequestState } from "../../health/report.ts";
import type { Said } from "../../language/sentence.ts";
import { saidOf, storedText } from "../../language/stored.ts";
import { logAction } from "../../store/action-log.ts";
import type { StoredRequest } from "../../store/requests.ts";
import type { Database } from "../../store/schema.ts";
import type { Connection } from "../context.ts";
import type { Actor } from "../monitor.ts";

/** How a request may end. */
export type FinalState = Exclude<RequestState, "requested" | "running" | "verifying">;

/** When a request that is made now is given up, wherever it is by then. */
export function expiryOf({ settings }: Connection, now: Date): Date {
  return new Date(now.getTime() + settings.requestsExpireMs);
}

export function hasExpired({ expires_at }: Pick<StoredRequest, "expires_at">, now: Date): boolean {
  return expires_at !== null && expires_at <= now;
}

/** How the action log names who did something, where, and by which right. */
export function loggedActor({ userId, channel, allowedAs }: Actor) {
  return { user_id: userId, channel, allowed_as: allowedAs };
}

/** How a request names who asked for it, where, and by which right. */
export function requestedBy({ userId, channel, messageTs, allowedAs }: Actor) {
  const allowed_as = allowedAs === null ? null : storedText(allowedAs);
  return { requested_by: userId, channel, message_ts: messageTs, allowed_as };
}

/** By which right a request was asked for; null where none was needed. */
export function rightOf({ allowed_as }: Pick<StoredRequest, "allowed_as">): Said | null {
  return allowed_as === null ? null : saidOf(allowed_as);
}

/** What came of a request, in a sentence; null before its end. */
export function outcomeOf({ outcome }: Pick<StoredRequest, "outcome">): Said | null {
  return outcome === null ? null : saidOf(outcome);
}

/** Leaves the line in the action log that tells how a requested action ended. */
export async function finishAction(
  trx: Transaction<Database>,
  request: Pick<StoredRequest, "id" | "connection" | "requested_by" | "channel" | "allowed_as">,
  what: {
    readonly action: string;
    readonly target: Said;
    readonly outcome: Said;
    readonly at: Date;
    readonly failed: boolean;
  },
): Promise<void> {
  await logAction(trx, {
    at: what.at,
    connection: request.connection,
    user_id: request.requested_by,
    action: what.action,
    target: what.target,
    outcome: what.failed ? "failed" : "done",
    detail: what.outcome,
    channel: request.channel,
    allowed_as: rightOf(request),
    request_id: request.id,
  });
}
