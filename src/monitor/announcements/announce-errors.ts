import type { Transaction } from "kysely";
import { isToldIn, singleAlertsSince } from "../../store/announcements.ts";
import type { Database } from "../../store/schema.ts";
import { listSubscriptions, settingsOf } from "../../store/subscriptions.ts";
import type { MonitorContext } from "../context.ts";
import { announceToChannel, byChannel } from "./announce.ts";
import { addToGroup, groupStands, inARow } from "./group.ts";
import { alertForm, type ErrorNews, hearsAtOnce, quietEnd } from "./who-hears.ts";

type Parts = Pick<MonitorContext, "jobs" | "clock">;

/** A sync error that may have to be announced. */
export interface ErrorToTell extends ErrorNews {
  readonly id: string;
  readonly subject: string;
}

/**
 * Announces sync errors to the channels that hear of them at once: a few as a message each, many as one message, those of quiet
 * hours together when these are over. What a channel was told of before is not told again.
 */
export async function announceErrors(
  trx: Transaction<Database>,
  parts: Parts,
  connection: string,
  errors: readonly ErrorToTell[],
): Promise<void> {
  if (errors.length === 0) return;
  const now = parts.clock.now();
  for (const [channel, subscriptions] of byChannel(await listSubscriptions(trx, { connection }))) {
    const fresh: ErrorToTell[] = [];
    for (const error of errors) {
      const wants = subscriptions.some((row) => hearsAtOnce(settingsOf(row), error));
      if (wants && !(await isToldIn(trx, channel, error.subject))) fresh.push(error);
    }
    if (fresh.length === 0) continue;
    const heldUntil = quietEnd(subscriptions.map(settingsOf), now);
    if (heldUntil === null && (await isSingle(trx, parts, connection, channel, fresh.length))) {
      for (const { id, subject } of fresh) {
        const content = { kind: "sync-error", errorId: id } as const;
        await announceToChannel(trx, parts, { connection, channel, subject, content });
      }
      continue;
    }
    const [errorIds, matters] = [fresh.map(({ id }) => id), fresh.map(({ subject }) => subject)];
    await addToGroup(trx, parts, { connection, channel, heldUntil, errorIds, matters });
  }
}

async function isSingle(
  trx: Transaction<Database>,
  parts: Parts,
  connection: string,
  channel: string,
  fresh: number,
): Promise<boolean> {
  const before = await singleAlertsSince(trx, connection, channel, inARow(parts.clock.now()));
  return alertForm(fresh, before, await groupStands(trx, parts, connection, channel)) === "single";
}
