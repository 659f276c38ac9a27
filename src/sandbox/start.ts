import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { createControl } from "./control/control.ts";
import { createCallCounter } from "./http/calls.ts";
import { createFaults } from "./http/faults.ts";
import { openJournal } from "./http/journal.ts";
import { listen } from "./http/listen.ts";
import { serviceOf } from "./http/service.ts";
import { createHubSpotApi } from "./hubspot/api.ts";
import type { NativeSync } from "./native-sync/native-sync.ts";
import type { SyncTimes } from "./native-sync/settings.ts";
import { createPage } from "./page/page.ts";
import type { Said } from "./said.ts";
import { createSalesforceApi } from "./salesforce/api.ts";
import type { Sandbox, SandboxEnvironment, SandboxOptions } from "./sandbox.ts";
import { createScenarioPlayer, type ScenarioPlayer } from "./scenarios/catalogue.ts";
import { createPlay } from "./scenarios/play.ts";
import { createSlackControl, createSlackService, type SlackService, type SlackServiceOptions } from "./slack/service.ts";
import { configurationFor } from "./world/configuration.ts";
import { CREDENTIALS } from "./world/credentials.ts";
import { openWithErrors, openWorld } from "./world/opening.ts";
import type { World } from "./world/world.ts";

/** What stands behind a sandbox, for the page and for tests in the same process. */
export interface SandboxParts {
  readonly options: SandboxOptions;
  readonly world: World;
  readonly sync: NativeSync;
  readonly scenarios: ScenarioPlayer;
  readonly slack: SlackService;
}

export interface SandboxExtras {
  /** Serves what no other part does: the page at `/`. */
  readonly page?: (parts: SandboxParts) => Hono;
  /** Other times for the native sync, as tests need them. */
  readonly times?: Partial<SyncTimes>;
  /** The time in both CRMs; Slack's is always the real one. */
  readonly now?: () => Date;
  /** What a test needs of Slack: shorter patience, other rates. */
  readonly slack?: Pick<SlackServiceOptions, "rates" | "timing" | "scopes" | "installation">;
}

export type OpenSandbox = Sandbox & SandboxParts;

/**
 * Starts a local world on one port of 127.0.0.1: Slack, Salesforce, HubSpot, the native sync between the two CRMs and the
 * control paths. Rejects with a sentence for people where the port is taken or the journal can't be written.
 */
export function startSandbox(options: SandboxOptions): Promise<OpenSandbox> {
  return openSandbox(options, { page: createPage });
}

/** As `startSandbox`, with what only some callers give it. */
export async function openSandbox(options: SandboxOptions, extras: SandboxExtras): Promise<OpenSandbox> {
  const times = extras.times ?? {};
  const { world, sync } = openWorld(options, times, extras.now);
  const scenarios = createScenarioPlayer(createPlay(world, sync));
  if (!options.healthy) openWithErrors(world, sync, scenarios, times);

  let environment: SandboxEnvironment = {};
  const slack = createSlackService({
    ...CREDENTIALS.slack,
    ...extras.slack,
    baseUrl: () => environment.SALESFORCE_LOGIN_URL ?? "",
  });
  const parts: SandboxParts = { options, world, sync, scenarios, slack };
  const faults = createFaults();
  const calls = createCallCounter();
  const journal = options.journal === null ? null : await openJournal(options.journal);

  let hearing: () => Promise<Said | null> = async () => null;

  const app = new Hono();
  app.use(calls.middleware);
  if (journal) app.use(journal.middleware);
  app.use(faults.middleware);
  mountServices(app, parts);
  app.route("/", createSlackControl(slack));
  const control = createControl({
    options,
    world,
    sync,
    scenarios,
    faults,
    calls,
    environment: () => environment,
    said: () => hearing(),
  });
  app.all("/sandbox/*", (c) => control.fetch(c.req.raw));
  if (extras.page) app.route("/", extras.page(parts));

  const server = await listen(app, (request, socket, head) => slack.upgrade(request, socket, head), options.port).catch(
    async (error: unknown) => {
      slack.close();
      await journal?.close();
      throw error;
    },
  );
  const directory = await mkdtemp(join(tmpdir(), "syncwarden-sandbox-"));
  const configuration = join(directory, "syncwarden.yaml");
  const startsAt = extras.now?.() ?? new Date();
  const { inclusionList } = world;
  await writeFile(configuration, configurationFor({ inclusionList, allocation: sync.settings.allocation, startsAt }));
  environment = environmentOf(server.url, configuration);
  sync.start();

  return {
    ...parts,
    url: server.url,
    port: server.port,
    org: world.org,
    account: world.account,
    environment,
    hear(said) {
      hearing = said;
    },
    async close() {
      sync.stop();
      faults.clear();
      slack.close();
      await server.close();
      await journal?.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Each service answers for itself, its own refusals and unknown paths included. */
function mountServices(app: Hono, { world, slack }: SandboxParts): void {
  const services = {
    slack: slack.app,
    hubspot: createHubSpotApi(world.account),
    salesforce: createSalesforceApi(world.org, {
      clients: [CREDENTIALS.salesforce],
      password: CREDENTIALS.salesforcePassword,
    }),
  };
  app.use((c, next) => {
    const service = serviceOf(c.req.path);
    return service ? Promise.resolve(services[service].fetch(c.req.raw, c.env)) : next();
  });
}

function environmentOf(url: string, configuration: string): SandboxEnvironment {
  return {
    SLACK_BOT_TOKEN: CREDENTIALS.slack.botToken,
    SLACK_APP_TOKEN: CREDENTIALS.slack.appToken,
    SLACK_SIGNING_SECRET: CREDENTIALS.slack.signingSecret,
    SLACK_API_URL: `${url}/api/`,
    HUBSPOT_TOKEN: CREDENTIALS.hubspotToken,
    HUBSPOT_API_URL: url,
    SALESFORCE_LOGIN_URL: url,
    SALESFORCE_CLIENT_ID: CREDENTIALS.salesforce.clientId,
    SALESFORCE_CLIENT_SECRET: CREDENTIALS.salesforce.clientSecret,
    SYNCWARDEN_CONFIG: configuration,
  };
}
