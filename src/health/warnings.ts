import type { Evidence } from "./evidence.ts";

/** What can be told before it stops the sync or a record. */
export const WARNING_KINDS = [
  "calls-running-out",
  "storage-nearly-full",
  "allocation-nearly-used",
  "credentials-expiring",
  "field-about-to-fail",
] as const;
export type WarningKind = (typeof WARNING_KINDS)[number];

/** Something that will go wrong unless somebody acts. */
export interface Warning {
  /** One warning in a connection: kind and what it is about, e.g. `storage-nearly-full:data`. */
  readonly key: string;
  readonly kind: WarningKind;
  /** What advice may name. */
  readonly details: Readonly<Record<string, string>>;
  readonly evidence: Evidence;
}

/** From where on something is worth a warning. */
export interface WarningThresholds {
  /** Calls that run out within this time, in milliseconds. */
  readonly callsWithinMs: number;
  /** The shortest time over which a rate of calls is read, in milliseconds: a burst within it is joined with what follows. */
  readonly rateOverMs: number;
  /** Parts of the whole, 0 to 1. */
  readonly storageAbove: number;
  readonly allocationAbove: number;
  /** In milliseconds. */
  readonly credentialsWithinMs: number;
}
