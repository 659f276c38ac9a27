import { hasNews } from "../../health/digest-news.ts";
import {
  getSubscription,
  listSubscriptions,
  markDigested,
  markTold,
  type StoredSubscription,
  settingsOf,
} from "../../store/subscriptions.ts";
import type { MonitorContext } from "../context.ts";
import { connectionReport } from "../reports.ts";
import { announceToChannel } from "./announce.ts";
import { makeDigestReport } from "./digest-report.ts";
import { dueDigest } from "./digest-schedule.ts";
import { quietEnd } from "./who-hears.ts";

/**
 * Queues the digests that are due; one that is too late is skipped with a line in the log. A new subscription gets its first
 * digest as soon as its connection has been looked at.
 */
export async function queueDueDigests(context: MonitorContext): Promise<void> {
  const now = context.clock.now();
  for (const subscription of await listSubscriptions(context.db)) {
    if (!context.connections.has(subscription.connection)) continue;
    if (subscription.digested_until === null) {
      await queueFirst(context, subscription);
      continue;
    }
    const digest = dueDigest(subscription.cadence, subscription.digested_until, now);
    if (digest === null) continue;
    const { action, due } = digest;
    if (action === "send") {
      await context.jobs.send({ kind: "digest", subscriptionId: subscription.id, dueAt: due.toISOString() });
    } else if (await context.db.transaction().execute((trx) => markDigested(trx, subscription.id, due))) {
      context.logger.warn({ subscription: subscription.id, due: due.toISOString() }, "a digest is too late and was skipped");
    }
  }
}

/** Due since the subscription was made, so that it is the same job however often it is queued. */
async function queueFirst(context: MonitorContext, subscription: StoredSubscription): Promise<void> {
  const report = await connectionReport(context, subscription.connection);
  if (report.asOf === null) return;
  await context.jobs.send({ kind: "digest", subscriptionId: subscription.id, dueAt: subscription.created_at.toISOString() });
}

/** Makes one digest and owes it to its channel. Does nothing where that period has been told already. */
export async function makeDigest(context: MonitorContext, subscriptionId: string, dueAt: Date): Promise<void> {
  const subscription = await getSubscription(context.db, subscriptionId);
  if (!subscription || (subscription.digested_until !== null && subscription.digested_until >= dueAt)) return;
  const isFirst = subscription.digested_until === null;
  const until = isFirst ? context.clock.now() : dueAt;
  const { digest, records } = await makeDigestReport(context, subscription, until);
  const { connection, channel } = subscription;
  await context.db.transaction().execute(async (trx) => {
    if (!(await markDigested(trx, subscriptionId, until))) return;
    await markTold(trx, subscriptionId, until, records);
    if (!hasNews(digest) && subscription.quiet_when_healthy && !isFirst) return;
    // A channel that subscribes to a connection twice is told the state of things once.
    const subject = isFirst ? `digest:${connection}:first` : `digest:${subscriptionId}:${dueAt.toISOString()}`;
    const others = (await listSubscriptions(trx, { connection, channel })).map(settingsOf);
    const notBefore = quietEnd(others, context.clock.now());
    await announceToChannel(trx, context, { connection, channel, subject, content: { kind: "digest", digest }, notBefore });
  });
}
