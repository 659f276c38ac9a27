/** The world's time. Turned back while the world gets its past, so that what is wrong at the start has been so for a while. */
export interface WorldClock {
  readonly now: () => Date;
  /** From here on it is this many milliseconds before the real time, until told otherwise. */
  setBack(ms: number): void;
}

export function createWorldClock(): WorldClock {
  let backMs = 0;
  return {
    now: () => new Date(Date.now() - backMs),
    setBack(ms) {
      backMs = ms;
    },
  };
}
