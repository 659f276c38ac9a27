import type { ConnectionReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";

/** The one emoji at the head of a message. */
export const STATE_MARKS = {
  healthy: ":large_green_circle:",
  errors: ":large_yellow_circle:",
  suspended: ":red_circle:",
  unknown: ":white_circle:",
} as const satisfies Record<ConnectionReport["state"], string>;

/** "acme is healthy", without a full stop. */
export function stateText(t: Language, connection: string, state: ConnectionReport["state"]): string {
  switch (state) {
    case "healthy":
      return t.say("{connection} is healthy", { connection });
    case "errors":
      return t.say("{connection} has sync errors", { connection });
    case "suspended":
      return t.say("{connection} is suspended", { connection });
    case "unknown":
      return t.say("{connection} is in an unknown state", { connection });
  }
}
