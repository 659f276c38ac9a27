import type { Transaction } from "kysely";
import type { Database } from "../../store/schema.ts";
import { settleError, untoldErrors } from "../../store/sync-errors.ts";
import { announceToSubscribers, noteInThreads, refreshAnnouncements } from "../announcements/announce.ts";
import type { MonitorContext } from "../context.ts";

/** What the messages about one occurrence of a sync error are about. */
export function errorSubject(connection: string, errorId: string, firstSeenAt: Date): string {
  return `sync-error:${connection}:${errorId}:${firstSeenAt.toISOString()}`;
}

/**
 * Tells of sync errors that have appeared, grown, shrunk or gone since they were last told. `quietly`: what has appeared is
 * not announced, as in a connection's first poll, whose errors the first digest tells.
 */
export async function tellErrors(
  trx: Transaction<Database>,
  context: MonitorContext,
  connection: string,
  quietly: boolean,
  now: Date,
): Promise<void> {
  for (const error of await untoldErrors(trx, connection, now)) {
    const subject = errorSubject(connection, error.id, error.firstSeenAt);
    await settleError(trx, error.id, error.records, now);
    if (error.records === 0) {
      await noteInThreads(trx, context, subject, { about: "error-resolved", at: now.toISOString() });
      await refreshAnnouncements(trx, context, subject);
    } else if (error.told > 0) {
      await refreshAnnouncements(trx, context, subject);
    } else if (!quietly && !error.muted) {
      const content = { kind: "sync-error", errorId: error.id } as const;
      await announceToSubscribers(trx, context, { connection, subject, content, category: error.category });
    }
  }
}
