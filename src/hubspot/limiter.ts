/** The two rates that HubSpot counts apart. */
export type CallKind = "search" | "other";

export interface LimiterOptions {
  /** Waits so many milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Milliseconds that only ever grow; rates are about real time, not about the clock on the wall. */
  readonly elapsed?: () => number;
}

/** Lets calls through no faster than HubSpot takes them, in the order in which they asked. */
export interface Limiter {
  turn(kind: CallKind): Promise<void>;
  /** Learns the real limit from the headers of an answer. */
  note(headers: Headers): void;
  /** Calls of a kind that are let through in a second. */
  perSecond(kind: CallKind): number;
  /** Lets nothing of a kind through for so many milliseconds. */
  hold(kind: CallKind, ms: number): void;
}

interface Window {
  readonly times: number[];
  max: number;
  lengthMs: number;
  heldUntil: number;
  tail: Promise<void>;
}

/**
 * Searches: 5 a second for the whole account, of which we take 4 (HubSpot's own apps search as well). Others: 100 per
 * 10 s for a private app of a Free or Starter account until the headers name more. Source: HubSpot's usage guidelines
 * and its guide to CRM search.
 */
const SEARCHES_PER_SECOND = 4;
const LEAST_PER_TEN_SECONDS = 100;
/** The part of the limit that we use, so that a clock a little off does not cost a refusal. */
const USED_PART = 0.9;

export function createLimiter({ sleep, elapsed = () => performance.now() }: LimiterOptions): Limiter {
  const windows: Readonly<Record<CallKind, Window>> = {
    search: window(SEARCHES_PER_SECOND, 1_000),
    other: window(LEAST_PER_TEN_SECONDS * USED_PART, 10_000),
  };

  async function admit(of: Window): Promise<void> {
    for (;;) {
      const now = elapsed();
      while (of.times[0] !== undefined && of.times[0] <= now - of.lengthMs) of.times.shift();
      const oldest = of.times[of.times.length - of.max];
      const free = Math.max(of.heldUntil, oldest === undefined ? 0 : oldest + of.lengthMs);
      if (free <= now) {
        of.times.push(now);
        return;
      }
      await sleep(free - now);
    }
  }

  return {
    turn(kind) {
      const of = windows[kind];
      const mine = of.tail.then(() => admit(of));
      of.tail = mine;
      return mine;
    },
    note(headers) {
      const max = number(headers, "x-hubspot-ratelimit-max");
      const lengthMs = number(headers, "x-hubspot-ratelimit-interval-milliseconds");
      if (max === null || lengthMs === null || max < 1) return;
      windows.other.max = Math.max(1, Math.floor(max * USED_PART));
      windows.other.lengthMs = lengthMs;
      // Somebody else uses the same token.
      if (number(headers, "x-hubspot-ratelimit-remaining") === 0) this.hold("other", lengthMs / 10);
    },
    perSecond: (kind) => (windows[kind].max * 1_000) / windows[kind].lengthMs,
    hold(kind, ms) {
      windows[kind].heldUntil = Math.max(windows[kind].heldUntil, elapsed() + ms);
    },
  };
}

function window(max: number, lengthMs: number): Window {
  return { times: [], max, lengthMs, heldUntil: 0, tail: Promise.resolve() };
}

function number(headers: Headers, name: string): number | null {
  const value = headers.get(name);
  return value !== null && /^\d+$/.test(value) ? Number(value) : null;
}
