import type { Evidence } from "./evidence.ts";

/** HubSpot's eleven reasons for suspending the whole sync, in the order in which HubSpot would meet them. */
export const SUSPENSION_KINDS = [
  "sf-org-unavailable",
  "sf-server-error",
  "sf-api-access-disabled",
  "sf-api-limit-exceeded",
  "hubspot-api-limit-exceeded",
  "sf-org-locked",
  "sf-storage-limit-exceeded",
  "sf-object-permissions-missing",
  "sf-field-permissions-missing",
  "missing-field-mappings",
  "unknown-error",
] as const;

export type SuspensionKind = (typeof SUSPENSION_KINDS)[number];

/** Something seen that suspends the sync, with what was seen. */
export interface SuspensionCause {
  readonly kind: SuspensionKind;
  readonly evidence: Evidence;
  /** What the advice names: `object`, `field`, `limit`, `user`, `reason` … Keys depend on the kind. */
  readonly details: Readonly<Record<string, string>>;
}

/** Causes that come and go: one sighting alerts nobody, the same answer on two probes in a row does. */
const COMING_AND_GOING: readonly SuspensionKind[] = ["sf-org-unavailable", "sf-server-error", "sf-org-locked", "unknown-error"];

export function comesAndGoes(kind: SuspensionKind): boolean {
  return COMING_AND_GOING.includes(kind);
}

/** Causes in the order in which HubSpot would meet them: the first one leads. Of one kind, the order given stays. */
export function inOrderMet(causes: readonly SuspensionCause[]): readonly SuspensionCause[] {
  return causes.toSorted((left, right) => SUSPENSION_KINDS.indexOf(left.kind) - SUSPENSION_KINDS.indexOf(right.kind));
}
