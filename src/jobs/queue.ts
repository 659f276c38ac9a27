import { fromKysely, PgBoss, type Job as StoredJob } from "pg-boss";
import type { Logger } from "pino";
import type { Job, JobSender } from "../monitor/job.ts";
import type { BossBackend } from "../store/database.ts";

type Kind = Job["kind"];
/** Does one job. Rejecting has it tried again later; `signal` aborts when the process is about to stop. */
export type JobHandlers = { readonly [K in Kind]: (job: Extract<Job, { kind: K }>, signal: AbortSignal) => Promise<void> };

export interface JobQueue extends JobSender {
  /** Starts taking jobs. */
  start(handlers: JobHandlers): Promise<void>;
  /** Takes no more, waits for those at work (at most `timeoutMs`), returns the others to the queue. */
  stop(timeoutMs: number): Promise<void>;
}

/** What a job that failed for good is handed to, with how often it was tried. */
export type AbandonedJob = (job: Job, attempts: number) => Promise<void>;

interface QueueSettings {
  /** How many jobs of this kind one process does at a time. */
  readonly concurrency: number;
  readonly retryLimit: number;
  /** Seconds before a second attempt; doubled each time, at most `retryDelayMax`. */
  readonly retryDelay: number;
  readonly retryDelayMax: number;
}

const QUEUES: Readonly<Record<Kind, QueueSettings>> = {
  // The next tick comes anyway, so that a poll that fails is tried again once at most.
  poll: { concurrency: 4, retryLimit: 1, retryDelay: 5, retryDelayMax: 60 },
  digest: { concurrency: 2, retryLimit: 20, retryDelay: 2, retryDelayMax: 300 },
  owners: { concurrency: 1, retryLimit: 20, retryDelay: 5, retryDelayMax: 600 },
  // Slack may be down for hours; what is owed then is delivered afterwards.
  announce: { concurrency: 8, retryLimit: 500, retryDelay: 1, retryDelayMax: 60 },
  resync: { concurrency: 2, retryLimit: 100, retryDelay: 2, retryDelayMax: 120 },
  clear: { concurrency: 2, retryLimit: 100, retryDelay: 2, retryDelayMax: 60 },
  fix: { concurrency: 2, retryLimit: 100, retryDelay: 2, retryDelayMax: 60 },
  audit: { concurrency: 1, retryLimit: 100, retryDelay: 5, retryDelayMax: 300 },
};

/** A worker that hasn't been heard of for so long is taken for dead and its job given to another. pg-boss's least. */
const HEARTBEAT_SECONDS = 10;
/** A job that is to be done at once wakes a worker; one that is to be done later, or again, waits for the next look. */
const POLLED_EVERY_SECONDS = { listening: 2, deaf: 0.5 };
const EXPIRE_SECONDS = 6 * 3600;
const ABANDONED = "abandoned";

/** One queue a kind of job on the store's own database, with one waiting and one running job for each subject. */
export async function openJobQueue(backend: BossBackend, logger: Logger, onAbandoned: AbandonedJob): Promise<JobQueue> {
  const boss = new PgBoss({
    ...backend,
    schedule: false,
    useListenNotify: true,
    monitorIntervalSeconds: HEARTBEAT_SECONDS,
    superviseIntervalSeconds: HEARTBEAT_SECONDS,
  });
  boss.on("error", (error) => logger.error({ error: String(error) }, "the job queue reports an error"));
  await boss.start();
  await boss.createQueue(ABANDONED, { retryLimit: 10, retryDelay: 5 });
  for (const [kind, settings] of Object.entries(QUEUES)) {
    const { concurrency: _, ...retry } = settings;
    const options = {
      ...retry,
      retryBackoff: true,
      expireInSeconds: EXPIRE_SECONDS,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      deleteAfterSeconds: 3600,
    };
    await boss.createQueue(kind, { ...options, policy: "stately", deadLetter: ABANDONED, notify: true });
    await boss.updateQueue(kind, { ...options, notify: true });
  }
  if ("backend" in backend) await returnInterrupted(boss);
  let stopping = new AbortController();

  async function send(job: Job, options: Parameters<JobSender["send"]>[1] = {}): Promise<void> {
    const { transaction, after } = options;
    await boss.send(job.kind, job, {
      singletonKey: subjectOf(job),
      ...(after && { startAfter: after }),
      ...(transaction && { db: fromKysely(transaction) }),
    });
  }

  async function start(handlers: JobHandlers): Promise<void> {
    stopping = new AbortController();
    for (const kind of Object.keys(QUEUES) as Kind[]) await work(kind, handlers);
    await boss.work<Job>(ABANDONED, async ([stored]) => {
      if (stored) await onAbandoned(stored.data, QUEUES[stored.data.kind].retryLimit + 1);
    });
  }

  async function work<K extends Kind>(kind: K, handlers: JobHandlers): Promise<void> {
    const options = {
      batchSize: 1,
      localConcurrency: QUEUES[kind].concurrency,
      pollingIntervalSeconds: POLLED_EVERY_SECONDS.deaf,
      notifyPollingIntervalSeconds: POLLED_EVERY_SECONDS.listening,
    };
    await boss.work(kind, options, async ([stored]: StoredJob<Extract<Job, { kind: K }>>[]) => {
      if (!stored) return;
      const signal = AbortSignal.any([stopping.signal, stored.signal]);
      try {
        await handlers[kind](stored.data, signal);
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        logger.warn(
          { job: kind, subject: subjectOf(stored.data), attempt: stored.retryCount + 1, error: text },
          "a job failed and is tried again",
        );
        throw error;
      }
    });
  }

  async function stop(timeoutMs: number): Promise<void> {
    stopping.abort();
    await boss.stop({ graceful: true, timeout: timeoutMs, close: true });
  }

  return { send, start, stop };
}

/**
 * Gives back what an earlier process had at work when it died. Only where this process alone has the database: elsewhere
 * another process may be at work on it, and the heartbeat tells.
 */
async function returnInterrupted(boss: PgBoss): Promise<void> {
  const database = boss.getDb();
  await database.executeSql(RETURN_ACTIVE, []);
}

const RETURN_ACTIVE = `update pgboss.job set state = 'retry', start_after = now() where state = 'active'`;

/** Jobs with the same subject are the same job. */
function subjectOf(job: Job): string {
  switch (job.kind) {
    case "poll":
      return job.connection;
    case "digest":
      return `${job.subscriptionId}:${job.dueAt}`;
    case "owners":
      return `${job.connection}:${job.dueAt}`;
    case "announce":
      return job.channel;
    case "resync":
    case "clear":
    case "fix":
    case "audit":
      return job.requestId;
  }
}
