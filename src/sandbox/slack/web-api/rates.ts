/** Calls a minute by tier, messages a second by channel (https://docs.slack.dev/apis/web-api/rate-limits). Infinity lifts a limit. */
export interface Rates {
  readonly tier1: number;
  readonly tier2: number;
  readonly tier3: number;
  readonly tier4: number;
  readonly messagesPerSecond: number;
  /** How many messages may come at once in one channel. */
  readonly messageBurst: number;
  /** Messages of the app a minute in the whole workspace. */
  readonly messagesPerMinute: number;
}

export type Tier = "tier1" | "tier2" | "tier3" | "tier4" | "message" | "special";

/** Slack's own; it grants tier 1 more than its name says ("1+"), as reconnecting apps need. */
export const realRates: Rates = {
  tier1: 10,
  tier2: 20,
  tier3: 50,
  tier4: 100,
  messagesPerSecond: 1,
  messageBurst: 4,
  messagesPerMinute: 300,
};

/** Methods with a lot of allowance ("special" in the documentation) get this many calls a minute. */
const specialPerMinute = 600;

interface Bucket {
  tokens: number;
  filledAt: number;
}

export interface RateLimiter {
  /** Seconds to wait, or null where the call may go on. */
  retryAfter(method: string, tier: Tier, channel: string | undefined): number | null;
  /** Refuses the next `times` calls of a method (of all, without one) whatever the rates. */
  storm(storm: { readonly method?: string; readonly times: number; readonly retryAfterSeconds: number }): void;
}

export function createRateLimiter(rates: Rates, now: () => number): RateLimiter {
  const buckets = new Map<string, Bucket>();
  let storms: { method?: string; left: number; seconds: number }[] = [];

  /** Takes one token, or answers how many seconds it takes until there is one. */
  function take(key: string, perSecond: number, burst: number): number | null {
    if (!Number.isFinite(perSecond)) return null;
    const at = now();
    const bucket = buckets.get(key) ?? { tokens: burst, filledAt: at };
    bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.filledAt) / 1000) * perSecond);
    bucket.filledAt = at;
    buckets.set(key, bucket);
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
    bucket.tokens -= 1;
    return null;
  }

  function stormFor(method: string): number | null {
    const storm = storms.find((one) => one.left > 0 && (one.method === undefined || one.method === method));
    if (storm === undefined) return null;
    storm.left -= 1;
    storms = storms.filter(({ left }) => left > 0);
    return storm.seconds;
  }

  return {
    retryAfter(method, tier, channel) {
      const forced = stormFor(method);
      if (forced !== null) return forced;
      if (tier === "special") return take(method, specialPerMinute / 60, specialPerMinute);
      if (tier === "message") {
        const inChannel = take(`${method} ${channel ?? ""}`, rates.messagesPerSecond, rates.messageBurst);
        return inChannel ?? take(method, rates.messagesPerMinute / 60, rates.messagesPerMinute);
      }
      return take(method, rates[tier] / 60, rates[tier]);
    },
    storm({ method, times, retryAfterSeconds }) {
      storms.push({ ...(method === undefined ? {} : { method }), left: times, seconds: retryAfterSeconds });
    },
  };
}
