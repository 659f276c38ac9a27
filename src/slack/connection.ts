import { type App, type HTTPReceiver, SocketModeReceiver } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { ENGLISH } from "../language/language.ts";
import { explainSlackFailure, type SlackFailure } from "./failure.ts";
import { backoff, wait } from "./wait.ts";

/** How long a connection may take to be greeted by Slack, in milliseconds. */
const CONNECT_TIMEOUT_MS = 30_000;

/** A connection that ends sooner than this is not made again at once, in milliseconds. */
const SHORT_LIVED_MS = 5_000;

/** How long to wait before a token that Slack refused is tried again, in milliseconds: somebody has to mend it first. */
const REFUSED_RETRY_MS = 60_000;

/** Something that is tried until it works, and tried again when it stops working. */
export interface Attempts {
  /** Resolves after the first attempt, however it went. */
  readonly first: Promise<void>;
  problem(): string | null;
}

export interface AttemptParts {
  /** What is said in the log when it works at last. */
  readonly recovered: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Works or rejects. Where what works can end, `ended` resolves then; null where it can't. */
  readonly attempt: () => Promise<{ readonly ended: Promise<void> | null }>;
}

/** Tries until it works, with growing pauses. Each different failure is one line in the log, not one for each attempt. */
export function keepTrying({ recovered, logger, signal, attempt }: AttemptParts): Attempts {
  let problem: string | null = "not connected yet";
  let firstDone = () => {};
  const first = new Promise<void>((resolve) => {
    firstDone = resolve;
  });

  async function run(): Promise<void> {
    let failures = 0;
    let logged: string | null = null;
    while (!signal.aborted) {
      try {
        const { ended } = await attempt();
        problem = null;
        if (logged !== null) logger.info(recovered);
        logged = null;
        firstDone();
        if (ended === null) return;
        const since = Date.now();
        await ended;
        problem = "Slack closed the connection; connecting again.";
        // Slack closes connections as a routine, after hours; one that ends at once is a failure of another kind.
        failures = Date.now() - since < SHORT_LIVED_MS ? failures + 1 : 0;
        if (failures > 0) await wait(backoff(failures - 1), signal);
      } catch (error) {
        const failure = explainSlackFailure(error);
        problem = ENGLISH.render(failure.statement);
        if (!signal.aborted && logged !== problem) logger.error({ code: failure.code }, problem);
        logged = problem;
        firstDone();
        await wait(pauseAfter(failure, failures), signal);
        failures += 1;
      }
    }
  }

  void run().finally(firstDone);
  return { first, problem: () => problem };
}

function pauseAfter(failure: SlackFailure, failures: number): number {
  if (failure.kind === "access") return REFUSED_RETRY_MS;
  return failure.retryAfterSeconds === null ? backoff(failures) : failure.retryAfterSeconds * 1000;
}

/** Who the bot is in Slack. Bolt needs it to leave out events that the bot caused itself. */
export interface BotIdentity {
  readonly botId: string | undefined;
  readonly botUserId: string | undefined;
}

/** Asks Slack whether the bot's token is good, until it says so. */
export function verifyToken(
  slack: WebClient,
  logger: Logger,
  signal: AbortSignal,
  onVerified: (identity: BotIdentity) => void,
): Attempts {
  return keepTrying({
    recovered: "Slack accepts the bot's token",
    logger,
    signal,
    attempt: async () => {
      const answer = await slack.auth.test();
      onVerified({ botId: answer.bot_id, botUserId: answer.user_id });
      return { ended: null };
    },
  });
}

/**
 * Keeps a Socket Mode connection open. The SDK's own reconnecting is off: it waits 5 s after each of Slack's routine
 * disconnects, and a failure while it reconnects is an unhandled rejection, which would end the process.
 */
export function keepSocketOpen(receiver: SocketModeReceiver, logger: Logger, signal: AbortSignal): Attempts {
  const { client } = receiver;
  let onEnd = () => {};
  client.on("disconnected", () => onEnd());

  async function attempt() {
    const ended = new Promise<void>((resolve) => {
      onEnd = resolve;
    });
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no greeting within ${CONNECT_TIMEOUT_MS / 1000} s`)), CONNECT_TIMEOUT_MS);
    });
    try {
      await Promise.race([client.start(), timeout]);
    } catch (error) {
      await client.disconnect();
      throw error;
    } finally {
      clearTimeout(timer);
    }
    if (signal.aborted) await client.disconnect();
    return { ended };
  }

  return keepTrying({ recovered: "Connected to Slack by Socket Mode", logger, signal, attempt });
}

/** Thrown where the port for Slack's requests is taken or may not be used. */
export class PortInUseError extends Error {
  override readonly name = "PortInUseError";
}

/** Listens for Slack's signed requests. Rejects with an instruction where the port can't be had. */
export async function listen(app: App, port: number): Promise<void> {
  try {
    await app.start();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new PortInUseError(
      `The port ${port} for Slack's requests can't be opened (${code}): free it or set another one with PORT.`,
    );
  }
}

export async function stopListening(receiver: SocketModeReceiver | HTTPReceiver): Promise<void> {
  if (receiver instanceof SocketModeReceiver) {
    await receiver.client.disconnect();
    return;
  }
  try {
    await receiver.stop();
  } catch {
    // It never came to listen.
  }
}
