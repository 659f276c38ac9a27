import type { Transaction } from "kysely";
import { logAction } from "../../store/action-log.ts";
import type { StoredRequest } from "../../store/requests.ts";
import type { Database } from "../../store/schema.ts";

/** Leaves the line in the action log that tells how a requested action ended. */
export async function finishAction(
  trx: Transaction<Database>,
  request: Pick<StoredRequest, "connection" | "requested_by" | "channel">,
  what: {
    readonly action: string;
    readonly target: string;
    readonly outcome: string;
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
  });
}
