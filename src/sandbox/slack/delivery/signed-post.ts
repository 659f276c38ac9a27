import { createHmac } from "node:crypto";
import type { Attempt, Retry } from "./acknowledgement.ts";

export interface SignedRequest {
  readonly url: string;
  readonly body: string;
  readonly contentType: "application/json" | "application/x-www-form-urlencoded";
  readonly signingSecret: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly timeoutMs: number;
  readonly retry: Retry | null;
  /** Ends the wait when the service closes. */
  readonly closing: AbortSignal;
}

/** Slack's v0 signature of a request: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signature(signingSecret: string, timestamp: number, body: string): string {
  return `v0=${createHmac("sha256", signingSecret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

/** Posts to the app's request URL as Slack does and reads its acknowledgement. */
export async function signedPost(request: SignedRequest): Promise<Attempt> {
  const timestamp = Math.floor(request.now / 1000);
  try {
    const response = await fetch(request.url, {
      method: "POST",
      headers: {
        "content-type": request.contentType,
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "x-slack-request-timestamp": String(timestamp),
        "x-slack-signature": signature(request.signingSecret, timestamp, request.body),
        ...(request.retry === null
          ? {}
          : { "x-slack-retry-num": String(request.retry.attempt), "x-slack-retry-reason": httpReason[request.retry.reason] }),
      },
      body: request.body,
      signal: AbortSignal.any([AbortSignal.timeout(request.timeoutMs), request.closing]),
    });
    const text = await response.text();
    if (response.status !== 200) return { acknowledged: false, error: "http_status" };
    return { acknowledged: true, body: answerBody(text) };
  } catch (error) {
    const late = error instanceof DOMException && error.name === "TimeoutError";
    return { acknowledged: false, error: late ? "operation_timeout" : "dispatch_failed" };
  }
}

const httpReason = { timeout: "http_timeout", connection_failed: "connection_failed", http_error: "http_error" } as const;

function answerBody(text: string): unknown {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}
