import { inOrderMet, type SuspensionCause, type SuspensionKind } from "./suspensions.ts";

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
export type Sighting =
  | {
      readonly causes: readonly SuspensionCause[];
      /** No cause among them is enough by itself. */
      readonly needsRepeat: boolean;
    }
  | "healthy"
  | "not-known";

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

/**
 * What becomes of a connection's suspension after a probe.
 *
 * ```
 *            refused, comes and goes            the same again
 *  (none) ------------------------> suspected ----------------> open <--+ refused: update
 *    |                                |    |                     |  |   |
 *    |   refused, stable cause        |    | stable cause        |  +---+
 *    +--------------------------------|----+---------> open      |
 *                                     | healthy                  | healthy
 *                                     v                          v
 *                                closed (blip)             closed (healed)
 * ```
 * `not-known` changes nothing, and doesn't break a row. A suspected suspension that is seen with other causes alone starts
 * its row anew. Into an open one, a new cause that comes and goes is taken up behind the others at first sight and counts fully
 * at the second, so that a blip does not push the real cause aside.
 */
export function decideSuspension(open: CurrentSuspension | null, seen: Sighting): SuspensionDecision {
  if (seen === "not-known") return { action: "none" };
  if (seen === "healthy" || seen.causes.length === 0) return whenHealthy(open);
  const causes = inOrderMet(seen.causes);
  const kind = causes[0]?.kind ?? "unknown-error";
  if (open === null) return { action: seen.needsRepeat ? "suspect" : "open", kind, causes, sightings: 1 };
  const isSeenAgain = causes.some((cause) => open.kinds.includes(cause.kind));
  if (open.state === "suspected") {
    if (!seen.needsRepeat) return { action: "open", kind, causes, sightings: open.sightings + 1 };
    return isSeenAgain
      ? { action: "open", kind, causes, sightings: open.sightings + 1 }
      : { action: "suspect", kind, causes, sightings: 1 };
  }
  return whenOpen(open, { kind, causes, sightings: open.sightings + 1 }, seen.needsRepeat);
}

function whenHealthy(open: CurrentSuspension | null): SuspensionDecision {
  if (open === null) return { action: "none" };
  return { action: "close", reason: open.state === "open" ? "healed" : "blip" };
}

function whenOpen(open: CurrentSuspension, seen: Seen, needsRepeat: boolean): SuspensionDecision {
  const fresh = [...new Set(seen.causes.map((cause) => cause.kind))].filter((kind) => !open.kinds.includes(kind));
  const isUnproven = needsRepeat && fresh.length > 0 && seen.causes.every((cause) => fresh.includes(cause.kind));
  if (isUnproven) {
    return { action: "update", ...seen, kind: open.kinds[0] ?? seen.kind, worsened: [], keepsEarlierCauses: true };
  }
  return { action: "update", ...seen, worsened: fresh, keepsEarlierCauses: false };
}
