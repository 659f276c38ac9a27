import { App, HTTPReceiver, SocketModeReceiver } from "@slack/bolt";
import type { Logger as BoltLogger } from "@slack/logger";
import type { Logger } from "pino";
import type { Config, SlackSettings } from "../config/config.ts";
import type { Clock } from "../health/clock.ts";
import { ENGLISH, languageFor } from "../language/language.ts";
import type { LanguageTag } from "../language/tags.ts";
import type { Announcer, Outbox } from "../monitor/announcements/announcement.ts";
import type { Monitor } from "../monitor/monitor.ts";
import { registerActions } from "./actions/index.ts";
import { createAnnouncer } from "./announcer.ts";
import { createBoltLogger, withoutSecrets } from "./bolt-logger.ts";
import { registerCommands } from "./commands/index.ts";
import { type Attempts, type BotIdentity, keepSocketOpen, listen, stopListening, verifyToken } from "./connection.ts";
import type { SlackParts } from "./context.ts";
import { registerAppHome } from "./events/app-home-opened.ts";
import { registerUserChange } from "./events/user-change.ts";
import { createSlackFiles } from "./files.ts";
import { createHomeTabs } from "./home/home-tabs.ts";
import { createInteractions } from "./interactions.ts";
import { createPeople } from "./people.ts";
import { createRights } from "./rights.ts";
import { registerShortcuts } from "./shortcuts/index.ts";
import { registerViews } from "./views/index.ts";
import { createWebClient, webClientOptions } from "./web-client.ts";

/** How long work on commands and clicks may go on when the process stops, in milliseconds. */
const SETTLE_MS = 10_000;

export interface SlackAppParts {
  readonly settings: SlackSettings;
  readonly roles: Config["roles"];
  /** Of messages to whom has chosen none, or one that messages don't come in. */
  readonly language: LanguageTag;
  readonly monitor: Monitor;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly version: string;
}

export interface SlackApp {
  /**
   * Connects. Resolves after the first attempt: where Slack is out of reach or refuses the token, it goes on trying and
   * `status` says why. Rejects only where the port for signed HTTP can't be opened.
   */
  start(): Promise<void>;
  /** Takes no more work and finishes what it holds. */
  stop(): Promise<void>;
  readonly announcer: Announcer;
  status(): { readonly connected: boolean; readonly problem: string | null };
}

/** The bot in Slack: commands, clicks, Home, and what it announces. */
export function createSlackApp({ settings, roles, language, monitor, outbox, clock, logger, version }: SlackAppParts): SlackApp {
  const boltLogger = createBoltLogger(logger);
  const slack = createWebClient(settings, boltLogger);
  const stopping = new AbortController();
  const people = createPeople({ slack, clock, logger, defaultLanguage: language });
  const parts: SlackParts = {
    monitor,
    rights: createRights({ slack, people, roles, clock, logger }),
    people,
    slack,
    files: createSlackFiles(slack, settings),
    clock,
    logger,
    version,
  };
  const interactions = createInteractions(parts);
  let identity: BotIdentity = { botId: undefined, botUserId: undefined };
  let attempts: readonly Attempts[] = [];
  let deliveryProblem: string | null = null;

  const receiver = createReceiver(settings, boltLogger);
  const app = new App({
    receiver,
    // Bolt's own check of the token runs in its constructor, where a failure would end the process.
    authorize: async () => ({
      botToken: settings.botToken,
      ...(identity.botId === undefined ? {} : { botId: identity.botId }),
      ...(identity.botUserId === undefined ? {} : { botUserId: identity.botUserId }),
    }),
    convoStore: false,
    clientOptions: webClientOptions(settings, boltLogger),
    logger: boltLogger,
  });
  app.error(async (error) => {
    logger.error({ reason: withoutSecrets(error.message) }, "A request of Slack could not be handled");
  });
  registerCommands(app, interactions);
  registerActions(app, interactions);
  registerViews(app, interactions);
  registerShortcuts(app, interactions);
  registerAppHome(
    app,
    createHomeTabs({
      monitor,
      people,
      slack: createWebClient(settings, boltLogger),
      clock,
      logger,
      version,
      signal: stopping.signal,
    }),
  );
  registerUserChange(app, people);

  return {
    announcer: createAnnouncer({
      slack,
      monitor,
      outbox,
      clock,
      logger,
      defaultLanguage: languageFor(language),
      signal: stopping.signal,
      onFailure: (failure) => {
        deliveryProblem =
          failure?.kind === "access" || failure?.kind === "unavailable" ? ENGLISH.render(failure.statement) : null;
      },
    }),
    async start() {
      if (receiver instanceof HTTPReceiver) await listen(app, settings.transport.mode === "http" ? settings.transport.port : 0);
      attempts = [
        verifyToken(slack, logger, stopping.signal, (verified) => {
          identity = verified;
        }),
        ...(receiver instanceof SocketModeReceiver ? [keepSocketOpen(receiver, logger, stopping.signal)] : []),
      ];
      await Promise.all(attempts.map((attempt) => attempt.first));
    },
    async stop() {
      stopping.abort();
      await stopListening(receiver);
      await interactions.settle(SETTLE_MS);
    },
    status() {
      const problem = attempts.map((attempt) => attempt.problem()).find((found) => found !== null) ?? null;
      const connected = attempts.length > 0 && problem === null && !stopping.signal.aborted;
      return { connected, problem: problem ?? deliveryProblem };
    },
  };
}

function createReceiver(settings: SlackSettings, logger: BoltLogger): SocketModeReceiver | HTTPReceiver {
  if (settings.transport.mode === "http") {
    return new HTTPReceiver({ signingSecret: settings.transport.signingSecret, port: settings.transport.port, logger });
  }
  return new SocketModeReceiver({
    appToken: settings.transport.appToken,
    autoReconnectEnabled: false,
    clientPingTimeout: 10_000,
    installerOptions: { clientOptions: webClientOptions(settings, logger) },
    logger,
  });
}
