/** What Slack sends an app, by how Socket Mode names it. */
export type EnvelopeType = "slash_commands" | "interactive" | "events_api";

/** What became of something that Slack sent the app. */
export type Acknowledgement =
  | {
      readonly acknowledged: true;
      /** What the app answered with; null where it only acknowledged. */
      readonly body: unknown;
      readonly ackMs: number;
      /** 1: at the first delivery. */
      readonly attempts: number;
    }
  | {
      readonly acknowledged: false;
      /** dispatch_failed: nobody was there to take it; operation_timeout: no answer in time; http_status: another status than 200. */
      readonly error: "dispatch_failed" | "operation_timeout" | "http_status";
      readonly attempts: number;
    };

/** One try to deliver; the same without the count of tries. */
export type Attempt =
  | { readonly acknowledged: true; readonly body: unknown }
  | { readonly acknowledged: false; readonly error: "dispatch_failed" | "operation_timeout" | "http_status" };

/** Why something is sent again, as Slack words it in retry_reason and X-Slack-Retry-Reason. */
export type RetryReason = "timeout" | "connection_failed" | "http_error";

export interface Retry {
  readonly attempt: number;
  readonly reason: RetryReason;
}
