import type { RequestState } from "../../health/report.ts";

/** How a request is, after its name: "the resync … is at work". */
export const REQUEST_STATES = {
  requested: "is about to start",
  running: "is at work",
  verifying: "is being verified",
  done: "is done",
  failed: "failed",
  cancelled: "was cancelled",
  expired: "ran out of time",
} as const satisfies Record<RequestState, string>;
