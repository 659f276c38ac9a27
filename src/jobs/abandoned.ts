import { sentence } from "../language/sentence.ts";
import { announceToSubscribers } from "../monitor/announcements/announce.ts";
import type { MonitorContext } from "../monitor/context.ts";
import type { Job } from "../monitor/job.ts";
import { getRequest } from "../store/requests.ts";
import { getSubscription } from "../store/subscriptions.ts";
import type { AbandonedJob } from "./queue.ts";

/** Tells the subscribers of a connection that a job of it has failed for good: what was to be done is not done. */
export function abandonedJobReporter(context: MonitorContext): AbandonedJob {
  return async (job, attempts) => {
    context.logger.error({ job }, "a job was given up");
    const connection = await connectionOf(context, job);
    if (connection === null) return;
    const at = context.clock.now().toISOString();
    const statement = sentence("it failed {attempts, plural, one {once} other {# times}}", { attempts });
    const content = { kind: "problem", problem: { about: "job-abandoned", job: job.kind, statement, at } } as const;
    const subject = `problem:${connection}:job:${at}`;
    await context.db.transaction().execute((trx) => announceToSubscribers(trx, context, { connection, subject, content }));
  };
}

async function connectionOf({ db }: MonitorContext, job: Job): Promise<string | null> {
  switch (job.kind) {
    case "poll":
    case "owners":
      return job.connection;
    case "digest":
      return (await getSubscription(db, job.subscriptionId))?.connection ?? null;
    case "resync":
    case "clear":
    case "fix":
    case "audit":
      return (await getRequest(db, job.requestId))?.connection ?? null;
    // Slack itself refuses this channel: there is nowhere to say so but the log.
    case "announce":
      return null;
  }
}
