import type { Transaction } from "kysely";
import { setMute } from "../../store/error-groups.ts";
import type { Database } from "../../store/schema.ts";
import { settleError, type UntoldError, untoldErrors } from "../../store/sync-errors.ts";
import { noteInThreads, refreshAnnouncements } from "../announcements/announce.ts";
import { announceErrors, type ErrorToTell } from "../announcements/announce-errors.ts";
import type { MonitorContext } from "../context.ts";

/** A muted error that holds back this many times the records that it held back when it was muted speaks again. */
const GROWTH_THAT_SPEAKS = 10;

/** What the messages about one occurrence of a sync error are about. */
export function errorSubject(connection: string, errorId: string, openedAt: Date): string {
  return `sync-error:${connection}:${errorId}:${openedAt.toISOString()}`;
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
  const toAnnounce: ErrorToTell[] = [];
  for (const error of await untoldErrors(trx, connection, now)) {
    const subject = errorSubject(connection, error.id, error.openedAt);
    await settleError(trx, error.id, error.records, now);
    const speaksAgain = error.mute !== null && error.records >= GROWTH_THAT_SPEAKS * Math.max(1, error.mute.records);
    const isMuted = error.mute !== null && !speaksAgain;
    if (error.records === 0) {
      await noteInThreads(trx, context, subject, { about: "error-resolved", at: now.toISOString() });
      await refreshAnnouncements(trx, context, subject);
    } else if (error.mute !== null && speaksAgain) {
      await speakAgain(trx, context, subject, error, error.mute, now);
      toAnnounce.push({ ...error, subject, told: 0 });
    } else {
      if (error.told > 0) await refreshAnnouncements(trx, context, subject);
      // One that was told to some may have grown to what others want to hear of.
      if (!quietly && !isMuted) toAnnounce.push({ ...error, subject });
    }
  }
  await announceErrors(trx, context, connection, toAnnounce);
}

/** A muted error that has grown tenfold is muted no more, and says so where it was told before. */
async function speakAgain(
  trx: Transaction<Database>,
  context: MonitorContext,
  subject: string,
  error: UntoldError,
  mute: NonNullable<UntoldError["mute"]>,
  now: Date,
): Promise<void> {
  await setMute(trx, error.id, null);
  await noteInThreads(trx, context, subject, {
    about: "error-speaks-again",
    mutedBy: mute.by,
    before: mute.records,
    records: error.records,
    at: now.toISOString(),
  });
  await refreshAnnouncements(trx, context, subject);
}
