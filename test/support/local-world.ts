import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import pino from "pino";
import type { ConnectionSettings } from "../../src/config/config.ts";
import { createHubSpot } from "../../src/hubspot/client.ts";
import type { MonitorContext } from "../../src/monitor/context.ts";
import type { Job } from "../../src/monitor/job.ts";
import { poll } from "../../src/monitor/poll/poll.ts";
import { createSalesforce } from "../../src/salesforce/client.ts";
import { createHubSpotAccount } from "../../src/sandbox/hubspot/account.ts";
import { createHubSpotApi } from "../../src/sandbox/hubspot/api.ts";
import { createNativeSync, type NativeSync } from "../../src/sandbox/native-sync/native-sync.ts";
import type { SyncTimes } from "../../src/sandbox/native-sync/settings.ts";
import { createSalesforceApi } from "../../src/sandbox/salesforce/api.ts";
import { createSalesforceOrg } from "../../src/sandbox/salesforce/org.ts";
import { createScenarioPlayer, type ScenarioPlayer } from "../../src/sandbox/scenarios/catalogue.ts";
import { createPlay, type Play } from "../../src/sandbox/scenarios/play.ts";
import { createWorldClock } from "../../src/sandbox/world/clock.ts";
import { WORLD_MAPPINGS } from "../../src/sandbox/world/mappings.ts";
import { openWithErrors } from "../../src/sandbox/world/opening.ts";
import { populate, type World } from "../../src/sandbox/world/world.ts";
import type { Store } from "../../src/store/database.ts";
import { openTestStore } from "./store.ts";

export interface LocalWorld {
  readonly world: World;
  readonly sync: NativeSync;
  readonly play: Play;
  readonly scenarios: ScenarioPlayer;
  readonly store: Store;
  readonly context: MonitorContext;
  readonly settings: ConnectionSettings;
  /** Jobs that were queued. */
  readonly jobs: Job[];
  /** Everything that goes wrong is answered with this status, while set. */
  readonly faults: {
    hubspot: number | null;
    /** What happens in the org just before a write of the bot's arrives, rolled-back ones too. */
    beforeWrite: (() => void) | null;
    /** The same of a write of a single record. */
    beforeRecordWrite: (() => void) | null;
  };
  /** Calls that the bot has made of either service. */
  calls(): { readonly salesforce: number; readonly hubspot: number };
  poll(): Promise<void>;
  /** The time of everything in it. */
  readonly now: () => Date;
  /** Time goes by in it, at once. Not for a world whose time the caller keeps. */
  readonly pass: (ms: number) => void;
  close(): Promise<void>;
}

export interface LocalWorldOptions {
  readonly contacts?: number;
  readonly seed?: number;
  /** Whether it opens with errors, as the sandbox does. */
  readonly errors?: boolean;
  readonly settings?: Partial<ConnectionSettings>;
  readonly times?: Partial<SyncTimes>;
  /** The time of everything in it, the bot included; without it, the real one and what is passed over. */
  readonly now?: () => Date;
  /** 0 to 1, for ids. */
  readonly random?: () => number;
  /** A store to use, empty but for its schema; it stays open. Without it, one of its own. */
  readonly store?: Store;
  /** Happens just before any call of the bot's is answered. */
  readonly beforeCall?: () => void;
}

const TOKEN = "pat-test";

/** The limiter's pauses pass at once: the local services have no rates to keep to here. */
function withoutPauses() {
  let passed = 0;
  return {
    sleep: async (ms: number) => {
      passed += ms;
    },
    elapsed: () => performance.now() + passed,
  };
}

