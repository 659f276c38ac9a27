import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { ENGLISH } from "../language/language.ts";
import { type Sentence, sentence } from "../language/sentence.ts";

/** Why Slack didn't do what was asked, and what to do about it. */
export interface SlackFailure {
  /**
   * `busy`: too many calls, try again after `retryAfterSeconds`. `access`: token or scope. `channel`: this channel can't be
   * posted to. `message`: the message is gone or can't be changed. `content`: Slack refuses what it says. `unavailable`: the rest.
   */
  readonly kind: "busy" | "access" | "channel" | "message" | "content" | "unavailable";
  /** Slack's own code, or ours where it sent none. */
  readonly code: string;
  /** What is wrong and what to do. */
  readonly statement: Sentence;
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
    super(ENGLISH.render(failure.statement), options);
    this.channel = channel;
    this.failure = failure;
    this.retryAfter = failure.retryAfterSeconds;
  }
}

const ACCESS: Readonly<Record<string, Sentence>> = {
  invalid_auth: sentence("Slack does not accept the token: check SLACK_BOT_TOKEN and SLACK_APP_TOKEN and start again."),
  not_authed: sentence("Slack got no token: set SLACK_BOT_TOKEN and SLACK_APP_TOKEN."),
  not_allowed_token_type: sentence(
    "Slack wants another kind of token: SLACK_BOT_TOKEN starts with xoxb- and SLACK_APP_TOKEN (Socket Mode) with xapp-.",
  ),
  account_inactive: sentence("The Slack app was removed from the workspace: install it again and set the new SLACK_BOT_TOKEN."),
  token_revoked: sentence("The Slack token was revoked: install the app again and set the new SLACK_BOT_TOKEN."),
  token_expired: sentence("The Slack token has expired: install the app again and set the new SLACK_BOT_TOKEN."),
  user_removed_from_team: sentence(
    "The Slack app was removed from the workspace: install it again and set the new SLACK_BOT_TOKEN.",
  ),
  missing_scope: sentence("The Slack app lacks a scope: install it again from manifest.yml."),
  no_permission: sentence("The Slack app lacks a permission: install it again from manifest.yml."),
  access_denied: sentence("Slack denies access: install the app again from manifest.yml."),
  team_access_not_granted: sentence("The Slack app has no access to this workspace: install it there."),
};

const CHANNEL: Readonly<Record<string, Sentence>> = {
  channel_not_found: sentence(
    "The channel does not exist or is private and I am not in it: invite me with /invite @Syncwarden, then subscribe again.",
  ),
  not_in_channel: sentence("I am not in the channel: invite me with /invite @Syncwarden, then subscribe again."),
  is_archived: sentence("The channel is archived: unarchive it or subscribe another one."),
  restricted_action: sentence("A workspace setting keeps apps from posting in the channel: allow it or subscribe another one."),
  restricted_action_read_only_channel: sentence("The channel is read-only: allow the app to post or subscribe another one."),
  messages_tab_disabled: sentence("The app's Messages tab is off: switch it on in the app's settings or subscribe a channel."),
  cannot_dm_bot: sentence("A direct message to a bot can't be posted to: subscribe a channel."),
};

const MESSAGE = ["message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found", "message_limit_exceeded"];

const CONTENT = ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text", "block_mismatch"];

/** Sorts what a Slack client threw; nothing in the answer holds a token. */
export function explainSlackFailure(error: unknown): SlackFailure {
  if (error instanceof WebAPIRateLimitedError) return busy(error.retryAfter);
  if (error instanceof WebAPIPlatformError) return platformFailure(error);
  if (error instanceof WebAPIHTTPError) {
    const status = error.statusCode;
    return unavailable(`HTTP_${status}`, sentence("Slack answered with HTTP {status}; I keep trying.", { status: `${status}` }));
  }
  if (error instanceof WebAPIRequestError) {
    const reason = rootCause(error.original);
    return unavailable(
      "UNREACHABLE",
      sentence("Slack is out of reach ({reason}): check the network; I keep trying.", { reason }),
    );
  }
  const reason = error instanceof Error ? rootCause(error) : sentence("the connection closed before it was ready");
  return unavailable("UNREACHABLE", sentence("Slack could not be reached ({reason}); I keep trying.", { reason }));
}

function platformFailure(error: WebAPIPlatformError): SlackFailure {
  const code = error.data.error;
  if (code === "ratelimited" || code === "rate_limited") return busy(30);
  const access = ACCESS[code];
  if (access !== undefined) {
    const scope = "needed" in error.data && typeof error.data.needed === "string" ? error.data.needed : null;
    const statement =
      scope === null
        ? answered(access, code)
        : sentence("{statement} Slack answered {code}, and needs {scope}.", { statement: access, code, scope });
    return { kind: "access", code, statement, retryAfterSeconds: null };
  }
  const channel = CHANNEL[code];
  if (channel !== undefined) {
    return { kind: "channel", code, statement: answered(channel, code), retryAfterSeconds: null };
  }
  if (MESSAGE.includes(code)) {
    const statement = sentence("The message can't be changed any more: Slack answered {code}.", { code });
    return { kind: "message", code, statement, retryAfterSeconds: null };
  }
  if (CONTENT.includes(code)) {
    const statement = sentence("Slack refuses the message: it answered {code}.", { code });
    return { kind: "content", code, statement, retryAfterSeconds: null };
  }
  return unavailable(code, sentence("Slack answered {code}; I keep trying.", { code }));
}

function answered(statement: Sentence, code: string): Sentence {
  return sentence("{statement} Slack answered {code}.", { statement, code });
}

function busy(seconds: number): SlackFailure {
  return {
    kind: "busy",
    code: "ratelimited",
    statement: sentence("Slack limits the rate: the next try is in {seconds, number} s.", { seconds }),
    retryAfterSeconds: seconds,
  };
}

function unavailable(code: string, statement: Sentence): SlackFailure {
  return { kind: "unavailable", code, statement, retryAfterSeconds: null };
}

/** fetch says only "fetch failed"; what failed is in the cause. Without what would mean something to Slack: people are shown it. */
function rootCause(error: Error): string {
  return messageOf(error).replace(/[<>&]/g, " ").slice(0, LONGEST_REASON);
}

const LONGEST_REASON = 300;

function messageOf(error: Error): string {
  const { cause } = error;
  if (cause instanceof Error) {
    const code = "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
    if (code !== "") return code;
  }
  return error.message;
}
