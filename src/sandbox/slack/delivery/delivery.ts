import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { isRecord } from "../block-kit/shape.ts";
import type { Timing } from "../options.ts";
import type { Acknowledgement, Attempt, EnvelopeType, Retry, RetryReason } from "./acknowledgement.ts";
import { signedPost } from "./signed-post.ts";
import type { Envelope, Sockets } from "./sockets.ts";

/** Brings commands, interactions and events to the app: over Socket Mode, or by signed HTTP where a request URL is set. */
export interface Delivery {
  readonly sockets: Sockets;
  requestUrl(): string | null;
  /**
   * Sets the request URL; null goes back to Socket Mode. Slack first asks the URL to echo a challenge, and
   * keeps the former setting where it doesn't.
   */
  setRequestUrl(url: string | null): Promise<{ readonly ok: true } | { readonly ok: false; readonly error: string }>;
  deliver(type: EnvelopeType, payload: unknown, acceptsResponse: boolean): Promise<Acknowledgement>;
  close(): void;
}

export interface DeliveryOptions {
  readonly sockets: Sockets;
  readonly signingSecret: string;
  readonly verificationToken: string;
  readonly timing: Timing;
  readonly now: () => number;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { sockets, timing } = options;
  const closing = new AbortController();
  let requestUrl: string | null = null;

  function post(url: string, type: EnvelopeType | "url_verification", payload: unknown, retry: Retry | null): Promise<Attempt> {
    const json = type === "events_api" || type === "url_verification";
    return signedPost({
      url,
      body: json ? JSON.stringify(payload) : formBody(type, payload),
      contentType: json ? "application/json" : "application/x-www-form-urlencoded",
      signingSecret: options.signingSecret,
      now: options.now(),
      timeoutMs: timing.acknowledgeMs,
      retry,
      closing: closing.signal,
    });
  }

  function attempt(envelope: Envelope, retry: Retry | null): Promise<Attempt> {
    return requestUrl === null ? sockets.send(envelope, retry) : post(requestUrl, envelope.type, envelope.payload, retry);
  }

  /** Events are sent again three times; over a socket, what wasn't acknowledged in time is sent once more; over HTTP it is lost. */
  function waitsBeforeRetries(type: EnvelopeType, first: Attempt): readonly number[] {
    if (type === "events_api") return timing.eventRetryMs;
    const late = !first.acknowledged && first.error === "operation_timeout";
    return late && requestUrl === null ? [0] : [];
  }

  async function wait(ms: number): Promise<boolean> {
    try {
      await sleep(ms, undefined, { signal: closing.signal, ref: false });
      return true;
    } catch {
      return false;
    }
  }

  return {
    sockets,
    requestUrl: () => requestUrl,
    async setRequestUrl(url) {
      if (url === null) {
        requestUrl = null;
        return { ok: true };
      }
      const challenge = randomBytes(24).toString("hex");
      const answer = await post(
        url,
        "url_verification",
        { type: "url_verification", token: options.verificationToken, challenge },
        null,
      );
      if (!answer.acknowledged) return { ok: false, error: `${url} did not answer the challenge (${answer.error})` };
      const echoed = isRecord(answer.body) ? (answer.body.challenge ?? answer.body.text) : undefined;
      if (echoed !== challenge) return { ok: false, error: `${url} did not echo the challenge` };
      requestUrl = url;
      return { ok: true };
    },
    async deliver(type, payload, acceptsResponse) {
      const envelope: Envelope = { id: randomUUID(), type, payload, acceptsResponse };
      const started = performance.now();
      let attempts = 1;
      let last = await attempt(envelope, null);
      for (const ms of waitsBeforeRetries(type, last)) {
        if (last.acknowledged || !(await wait(ms))) break;
        last = await attempt(envelope, { attempt: attempts, reason: reasonOf(last) });
        attempts += 1;
      }
      if (!last.acknowledged) return { acknowledged: false, error: last.error, attempts };
      return { acknowledged: true, body: last.body, ackMs: Math.round((performance.now() - started) * 10) / 10, attempts };
    },
    close() {
      closing.abort();
      sockets.close();
    },
  };
}

function reasonOf(attempt: Attempt): RetryReason {
  if (attempt.acknowledged || attempt.error === "operation_timeout") return "timeout";
  return attempt.error === "dispatch_failed" ? "connection_failed" : "http_error";
}

function formBody(type: EnvelopeType | "url_verification", payload: unknown): string {
  if (type === "interactive") return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const fields = isRecord(payload) ? Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]) : [];
  return new URLSearchParams(fields).toString();
}
