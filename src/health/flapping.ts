/** One time that the sync was suspended. */
export interface Period {
  readonly openedAt: Date;
  readonly closedAt: Date;
}

/** From so many suspensions for one cause within a day on, it is one matter that keeps coming back. */
export const TIMES_THAT_FLAP = 3;
/** In milliseconds. */
export const FLAPPING_WITHIN_MS = 24 * 3_600_000;
/** A matter that keeps coming back is over when it has stayed away for so long, in milliseconds. */
export const FLAPPING_ENDS_AFTER_MS = 3_600_000;

/**
 * Whether a suspension that begins now goes on with an earlier one for the same cause: with those that began within the day
 * before, it is the third or a later one.
 */
export function isFlapping(earlier: readonly Period[], now: Date): boolean {
  const since = now.getTime() - FLAPPING_WITHIN_MS;
  const recent = earlier.filter(({ openedAt }) => openedAt.getTime() > since && openedAt <= now);
  return recent.length + 1 >= TIMES_THAT_FLAP;
}

/** A matter that keeps coming back, in figures. */
export interface Flapping {
  /** How often so far, the present time included. */
  readonly times: number;
  /** When the first time began. */
  readonly since: Date;
  /** How long those that are over took, in milliseconds. */
  readonly shortestMs: number;
  readonly longestMs: number;
}

/** What is to be said of a matter's times that are over and, where there is one, the present one; null where it doesn't flap. */
export function flappingOf(over: readonly Period[], isOpenNow: boolean): Flapping | null {
  const times = over.length + (isOpenNow ? 1 : 0);
  if (times < TIMES_THAT_FLAP || over.length === 0) return null;
  const lasted = over.map(({ openedAt, closedAt }) => closedAt.getTime() - openedAt.getTime());
  return {
    times,
    since: new Date(Math.min(...over.map(({ openedAt }) => openedAt.getTime()))),
    shortestMs: Math.min(...lasted),
    longestMs: Math.max(...lasted),
  };
}
