/** The three services of the sandbox, all on one port, told apart by their paths. */
export type ServiceName = "slack" | "salesforce" | "hubspot";

/** One request to a service with its answer: a line of the journal. Secrets are never in it. */
export interface Exchange {
  readonly service: ServiceName;
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly requestBody?: unknown;
  readonly status: number;
  readonly responseBody?: unknown;
  /** ISO 8601. */
  readonly at: string;
}

/** A fault that the panel or a test has set. Every field narrows or shapes it. */
export interface Fault {
  readonly service: ServiceName;
  /** Only requests whose path starts with this. */
  readonly path?: string;
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  readonly dropConnection?: boolean;
  /** How many requests it hits before it is spent; without it, until it is deleted. */
  readonly times?: number;
}
