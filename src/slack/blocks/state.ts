import type { ConnectionReport } from "../../health/report.ts";

/** The one emoji at the head of a message. */
export const STATE_MARKS = {
  healthy: ":large_green_circle:",
  errors: ":large_yellow_circle:",
  suspended: ":red_circle:",
  unknown: ":white_circle:",
} as const satisfies Record<ConnectionReport["state"], string>;

/** What follows the connection's name. */
export const STATE_WORDS = {
  healthy: "is healthy",
  errors: "has sync errors",
  suspended: "is suspended",
  unknown: "is in an unknown state",
} as const satisfies Record<ConnectionReport["state"], string>;
