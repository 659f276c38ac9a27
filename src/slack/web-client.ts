import type { Logger as BoltLogger } from "@slack/logger";
import { WebClient, type WebClientOptions } from "@slack/web-api";
import type { SlackSettings } from "../config/config.ts";

/** How long one call to Slack may take, in milliseconds. */
const TIMEOUT_MS = 15_000;

/**
 * Options for every Slack client. No retries here: a post that is repeated by the client could stand in a channel twice, so
 * whoever asked decides. A 429 is thrown rather than waited for: the client would hold back every other channel meanwhile.
 */
export function webClientOptions(settings: Pick<SlackSettings, "apiUrl">, logger: BoltLogger): WebClientOptions {
  return {
    slackApiUrl: settings.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    timeout: TIMEOUT_MS,
    logger,
    // Bolt answers to a response_url with this fetch and no time limit of its own.
    fetch: (url, init) => fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(TIMEOUT_MS) }),
  };
}

export function createWebClient(settings: SlackSettings, logger: BoltLogger): WebClient {
  return new WebClient(settings.botToken, webClientOptions(settings, logger));
}
