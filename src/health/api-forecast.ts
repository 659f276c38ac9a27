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

/** How fast the org's calls go and when they run out. */
export function forecast(_samples: readonly ApiSample[], _now: Date): ApiForecast {
  return { perHour: null, exhaustedAt: null };
}
