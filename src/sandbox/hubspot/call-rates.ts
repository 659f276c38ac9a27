import { randomUUID } from "node:crypto";
import type { AccountState } from "./model.ts";

/** HubSpot's limits for an account with Professional or Enterprise (its API usage guide). */
export const DEFAULT_RATES = { perTenSeconds: 190, searchesPerSecond: 5 } as const;

export interface CallRates {
  readonly perTenSeconds: number;
  readonly searchesPerSecond: number;
}

export type PolicyName = "TEN_SECONDLY_ROLLING" | "SECONDLY" | "DAILY";

const TEN_SECONDS_MS = 10_000;
const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
const LIMIT_WORDS: Readonly<Record<PolicyName, string>> = {
  TEN_SECONDLY_ROLLING: "ten_secondly_rolling",
  SECONDLY: "secondly",
  DAILY: "daily",
};

/** Counts an account's calls. Times are epoch milliseconds. */
export interface CallCounter {
  /** Null where the call is within every limit; it is counted then. */
  take(isSearch: boolean, nowMs: number): PolicyName | null;
  /** The rate-limit headers of an answer to anything but a search. */
  headers(nowMs: number): Readonly<Record<string, string>>;
}

/** The start of the next day in the account's time zone, which is UTC. */
export function nextReset(nowMs: number): Date {
  return new Date((Math.floor(nowMs / DAY_MS) + 1) * DAY_MS);
}

export function createCallCounter(state: AccountState, rates: CallRates): CallCounter {
  let calls: number[] = [];
  let searches: number[] = [];
  let day: number | null = null;

  function forgetOld(nowMs: number): void {
    calls = calls.filter((at) => at > nowMs - TEN_SECONDS_MS);
    searches = searches.filter((at) => at > nowMs - SECOND_MS);
    const today = Math.floor(nowMs / DAY_MS);
    if (day !== null && today !== day) state.dailyUsed = 0;
    day = today;
  }

  return {
    take(isSearch, nowMs) {
      forgetOld(nowMs);
      if (state.dailyUsed >= state.dailyLimit) return "DAILY";
      if (isSearch && searches.length >= rates.searchesPerSecond) return "SECONDLY";
      if (!isSearch && calls.length >= rates.perTenSeconds) return "TEN_SECONDLY_ROLLING";
      (isSearch ? searches : calls).push(nowMs);
      state.dailyUsed += 1;
      return null;
    },
    headers(nowMs) {
      forgetOld(nowMs);
      return {
        "X-HubSpot-RateLimit-Daily": String(state.dailyLimit),
        "X-HubSpot-RateLimit-Daily-Remaining": String(Math.max(0, state.dailyLimit - state.dailyUsed)),
        "X-HubSpot-RateLimit-Interval-Milliseconds": String(TEN_SECONDS_MS),
        "X-HubSpot-RateLimit-Max": String(rates.perTenSeconds),
        "X-HubSpot-RateLimit-Remaining": String(Math.max(0, rates.perTenSeconds - calls.length)),
      };
    },
  };
}

/** The 429 body of HubSpot's usage guide, which differs from its other errors. */
export function rateLimitBody(policyName: PolicyName): Readonly<Record<string, string>> {
  return {
    status: "error",
    message: `You have reached your ${LIMIT_WORDS[policyName]} limit.`,
    errorType: "RATE_LIMIT",
    correlationId: randomUUID(),
    policyName,
    requestId: randomUUID(),
  };
}
