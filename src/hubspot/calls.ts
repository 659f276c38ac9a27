import type { Logger } from "pino";
import packageJson from "../../package.json" with { type: "json" };
import type { HubSpotSettings } from "../config/config.ts";
import type { Clock } from "../health/clock.ts";
import { type Refusal, RefusedError } from "../health/refusal.ts";
import { type CallKind, createLimiter } from "./limiter.ts";
import { errorBody, isWebPage, refusalOfAnswer, refusalOfFailure, refusedBy, unreadable } from "./refusal.ts";

export interface HubSpotOptions {
  readonly clock: Clock;
  readonly logger?: Logger;
  /** 0 to 1, for the jitter of pauses. */
  readonly random?: () => number;
  /** How long an answer may take to its last byte, in milliseconds. */
  readonly timeoutMs?: number;
  /** Waits, and the milliseconds that pass meanwhile; tests replace both. */
  readonly sleep?: (ms: number) => Promise<void>;
  readonly elapsed?: () => number;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The single way to one account: rates, timeouts, retries and the count of calls. */
export interface HubSpotCalls {
  /** Sends and gives an answer of 200 to 299 with JSON in it. Rejects with `RefusedError` alone. */
  exchange(request: HttpRequest): Promise<HttpAnswer>;
  /** For the paths that the client's models do not cover. */
  json(method: "GET" | "POST", path: string, body?: unknown): Promise<unknown>;
  /** Takes down when the daily limit starts anew, for the message of a refusal. */
  noteReset(at: Date): void;
  /** HTTP calls sent so far. */
  made(): number;
  /** Calls other than searches that are let through in a second. */
  perSecond(): number;
}

const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;
/** A longer wait than this is left to the next poll. */
const LONGEST_RETRY_AFTER_MS = 30_000;
const TEN_SECONDS_MS = 10_000;
const SECOND_MS = 1_000;

/** Every call of ours can be sent twice: reads, and updates that set the same values again. */
const RETRIED_STATUSES: ReadonlySet<number> = new Set([423, 500, 502, 503, 504, 521, 522, 523, 524]);

export function createCalls(settings: HubSpotSettings, options: HubSpotOptions): HubSpotCalls {
  const { clock, logger, random = Math.random, timeoutMs = 30_000, sleep = wait } = options;
  const limiter = createLimiter({ sleep, ...(options.elapsed ? { elapsed: options.elapsed } : {}) });
  let made = 0;
  let resetsAt: Date | null = null;

  async function send(request: HttpRequest): Promise<{ readonly response: Response; readonly text: string }> {
    made++;
    const headers = new Headers({ ...request.headers });
    headers.set("authorization", `Bearer ${settings.token}`);
    headers.set("user-agent", `syncwarden/${packageJson.version}`);
    try {
      const response = await fetch(request.url, {
        method: request.method,
        headers,
        ...(request.body === undefined ? {} : { body: request.body }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      limiter.note(response.headers);
      return { response, text: await response.text() };
    } catch (error) {
      throw new RefusedError(refusalOfFailure(error, new URL(request.url).host, timeoutMs), { cause: error });
    }
  }

  async function once(request: HttpRequest, kind: CallKind): Promise<HttpAnswer> {
    await limiter.turn(kind);
    const { response, text } = await send(request);
    const contentType = response.headers.get("content-type") ?? "";
    const answer = { status: response.status, contentType, body: text.replaceAll(settings.token, "[secret]") };
    if (!response.ok) throw refusedAnswer(answer, response.headers, kind);
    if (isWebPage(answer)) throw new RefusedError(refusalOfAnswer(answer));
    if (!contentType.includes("json")) throw new RefusedError({ ...unreadable(answer.body), httpStatus: response.status });
    return { status: response.status, headers: Object.fromEntries(response.headers), text };
  }

  function refusedAnswer(answer: Parameters<typeof refusalOfAnswer>[0], headers: Headers, kind: CallKind): RefusedError {
    const refusal = refusalOfAnswer(answer);
    if (answer.status !== 429) return new RefusedError(refusal, { cause: { retryAfterMs: retryAfter(headers) } });
    const policy = errorBody(refusal.raw)?.policyName ?? "";
    if (policy === "DAILY") return new RefusedError({ ...refusal, message: `${refusal.message} ${resetSentence()}` });
    const own = policy === "SECONDLY" || (policy === "" && kind === "search") ? SECOND_MS : TEN_SECONDS_MS;
    return new RefusedError(refusal, { cause: { retryAfterMs: retryAfter(headers) ?? own } });
  }

  function resetSentence(): string {
    const known = resetsAt && resetsAt > clock.now() ? resetsAt.toISOString() : null;
    return known
      ? `The daily limit starts anew at ${known}.`
      : "The daily limit starts anew at midnight in the account's time zone.";
  }

  async function exchange(request: HttpRequest): Promise<HttpAnswer> {
    const kind: CallKind = new URL(request.url).pathname.endsWith("/search") ? "search" : "other";
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(request, kind);
      } catch (error) {
        const refused = refusedBy(error);
        const pauseMs = attempt < ATTEMPTS ? pauseBefore(refused, attempt) : null;
        if (pauseMs === null) throw refused;
        logger?.debug({ code: refused.refusal.code, attempt, pauseMs }, "HubSpot call is tried again");
        if (refused.refusal.httpStatus === 429) limiter.hold(kind, pauseMs);
        else await sleep(pauseMs);
      }
    }
  }

  /** Milliseconds to wait before another attempt, or null where none is worth it. */
  function pauseBefore({ refusal, cause }: RefusedError, attempt: number): number | null {
    if (!isTransient(refusal)) return null;
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
    const jittered = longest / 2 + (random() * longest) / 2;
    const told = toldPause(cause);
    if (told === null) return refusal.httpStatus === 429 ? null : jittered;
    return told > LONGEST_RETRY_AFTER_MS ? null : told + random() * FIRST_PAUSE_MS;
  }

  return {
    exchange,
    async json(method, path, body) {
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const headers = { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) };
      const { text } = await exchange({ method, url: `${settings.apiUrl.replace(/\/+$/, "")}${path}`, headers, ...sent });
      try {
        return JSON.parse(text);
      } catch {
        throw new RefusedError(unreadable(text));
      }
    },
    noteReset(at) {
      resetsAt = at;
    },
    made: () => made,
    perSecond: () => limiter.perSecond("other"),
  };
}

function isTransient(refusal: Refusal): boolean {
  if (refusal.code === "UNREACHABLE" || refusal.code === "TIMED_OUT" || refusal.httpStatus === 429) return true;
  return RETRIED_STATUSES.has(refusal.httpStatus ?? 0);
}

/** What HubSpot asks us to wait: seconds, or the moment to wait for. */
function retryAfter(headers: Headers): number | null {
  const value = headers.get("retry-after");
  if (value === null) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

function toldPause(cause: unknown): number | null {
  if (typeof cause !== "object" || cause === null || !("retryAfterMs" in cause)) return null;
  return typeof cause.retryAfterMs === "number" ? cause.retryAfterMs : null;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
