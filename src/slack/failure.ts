import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";

/** Why Slack didn't do what was asked, and what to do about it. */
export interface SlackFailure {
  /**
   * `busy`: too many calls, try again after `retryAfterSeconds`. `access`: token or scope. `channel`: this channel can't be
   * posted to. `message`: the message is gone or can't be changed. `content`: Slack refuses what it says. `unavailable`: the rest.
   */
  readonly kind: "busy" | "access" | "channel" | "message" | "content" | "unavailable";
  /** Slack's own code, or ours where it sent none. */
  readonly code: string;
  /** One sentence: what is wrong and what to do. */
  readonly statement: string;
  readonly retryAfterSeconds: number | null;
}

/** Thrown when announcements can't be delivered for now, so that the job is tried again. */
export class SlackDeliveryError extends Error {
  override readonly name = "SlackDeliveryError";
  readonly failure: SlackFailure;
  readonly channel: string;
  /** How long to wait before trying this channel again, in seconds; null: as the job sees fit. */
  readonly retryAfter: number | null;

  constructor(channel: string, failure: SlackFailure, options?: ErrorOptions) {
    super(failure.statement, options);
    this.channel = channel;
    this.failure = failure;
    this.retryAfter = failure.retryAfterSeconds;
  }
}

const ACCESS: Readonly<Record<string, string>> = {
  invalid_auth: "Slack does not accept the token: check SLACK_BOT_TOKEN and SLACK_APP_TOKEN and start again",
  not_authed: "Slack got no token: set SLACK_BOT_TOKEN and SLACK_APP_TOKEN",
  not_allowed_token_type:
    "Slack wants another kind of token: SLACK_BOT_TOKEN starts with xoxb- and SLACK_APP_TOKEN (Socket Mode) with xapp-",
  account_inactive: "The Slack app was removed from the workspace: install it again and set the new SLACK_BOT_TOKEN",
  token_revoked: "The Slack token was revoked: install the app again and set the new SLACK_BOT_TOKEN",
  token_expired: "The Slack token has expired: install the app again and set the new SLACK_BOT_TOKEN",
  user_removed_from_team: "The Slack app was removed from the workspace: install it again and set the new SLACK_BOT_TOKEN",
  missing_scope: "The Slack app lacks a scope: install it again from manifest.yml",
  no_permission: "The Slack app lacks a permission: install it again from manifest.yml",
  access_denied: "Slack denies access: install the app again from manifest.yml",
  team_access_not_granted: "The Slack app has no access to this workspace: install it there",
};

const CHANNEL: Readonly<Record<string, string>> = {
  channel_not_found:
    "The channel does not exist or is private and I am not in it: invite me with /invite @Syncwarden, then subscribe again",
  not_in_channel: "I am not in the channel: invite me with /invite @Syncwarden, then subscribe again",
  is_archived: "The channel is archived: unarchive it or subscribe another one",
  restricted_action: "A workspace setting keeps apps from posting in the channel: allow it or subscribe another one",
  restricted_action_read_only_channel: "The channel is read-only: allow the app to post or subscribe another one",
  messages_tab_disabled: "The app's Messages tab is off: switch it on in the app's settings or subscribe a channel",
  cannot_dm_bot: "A direct message to a bot can't be posted to: subscribe a channel",
};

const MESSAGE = ["message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found", "message_limit_exceeded"];

const CONTENT = ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text", "block_mismatch"];

/** Sorts what a Slack client threw; nothing in the answer holds a token. */
export function explainSlackFailure(error: unknown): SlackFailure {
  if (error instanceof WebAPIRateLimitedError) return busy(error.retryAfter);
  if (error instanceof WebAPIPlatformError) return platformFailure(error);
  if (error instanceof WebAPIHTTPError) {
    return unavailable(`HTTP_${error.statusCode}`, `Slack answered with HTTP ${error.statusCode}; I keep trying`);
  }
  if (error instanceof WebAPIRequestError) {
    return unavailable("UNREACHABLE", `Slack is out of reach (${rootCause(error.original)}): check the network; I keep trying`);
  }
  const reason = error instanceof Error ? rootCause(error) : "the connection closed before it was ready";
  return unavailable("UNREACHABLE", `Slack could not be reached (${reason}); I keep trying`);
}

function platformFailure(error: WebAPIPlatformError): SlackFailure {
  const code = error.data.error;
  if (code === "ratelimited" || code === "rate_limited") return busy(30);
  const access = ACCESS[code];
  if (access !== undefined) {
    const needed = "needed" in error.data && typeof error.data.needed === "string" ? ` (needed: ${error.data.needed})` : "";
    return { kind: "access", code, statement: `${access}${needed}. Slack answered ${code}.`, retryAfterSeconds: null };
  }
  const channel = CHANNEL[code];
  if (channel !== undefined)
    return { kind: "channel", code, statement: `${channel}. Slack answered ${code}.`, retryAfterSeconds: null };
  if (MESSAGE.includes(code)) {
    return {
      kind: "message",
      code,
      statement: `The message can't be changed any more: Slack answered ${code}.`,
      retryAfterSeconds: null,
    };
  }
  if (CONTENT.includes(code)) {
    return { kind: "content", code, statement: `Slack refuses the message: it answered ${code}.`, retryAfterSeconds: null };
  }
  return unavailable(code, `Slack answered ${code}; I keep trying`);
}

function busy(seconds: number): SlackFailure {
  return {
    kind: "busy",
    code: "ratelimited",
    statement: `Slack limits the rate: the next try is in ${seconds} s.`,
    retryAfterSeconds: seconds,
  };
}

function unavailable(code: string, statement: string): SlackFailure {
  return { kind: "unavailable", code, statement: `${statement}.`, retryAfterSeconds: null };
}

/** fetch says only "fetch failed"; what failed is in the cause. */
function rootCause(error: Error): string {
  const { cause } = error;
  if (cause instanceof Error) {
    const code = "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
    if (code !== "") return code;
  }
  return error.message;
}
