/** The org's calls at one moment. */
export interface ApiSample {
  readonly at: Date;
  readonly used: number;
  readonly max: number;
}

export interface ApiForecast {
  /** Calls an hour; null where too little is known. */
  readonly perHour: number | null;
  /** When none are left at this rate; null when that isn't within a day, or isn't known. */
  readonly exhaustedAt: Date | null;
}

const HOUR = 3_600_000;
/** The present rate is that of the last steps; older samples tell of other times of day. */
export const STEPS = 18;
/** Shorter steps are joined: a single burst between two polls says little. In milliseconds. */
export const STEP_MS = 10 * 60_000;
const LEAST_STEPS = 3;
/** What is older than this many steps says nothing of now. */
const STALE_STEPS = 12;

/**
 * How fast the org's calls go and when they run out. The rate is the median over the last three hours' steps of at least ten
 * minutes (or of another length), so that one burst doesn't make it; steps in which the count fell (the 24 hours rolled on, or
 * a daily reset) count for nothing. Used calls that expire are not foreseen: the forecast errs on the early side.
 */
export function forecast(samples: readonly ApiSample[], now: Date, stepMs = STEP_MS): ApiForecast {
  const recent = samples
    .filter(({ at }) => at <= now && now.getTime() - at.getTime() <= STEPS * stepMs)
    .toSorted((left, right) => left.at.getTime() - right.at.getTime());
  const newest = recent.at(-1);
  if (newest === undefined || now.getTime() - newest.at.getTime() > STALE_STEPS * stepMs)
    return { perHour: null, exhaustedAt: null };
  const left = newest.max - newest.used;
  const rates = ratesOf(recent, stepMs);
  const perHour = rates.length < LEAST_STEPS ? null : median(rates);
  if (newest.max > 0 && left <= 0) return { perHour, exhaustedAt: newest.at };
  if (perHour === null || perHour <= 0 || newest.max <= 0) return { perHour, exhaustedAt: null };
  const exhaustedAt = newest.at.getTime() + (left / perHour) * HOUR;
  return { perHour, exhaustedAt: exhaustedAt - now.getTime() <= 24 * HOUR ? new Date(exhaustedAt) : null };
}

function ratesOf(samples: readonly ApiSample[], stepMs: number): readonly number[] {
  const rates: number[] = [];
  let from = samples[0];
  for (const to of samples.slice(1)) {
    if (from === undefined) break;
    if (to.used < from.used) {
      from = to;
      continue;
    }
    const duration = to.at.getTime() - from.at.getTime();
    if (duration < stepMs) continue;
    rates.push(((to.used - from.used) / duration) * HOUR);
    from = to;
  }
  return rates;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
