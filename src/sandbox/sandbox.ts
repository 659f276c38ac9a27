import type { HubSpotAccount } from "./hubspot/model.ts";
import type { Said } from "./said.ts";
import type { SalesforceOrg } from "./salesforce/model.ts";

export interface SandboxOptions {
  /** 0: a free port. */
  readonly port: number;
  readonly seed: number;
  /** How many contacts the world starts with. */
  readonly contacts: number;
  /** Nothing is wrong in the world at the start. */
  readonly healthy: boolean;
  /** Where to write every exchange with the three services, one JSON object a line. */
  readonly journal: string | null;
}

/** Environment variables with which a bot joins the sandbox. */
export type SandboxEnvironment = Readonly<Record<string, string>>;

/** A running sandbox: three services, the native sync between two of them, the page and the control paths, on one port. */
export interface Sandbox {
  readonly url: string;
  readonly port: number;
  readonly org: SalesforceOrg;
  readonly account: HubSpotAccount;
  /** SLACK_API_URL, HUBSPOT_API_URL, tokens, Salesforce login … and SYNCWARDEN_CONFIG naming a configuration for this world. */
  readonly environment: SandboxEnvironment;
  /** From now on the page shows beside the truth what a bot says of the sync. */
  hear(said: () => Promise<Said | null>): void;
  close(): Promise<void>;
}
