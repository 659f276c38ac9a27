/** How many changes waited at one look. */
export interface WaitingSample {
  readonly at: Date;
  readonly waiting: number;
  /** Whether the sync was suspended then: nothing is worked off meanwhile. */
  readonly suspended: boolean;
}

/** How fast a backlog shrinks. */
export interface WorkingOff {
  /** Changes an hour, what comes in meanwhile taken off; null where it isn't known to shrink. */
  readonly perHour: number | null;
  /** When nothing is left at this rate; null where that isn't known. */
  readonly endsAt: Date | null;
}

const HOUR_MS = 3_600_000;
/** The present rate is that of the last hour. In milliseconds. */
export const RATE_OVER_MS = HOUR_MS;
const NOT_KNOWN: WorkingOff = { perHour: null, endsAt: null };

/**
 * How fast what waits is worked off, and when it is done. The rate is measured over the looks of the last hour since the sync
 * was last suspended, from the one with most waiting on: what a first look after a suspension finds is no growth. Null where
 * nothing has been measured, or nothing has shrunk: a backlog that stands still has no end that could be foreseen.
 */
export function workingOff(samples: readonly WaitingSample[], left: number, now: Date): WorkingOff {
  const recent = samples
    .filter(({ at }) => at <= now && now.getTime() - at.getTime() <= RATE_OVER_MS)
    .toSorted((one, other) => one.at.getTime() - other.at.getTime());
  const running = recent.slice(recent.findLastIndex(({ suspended }) => suspended) + 1);
  const newest = running.at(-1);
  if (newest === undefined) return NOT_KNOWN;
  const most = running.reduce((peak, sample) => (sample.waiting >= peak.waiting ? sample : peak), newest);
  const tookMs = newest.at.getTime() - most.at.getTime();
  const settled = most.waiting - newest.waiting;
  if (tookMs <= 0 || settled <= 0) return NOT_KNOWN;
  const perHour = (settled / tookMs) * HOUR_MS;
  return { perHour, endsAt: left <= 0 ? null : new Date(Math.round(newest.at.getTime() + (left / perHour) * HOUR_MS)) };
}
