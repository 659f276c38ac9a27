import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Config, ConnectionSettings } from "./config/config.ts";
import { type Clock, systemClock } from "./health/clock.ts";
import { createHubSpot } from "./hubspot/client.ts";
import { abandonedJobReporter } from "./jobs/abandoned.ts";
import { everyMinute, jobHandlers, queueWhatIsOwed } from "./jobs/handlers.ts";
import { openJobQueue } from "./jobs/queue.ts";
import { startSchedules } from "./jobs/schedules.ts";
import { createOutbox } from "./monitor/announcements/outbox.ts";
import type { Connection, MonitorContext } from "./monitor/context.ts";
import { createMonitor } from "./monitor/create-monitor.ts";
import type { JobSender } from "./monitor/job.ts";
import type { Monitor } from "./monitor/monitor.ts";
import { applyConfiguredSubscriptions } from "./monitor/subscriptions.ts";
import { createMetrics } from "./operations/metrics.ts";
import { type OperationsServer, startOperationsServer } from "./operations/server.ts";
import { createSalesforce } from "./salesforce/client.ts";
import { createSlackApp } from "./slack/app.ts";
import { openStore } from "./store/database.ts";
import { migrateToLatest } from "./store/migrations/migrate.ts";
import { VERSION } from "./version.ts";

/** How long work at hand may take to finish when the process is told to stop. */
const STOP_TIMEOUT_MS = 20_000;

/** How long starting waits for Slack. Where Slack takes longer, it is tried on and the sync is watched meanwhile. */
const SLACK_WAIT_MS = 5_000;

export interface Running {
  readonly monitor: Monitor;
  /** What is done each minute by the real clock, done now: for who keeps the time himself. */
  everyMinute(): Promise<void>;
  /** Takes no new work, finishes or returns what it holds, closes the store. */
  stop(): Promise<void>;
}

/** Starts the bot: opens and migrates the store, wires the parts together, and starts them. */
export async function start(config: Config, logger: Logger, clock: Clock = systemClock): Promise<Running> {
  const store = await openStore(config.store, {
    onError: (error) => logger.error({ error: error.message }, "the database reports an error"),
  });
  await migrateToLatest(store.db);

  // Jobs need the queue, the queue reports abandoned jobs through the context: the sender is filled in once both are there.
  let sender: JobSender | null = null;
  const jobs: JobSender = {
    send: (job, options) => sender?.send(job, options) ?? Promise.reject(new Error("the job queue is not open yet")),
  };
  const context: MonitorContext = {
    db: store.db,
    jobs,
    clock,
    logger,
    connections: new Map(config.connections.map((settings) => [settings.name, connect(settings, clock, logger)])),
    newId: randomUUID,
  };
  const queue = await openJobQueue(store.boss, logger, abandonedJobReporter(context));
  sender = queue;
  await applyConfiguredSubscriptions(context, config.channels);

  const monitor = createMonitor(context);
  const slack = createSlackApp({
    language: config.language,
    settings: config.slack,
    roles: config.roles,
    monitor,
    outbox: createOutbox(context),
    clock,
    logger,
    version: VERSION,
  });
  await queue.start(jobHandlers(context, slack.announcer));
  await queueWhatIsOwed(context, 0);
  const schedules = startSchedules(context, { everyMinute: () => everyMinute(context) });
  let operations: OperationsServer | null = null;

  async function stop(): Promise<void> {
    logger.info("stopping");
    await operations?.close();
    await schedules.stop();
    await slack.stop();
    await queue.stop(STOP_TIMEOUT_MS);
    await store.close();
    logger.info("stopped");
  }

  try {
    for (const name of context.connections.keys()) await jobs.send({ kind: "poll", connection: name });
    // Not before the work: Slack may be out of reach, and the sync is watched all the same.
    await Promise.race([slack.start(), new Promise((resolve) => setTimeout(resolve, SLACK_WAIT_MS).unref())]);
    const health = async () => ({ ok: slack.status().connected, details: { version: VERSION, slack: slack.status() } });
    if (config.operationsPort !== null) {
      const address = { port: config.operationsPort, host: "127.0.0.1" };
      operations = await startOperationsServer(address, health, createMetrics(context));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  logger.info(
    { connections: [...context.connections.keys()], slack: config.slack.transport.mode, operations: operations?.port },
    "started",
  );
  return { monitor, everyMinute: () => everyMinute(context), stop };
}

function connect(settings: ConnectionSettings, clock: Clock, logger: Logger): Connection {
  const options = { clock, logger: logger.child({ connection: settings.name }) };
  return {
    settings,
    salesforce: createSalesforce(settings.salesforce, options),
    hubspot: createHubSpot(settings.hubspot, options),
  };
}
