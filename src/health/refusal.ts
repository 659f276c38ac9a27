import type { CrmSystem } from "../records/record.ts";

/** An answer of a CRM that refuses what was asked, in one shape for both systems. */
export interface Refusal {
  readonly system: CrmSystem;
  /**
   * Salesforce's `errorCode`/`statusCode` or HubSpot's `category`, as sent. Without one, a code of ours:
   * `UNREACHABLE` (no connection), `TIMED_OUT`, `MAINTENANCE_PAGE` (HTML instead of JSON), `UNREADABLE` (no sense in the body).
   */
  readonly code: string;
  /** The message in full, in the language of the integration user. */
  readonly message: string;
  /** API names of the fields the refusal names; empty where it names none. */
  readonly fields: readonly string[];
  /** The object asked about, by its API name, where the request concerned one. */
  readonly object?: string;
  readonly recordId?: string;
  readonly httpStatus?: number;
  /** Of `UNREACHABLE`: the host, with the network's own code where it gave one: "api.hubapi.com (ECONNREFUSED)". */
  readonly peer?: string;
  /** The error entry as received, for display in full. Never holds credentials. */
  readonly raw?: unknown;
}

/** Thrown when a CRM refuses a whole call (not single records): an outage, a limit, a missing right. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly refusal: Refusal;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(`${refusal.system} answered ${refusal.code}: ${refusal.message}`, options);
    this.refusal = refusal;
  }
}
