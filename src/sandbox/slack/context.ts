import type { Delivery } from "./delivery/delivery.ts";
import type { Installation } from "./installation.ts";
import type { ResponseUrls } from "./interactions/response-urls.ts";
import type { Triggers } from "./interactions/triggers.ts";
import type { Timing } from "./options.ts";
import type { RateLimiter } from "./web-api/rates.ts";
import type { Tokens } from "./web-api/tokens.ts";
import type { Uploads } from "./web-api/uploads.ts";
import type { Workspace } from "./workspace/workspace.ts";

/** Everything that the parts of the local Slack share. */
export interface SlackContext {
  readonly workspace: Workspace;
  readonly installation: Installation;
  readonly tokens: Tokens;
  readonly limiter: RateLimiter;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly uploads: Uploads;
  readonly delivery: Delivery;
  readonly timing: Timing;
  readonly baseUrl: () => string;
}
