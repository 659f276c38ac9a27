import type { SuspensionCause, SuspensionKind } from "./suspensions.ts";

/** The suspension that isn't closed yet, as stored. */
export interface CurrentSuspension {
  readonly id: string;
  readonly state: "suspected" | "open";
  /** Its causes' kinds, the leading one first. */
  readonly kinds: readonly SuspensionKind[];
  /** Seen on how many probes in a row. */
  readonly sightings: number;
}

/** What a probe has shown. `not-known`: it could not look. */
export type Sighting = { readonly causes: readonly SuspensionCause[]; readonly needsRepeat: boolean } | "healthy" | "not-known";

interface Seen {
  /** The leading cause's kind. */
  readonly kind: SuspensionKind;
  /** What was seen now, the leading cause first. */
  readonly causes: readonly SuspensionCause[];
  readonly sightings: number;
}

export type SuspensionDecision =
  | { readonly action: "none" }
  /** Keep in mind, tell nobody: a new suspected suspension, or the suspected one with another cause. */
  | ({ readonly action: "suspect" } & Seen)
  /** A new open suspension, or the suspected one opens. */
  | ({ readonly action: "open" } & Seen)
  /** The open one is seen again. */
  | ({
      readonly action: "update";
      /** Kinds that it did not have before: worth a line in the thread. */
      readonly worsened: readonly SuspensionKind[];
      /** The causes stored so far still stand, before those seen now. */
      readonly keepsEarlierCauses: boolean;
    } & Seen)
  | { readonly action: "close"; readonly reason: "healed" | "blip" };

/** What becomes of a connection's suspension after a probe. */
export function decideSuspension(_open: CurrentSuspension | null, _seen: Sighting): SuspensionDecision {
  return { action: "none" };
}
