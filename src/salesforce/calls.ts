import { Connection } from "jsforce/lib/connection.js";
import type { Logger } from "pino";
import type { SalesforceSettings } from "../config/config.ts";
import type { Clock } from "../health/clock.ts";
import { RefusedError } from "../health/refusal.ts";
import { login, secretsOf } from "./login.ts";
import { orgUrl } from "./org-url.ts";
import { isTransient, refusedBy, unreadable, wasNotServed } from "./refusal.ts";
import { RefusingTransport } from "./transport.ts";
import { API_VERSION, CLIENT_NAME } from "./version.ts";

/** In milliseconds, to the last byte of an answer. */
export interface SalesforceTimeouts {
  readonly loginMs: number;
  readonly callMs: number;
  /** For calls that save records: triggers and flows of 200 records take their time. */
  readonly saveMs: number;
}

export const DEFAULT_TIMEOUTS: SalesforceTimeouts = { loginMs: 20_000, callMs: 60_000, saveMs: 180_000 };

export interface SalesforceOptions {
  readonly clock: Clock;
  readonly logger?: Logger;
  /** 0 to 1, for the jitter of pauses. */
  readonly random?: () => number;
  readonly timeouts?: Partial<SalesforceTimeouts>;
  /** Waits; tests replace it. */
  readonly sleep?: (ms: number) => Promise<void>;
}

export interface CallRequest {
  readonly method: "GET" | "POST" | "PATCH";
  /** From the version's root (`/limits`) or from the host's (`/services/data/…`). */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The object asked about, named in refusals. */
  readonly object?: string;
  /** What a second sending may do: `harmless` (reads, updates with the same values) or make things twice (inserts). */
  readonly repeat: "harmless" | "doubles";
  /** The most attempts in all, if fewer than usual. */
  readonly attempts?: number;
  readonly saves?: boolean;
  /** What is given for an answer without a body (204); without it such an answer makes no sense. */
  readonly emptyAnswer?: unknown;
}

/** The single way to one org: session, timeouts, retries and the count of calls. */
export interface SalesforceCalls {
  /** Sends and gives the JSON of the answer. Rejects with `RefusedError` alone. */
  call(request: CallRequest): Promise<unknown>;
  /** The body of a file as it arrives. Not retried. */
  stream(path: string): AsyncIterable<Uint8Array>;
  /** Ids of the integration user and the org; logs in where needed. */
  session(): Promise<{ readonly userId: string; readonly organizationId: string; readonly instanceUrl: string }>;
  pause(attempt: number): Promise<void>;
  /** Takes what `/limits` says as the newest known use. */
  noteUse(used: number, max: number): void;
  apiUse(): { readonly used: number; readonly max: number; readonly at: Date } | null;
  /** API calls sent so far; logins by OAuth are none. */
  made(): number;
}

const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 8_000;

/** Opens nothing yet: the first call logs in. */
export function createCalls(settings: SalesforceSettings, options: SalesforceOptions): SalesforceCalls {
  const { clock, logger, random = Math.random, sleep = wait } = options;
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  let made = 0;
  let use: { used: number; max: number; at: Date } | null = null;
  let loggingIn: Promise<void> | null = null;

  const connection = new Connection({
    loginUrl: orgUrl(settings.loginUrl),
    version: API_VERSION,
    callOptions: { client: CLIENT_NAME },
  });
  const secrets = secretsOf(settings.login);
  const transportOptions = {
    secrets: () => (connection.accessToken ? [...secrets, connection.accessToken] : secrets),
    onHeaders: (headers: Headers) => noteHeader(headers.get("sforce-limit-info")),
  };
  const transport = new RefusingTransport({ timeoutMs: timeouts.callMs, ...transportOptions });
  // jsforce has no public option for these two.
  connection._transport = transport;
  connection.oauth2._transport = new RefusingTransport({ timeoutMs: timeouts.loginMs, ...transportOptions });

  function noteHeader(limitInfo: string | null): void {
    const match = /api-usage=(\d+)\/(\d+)/.exec(limitInfo ?? "");
    if (match) use = { used: Number(match[1]), max: Number(match[2]), at: clock.now() };
  }

  /** Logs in unless a session newer than the one that was refused is there; callers at the same time share one login. */
  async function ensureSession(refusedToken?: string): Promise<void> {
    if (connection.accessToken && connection.accessToken !== refusedToken) return;
    loggingIn ??= login(connection, settings, clock)
      .then(() => logger?.debug({ instanceUrl: connection.instanceUrl }, "logged in to Salesforce"))
      .finally(() => {
        loggingIn = null;
      });
    await loggingIn;
  }

  async function pause(attempt: number): Promise<void> {
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
    await sleep(longest / 2 + (random() * longest) / 2);
  }

  async function send(request: CallRequest): Promise<unknown> {
    made++;
    const answer = await connection.request<unknown>(
      {
        method: request.method,
        url: request.path,
        headers: { ...request.headers, ...(request.body === undefined ? {} : { "content-type": "application/json" }) },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      },
      {
        timeout: request.saves ? timeouts.saveMs : timeouts.callMs,
        ...(request.emptyAnswer === undefined ? {} : { noContentResponse: request.emptyAnswer }),
      },
    );
    if (typeof answer === "string" || answer === undefined) throw new RefusedError(unreadable(answer ?? ""));
    return answer;
  }

  async function call(request: CallRequest): Promise<unknown> {
    let refusedToken: string | undefined;
    for (let attempt = 1; ; attempt++) {
      try {
        await ensureSession(refusedToken);
        return await send(request);
      } catch (error) {
        const refused = about(refusedBy(error), request.object);
        if (isLapsedSession(refused) && refusedToken === undefined) {
          refusedToken = connection.accessToken ?? "";
          continue;
        }
        if (attempt >= (request.attempts ?? ATTEMPTS) || !mayRepeat(refused, request)) throw refused;
        logger?.debug({ code: refused.refusal.code, attempt, path: pathOnly(request.path) }, "Salesforce call is tried again");
        await pause(attempt);
      }
    }
  }

  return {
    call,
    pause,
    async *stream(path) {
      await ensureSession();
      made++;
      yield* transport.stream(
        {
          method: "GET",
          url: `${connection.instanceUrl}/services/data/v${API_VERSION}${path}`,
          headers: { Authorization: `Bearer ${connection.accessToken}`, "Sforce-Call-Options": `client=${CLIENT_NAME}` },
        },
        timeouts.saveMs,
      );
    },
    async session() {
      await ensureSession();
      const user = connection.userInfo;
      if (!user) throw new RefusedError(unreadable("the login named no user"));
      return { userId: user.id, organizationId: user.organizationId, instanceUrl: connection.instanceUrl };
    },
    noteUse(used, max) {
      use = { used, max, at: clock.now() };
    },
    apiUse: () => use,
    made: () => made,
  };
}

function isLapsedSession(error: RefusedError): boolean {
  return error.refusal.code === "INVALID_SESSION_ID";
}

function mayRepeat(error: RefusedError, request: CallRequest): boolean {
  return isTransient(error.refusal) && (request.repeat === "harmless" || wasNotServed(error));
}

function about(error: RefusedError, object: string | undefined): RefusedError {
  if (object === undefined || error.refusal.object !== undefined) return error;
  return new RefusedError({ ...error.refusal, object }, { cause: error.cause });
}

/** Queries can hold people's addresses. */
function pathOnly(path: string): string {
  return path.split("?")[0] ?? path;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
