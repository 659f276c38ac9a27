import { keyOf, type SyncReference } from "./context.ts";
import type { SyncTimes } from "./settings.ts";
import type { SyncFailure } from "./sync-error.ts";

export interface Failing {
  readonly reference: SyncReference;
  readonly failures: readonly SyncFailure[];
  readonly attempts: number;
  /** Epoch milliseconds. */
  readonly nextAttempt: number;
}

/** The records that failed last time, and when each is tried again. */
export interface FailingRecords {
  all(): Iterable<Failing>;
  get(reference: SyncReference): Failing | null;
  put(reference: SyncReference, failures: readonly SyncFailure[], now: number): void;
  remove(reference: SyncReference): void;
  due(now: number): readonly SyncReference[];
}

export function createFailingRecords(times: SyncTimes): FailingRecords {
  const failing = new Map<string, Failing>();
  return {
    all: () => [...failing.values()],
    get: (reference) => failing.get(keyOf(reference)) ?? null,
    put(reference, failures, now) {
      const attempts = (failing.get(keyOf(reference))?.attempts ?? 0) + 1;
      const wait = attempts <= times.retries ? times.retryEveryMs : times.nightlyRetryMs;
      failing.set(keyOf(reference), { reference, failures, attempts, nextAttempt: now + wait });
    },
    remove(reference) {
      failing.delete(keyOf(reference));
      // A record that has got its counterpart failed under its Salesforce id before.
      if (reference.salesforceId) failing.delete(keyOf({ ...reference, hubspotId: null }));
    },
    due: (now) => [...failing.values()].filter((entry) => entry.nextAttempt <= now).map((entry) => entry.reference),
  };
}
