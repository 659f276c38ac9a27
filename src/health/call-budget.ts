import { type Sentence, sentence } from "../language/sentence.ts";

export interface CallBudget {
  /** The org's calls of the day so far, and its limit. */
  readonly used: number;
  readonly max: number;
  /** Syncwarden's own calls in the last 24 hours. */
  readonly ownCalls24h: number;
  /** Scanning stops while less than this part of the daily calls is left, 0 to 1. */
  readonly pauseBelow: number;
  /** The most of the daily calls that Syncwarden may use, 0 to 1. */
  readonly shareOfDailyLimit: number;
}

export type ScanPermission = { readonly allowed: true } | { readonly allowed: false; readonly reason: Sentence };

/** Whether the bot may spend calls on scanning now. The probe itself is always allowed. */
export function mayScan(budget: CallBudget): ScanPermission {
  const { used, max, ownCalls24h, pauseBelow, shareOfDailyLimit } = budget;
  if (max <= 0) return { allowed: true };
  const left = Math.max(0, max - used);
  if (left < max * pauseBelow) {
    return {
      allowed: false,
      reason: sentence(
        "Only {left, number} of Salesforce's {max, number} daily API calls are left (less than {share, number, ::percent .##})",
        { left, max, share: pauseBelow },
      ),
    };
  }
  if (ownCalls24h >= max * shareOfDailyLimit) {
    return {
      allowed: false,
      reason: sentence(
        "Syncwarden itself has made {calls, number} Salesforce API calls in 24 hours and may use {share, number, ::percent .##} of {max, number}",
        { calls: ownCalls24h, share: shareOfDailyLimit, max },
      ),
    };
  }
  return { allowed: true };
}
