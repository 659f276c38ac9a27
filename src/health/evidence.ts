import type { Said } from "../language/sentence.ts";
import type { Refusal } from "./refusal.ts";

/** What was seen and when: every statement the bot makes rests on one of these. */
export interface Evidence {
  /** When it was seen, ISO 8601 in UTC. */
  readonly at: string;
  /** One sentence without a full stop, e.g. "Salesforce answered REQUEST_LIMIT_EXCEEDED to the integration user". No markup. */
  readonly statement: Said;
  readonly refusal?: Refusal;
  /** Who brought it in, where it was seen in HubSpot's own export: a Slack user id or what people call themselves. */
  readonly importedBy?: string;
}
