import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { Clock } from "../health/clock.ts";
import type { Language } from "../language/language.ts";
import type { Monitor } from "../monitor/monitor.ts";
import type { SlackFiles } from "./files.ts";
import type { People } from "./people.ts";
import type { Rights } from "./rights.ts";

/** What commands, clicks and views work with, whoever it is for. */
export interface SlackParts {
  readonly monitor: Monitor;
  readonly rights: Rights;
  readonly people: People;
  readonly slack: WebClient;
  readonly files: SlackFiles;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly version: string;
}

/** The same for one person, who is answered in their language. */
export interface SlackContext extends SlackParts {
  readonly t: Language;
}