/** A world of the sandbox's services, the real clients and a store, without Slack, jobs or schedules: polls are made by hand. */
export async function openLocalWorld(options: LocalWorldOptions = {}): Promise<LocalWorld> {
  let passedMs = 0;
  const now = options.now ?? (() => new Date(Date.now() + passedMs));
  const clock = createWorldClock(now);
  const org = createSalesforceOrg({ now: clock.now, ...(options.random && { random: options.random }) });
  const account = createHubSpotAccount({ now: clock.now, token: TOKEN });
  account.state.searchLagMs = 0;
  org.state.eventLogs = true;
  const world = populate(org, account, clock, options.seed ?? 7, options.contacts ?? 60);
  const sync = createNativeSync({
    org,
    account,
    mappings: WORLD_MAPPINGS,
    inclusionList: world.inclusionList,
    now: clock.now,
    ...(options.times && { times: options.times }),
  });
  const faults: LocalWorld["faults"] = { hubspot: null, beforeWrite: null, beforeRecordWrite: null };
  const app = new Hono();
  app.use("*", async (_, next) => {
    options.beforeCall?.();
    return next();
  });
  app.use("/crm/*", async (c, next) => {
    if (faults.hubspot === null) return next();
    return c.json({ status: "error", message: "A fault", category: "INVALID_AUTHENTICATION" }, faults.hubspot as 401);
  });
  app.use("/services/data/*", async (c, next) => {
    if (c.req.method === "POST" && (await c.req.raw.clone().text()).includes("composite/sobjects")) faults.beforeWrite?.();
    if (c.req.method === "PATCH" && c.req.path.includes("/sobjects/")) faults.beforeRecordWrite?.();
    return next();
  });
  const client = { clientId: "syncwarden", clientSecret: "secret", runAs: org.integrationUser.username, app: "Syncwarden" };
  app.route("/", createSalesforceApi(org, { clients: [client] }));
  app.route("/", createHubSpotApi(account, { rates: { perTenSeconds: 100_000, searchesPerSecond: 1_000 } }));
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings: ConnectionSettings = {
    name: "main",
    hubspot: { apiUrl: url, token: TOKEN, tokenExpires: null, inclusionList: world.inclusionList },
    salesforce: {
      loginUrl: url,
      login: { flow: "client-credentials", clientId: "syncwarden", clientSecret: "secret" },
      loginExpires: null,
    },
    mappings: WORLD_MAPPINGS.map(({ object, salesforceObject, property, field, rule }) => ({
      object,
      salesforceObject,
      hubspotProperty: property,
      salesforceField: field,
      rule,
    })),
    objects: ["contacts", "companies", "deals", "tasks"],
    createContactsAs: "Lead",
    poll: { cron: "*/5 * * * *", timeZone: "UTC" },
    graceMs: 0,
    stallMs: 1_000,
    requestsExpireMs: 86_400_000,
    resync: { strategy: "touch", touchProperties: {} },
    diagnosis: { rolledBackWrites: true, retryAfterMs: 60_000 },
    audit: { cron: null, timeZone: "UTC", shareOfDailyLimit: 1 },
    budget: { shareOfDailyLimit: 1, pauseBelow: 0.1 },
    warnings: {
      callsWithinMs: 3_600_000,
      rateOverMs: 600_000,
      storageAbove: 0.95,
      allocationAbove: 0.8,
      credentialsWithinMs: 14 * 86_400_000,
    },
    ownerMessages: null,
    allocation: 60_000,
    ...options.settings,
  };
  const botClock = { now };
  const connection = {
    settings,
    salesforce: createSalesforce(settings.salesforce, { clock: botClock, sleep: async () => {} }),
    hubspot: createHubSpot(settings.hubspot, { clock: botClock, ...withoutPauses() }),
  };
  const store = options.store ?? (await openTestStore());
  const jobs: Job[] = [];
  const context: MonitorContext = {
    db: store.db,
    jobs: { send: async (job) => void jobs.push(job) },
    clock: botClock,
    logger: pino({ level: process.env.TEST_LOG_LEVEL ?? "silent" }),
    connections: new Map([["main", connection]]),
    newId: randomUUID,
  };
  const play = createPlay(world, sync);
  const scenarios = createScenarioPlayer(play);
  if (options.errors) openWithErrors(world, sync, scenarios, {});
  return {
    world,
    sync,
    play,
    scenarios,
    store,
    context,
    settings,
    jobs,
    faults,
    calls: () => ({ salesforce: connection.salesforce.callsMade(), hubspot: connection.hubspot.callsMade() }),
    poll: () => poll(context, "main"),
    now,
    pass(ms) {
      if (options.now) throw new Error("This world's time is kept by who opened it");
      passedMs += ms;
    },
    async close() {
      sync.stop();
      if (options.store === undefined) await store.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
