import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { Clock } from "../health/clock.ts";
import type { Monitor } from "../monitor/monitor.ts";
import type { SlackFiles } from "./files.ts";
import type { Rights } from "./rights.ts";

/** What commands, clicks and views work with. */
export interface SlackContext {
  readonly monitor: Monitor;
  readonly rights: Rights;
  readonly slack: WebClient;
  readonly files: SlackFiles;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly version: string;
}
