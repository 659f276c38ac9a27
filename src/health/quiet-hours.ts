import { daysLater, momentOf, wallTimeAt } from "./wall-time.ts";

/** A part of each day, `HH:MM` to `HH:MM` (past midnight where `to` is the earlier of the two). */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/** When the quiet hours that a moment lies in are over; null where it lies in none. */
export function quietUntil({ from, to, timeZone }: QuietHours, now: Date): Date | null {
  const today = wallTimeAt(now, timeZone);
  for (const days of [-1, 0, 1]) {
    const begin = momentOf(daysLater(today, days), from, timeZone);
    const end = momentOf(daysLater(today, to <= from ? days + 1 : days), to, timeZone);
    if (begin <= now && now < end) return end;
  }
  return null;
}
