import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { ConnectionSettings } from "../config/config.ts";
import type { Clock } from "../health/clock.ts";
import type { HubSpot } from "../hubspot/hubspot.ts";
import type { Salesforce } from "../salesforce/salesforce.ts";
import type { Database } from "../store/schema.ts";
import type { JobSender } from "./job.ts";

/** One connection with the clients that reach its two systems. */
export interface Connection {
  readonly settings: ConnectionSettings;
  readonly salesforce: Salesforce;
  readonly hubspot: HubSpot;
}

/** What every part of the monitor works with. */
export interface MonitorContext {
  readonly db: Kysely<Database>;
  readonly jobs: JobSender;
  readonly clock: Clock;
  readonly logger: Logger;
  /** By name. */
  readonly connections: ReadonlyMap<string, Connection>;
  /** A new unique id (a UUID outside tests). */
  readonly newId: () => string;
}
