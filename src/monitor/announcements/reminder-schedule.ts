const DAY_MS = 86_400_000;

/**
 * How often something that began at `since` is to have been reminded of by now: first after `afterMs`, then after twice as long
 * each time, at most a day later, so that a weekend is no long list.
 */
export function remindersDue(since: Date, afterMs: number, now: Date): number {
  let times = 0;
  let pause = afterMs;
  let due = since.getTime() + pause;
  while (due <= now.getTime()) {
    times += 1;
    pause = Math.min(pause * 2, Math.max(afterMs, DAY_MS));
    due += pause;
  }
  return times;
}
