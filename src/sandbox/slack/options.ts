import type { Installation } from "./installation.ts";
import type { Rates } from "./web-api/rates.ts";

export interface SlackServiceOptions {
  /** The sandbox's public URL without a slash at its end; asked for only once it listens. */
  readonly baseUrl: () => string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** Milliseconds since 1970; the real clock unless given. */
  readonly now?: () => number;
  /** The app as installed; `installationFromManifest` reads one. */
  readonly installation?: Installation;
  /** Narrows or widens the bot token's scopes, whatever is installed. */
  readonly scopes?: readonly string[];
  readonly rates?: Partial<Rates>;
  readonly timing?: Partial<Timing>;
}

/** How patient Slack is, in milliseconds. Tests shorten it. */
export interface Timing {
  /** Within which an app must acknowledge. */
  readonly acknowledgeMs: number;
  /** How long a trigger_id is good for. */
  readonly triggerMs: number;
  /** Waits before each redelivery of an event. */
  readonly eventRetryMs: readonly number[];
  /** How long a response_url is good for. */
  readonly responseUrlMs: number;
  /** Between pings of the server on a socket. */
  readonly pingMs: number;
}

/** Slack's own patience: https://docs.slack.dev/apis/events-api and https://docs.slack.dev/interactivity */
export const realTiming: Timing = {
  acknowledgeMs: 3_000,
  triggerMs: 3_000,
  eventRetryMs: [0, 60_000, 300_000],
  responseUrlMs: 30 * 60_000,
  pingMs: 10_000,
};
