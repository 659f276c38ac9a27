import { runClear } from "../monitor/actions/clear/run.ts";
import { runFix } from "../monitor/actions/fix/run.ts";
import { runResync } from "../monitor/actions/resync/run.ts";
import type { Announcer } from "../monitor/announcements/announcement.ts";
import { makeDigest, queueDueDigests } from "../monitor/announcements/digest.ts";
import { queueOwnerMessages, tellOwners } from "../monitor/announcements/owner-messages.ts";
import { remindOfSuspensions } from "../monitor/announcements/remind.ts";
import { runAudit } from "../monitor/audit/audit.ts";
import type { MonitorContext } from "../monitor/context.ts";
import { poll } from "../monitor/poll/poll.ts";
import { channelsOwed } from "../store/announcements.ts";
import { unfinishedRequests } from "../store/requests.ts";
import type { JobHandlers } from "./queue.ts";

/** Which part of the monitor does which kind of job. */
export function jobHandlers(context: MonitorContext, announcer: Announcer): JobHandlers {
  return {
    async poll({ connection }) {
      await poll(context, connection);
      await queueDueDigests(context);
    },
    digest: ({ subscriptionId, dueAt }) => makeDigest(context, subscriptionId, new Date(dueAt)),
    owners: ({ connection, dueAt }) => tellOwners(context, connection, new Date(dueAt)),
    announce: ({ channel }) => deliver(context, announcer, channel),
    resync: ({ requestId }, signal) => runResync(context, requestId, signal),
    clear: ({ requestId }) => runClear(context, requestId),
    fix: ({ requestId }, signal) => runFix(context, requestId, signal),
    audit: ({ requestId }, signal) => runAudit(context, requestId, signal),
  };
}

/** Delivers to a channel. Where Slack says how long to wait, the job comes back then, rather than as the queue sees fit. */
async function deliver({ jobs, clock }: MonitorContext, announcer: Announcer, channel: string): Promise<void> {
  try {
    await announcer.deliver(channel);
  } catch (error) {
    const retryAfter = error instanceof Error && "retryAfter" in error ? error.retryAfter : null;
    if (typeof retryAfter !== "number") throw error;
    await jobs.send({ kind: "announce", channel }, { after: new Date(clock.now().getTime() + retryAfter * 1000) });
  }
}

const OWED_FOR_MS = 60_000;

/**
 * Queues what should be in the queue by what the store says, and isn't: whatever was lost, it comes back here. Jobs that are
 * waiting already are not queued twice.
 */
export async function queueWhatIsOwed(context: MonitorContext, olderThanMs = OWED_FOR_MS): Promise<void> {
  const { db, clock, jobs } = context;
  const now = clock.now();
  const before = new Date(now.getTime() - olderThanMs);
  for (const channel of await channelsOwed(db, before, now)) await jobs.send({ kind: "announce", channel });
  for (const { id, kind } of await unfinishedRequests(db)) await jobs.send({ kind, requestId: id });
}

/** The minute's tick. */
export async function everyMinute(context: MonitorContext): Promise<void> {
  await queueDueDigests(context);
  await remindOfSuspensions(context);
  await queueOwnerMessages(context);
  await queueWhatIsOwed(context);
}
