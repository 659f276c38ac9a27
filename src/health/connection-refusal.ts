import type { Refusal } from "./refusal.ts";
import type { SuspensionKind } from "./suspensions.ts";

/** What a refusal of a whole call says about the connection. */
export interface ConnectionVerdict {
  readonly kind: SuspensionKind;
  readonly details: Readonly<Record<string, string>>;
  /** The cause comes and goes: only the same answer on two probes in a row counts. */
  readonly needsRepeat: boolean;
}

/** The suspension that a refusal of a whole Salesforce call means, or null where it means none. */
export function suspensionOf(_refusal: Refusal): ConnectionVerdict | null {
  return null;
}
