/** The world's time. Turned back while the world gets its past, so that what is wrong at the start has been so for a while. */
export interface WorldClock {
  readonly now: () => Date;
  /** From here on it is this many milliseconds before the real time, until told otherwise. */
  setBack(ms: number): void;
}

/** `present`: the time that the world goes by when it isn't turned back. */
export function createWorldClock(present: () => Date = () => new Date()): WorldClock {
  let backMs = 0;
  return {
    now: () => new Date(present().getTime() - backMs),
    setBack(ms) {
      backMs = ms;
    },
  };
}
