/** Waits, or returns early when the signal says stop. */
export function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || milliseconds <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}

/** How long to wait before the next attempt, in milliseconds: 1 s, doubled each time, at most 30 s. */
export function backoff(attempt: number): number {
  return Math.min(30_000, 1_000 * 2 ** Math.min(attempt, 10));
}

/** What work answers within so many milliseconds; null where it takes longer. It goes on then, and what it rejects with is dropped. */
export async function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
