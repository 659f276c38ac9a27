import type { Cadence } from "../../config/config.ts";
import { daysLater, momentOf, wallTimeAt } from "../../health/wall-time.ts";

type DigestCadence = Exclude<Cadence, { readonly kind: "immediate" }>;

/** What is to be done about the newest digest: `skip` one that is too late to be worth reading. */
export type DueDigest = { readonly action: "send" | "skip"; readonly due: Date };

/**
 * Whether a digest is due, of which the newest is the only one that counts: whatever was missed before it is told by it. One
 * that is less than half its period late is sent, else it is skipped and the next one tells of its time too.
 * @param digestedUntil the newest moment whose digest was sent or skipped
 */
export function dueDigest(cadence: Cadence, digestedUntil: Date, now: Date): DueDigest | null {
  const due = lastDue(cadence, now);
  if (due === null || due <= digestedUntil || cadence.kind === "immediate") return null;
  const late = now.getTime() - due.getTime();
  return { action: late < (nextDueOf(cadence, due).getTime() - due.getTime()) / 2 ? "send" : "skip", due };
}

/** The newest moment at or before `now` at which a digest is due, in the cadence's time zone; null for immediate ones. */
export function lastDue(cadence: Cadence, now: Date): Date | null {
  if (cadence.kind === "immediate") return null;
  // From tomorrow: where clocks go back over midnight, a moment of tomorrow's may be over already.
  const today = wallTimeAt(now, cadence.timeZone);
  for (let days = 1; days >= -8; days -= 1) {
    const due = dueOn(cadence, daysLater(today, days));
    if (due !== null && due <= now) return due;
  }
  return null;
}

/** The next moment after `after` at which a digest is due; null for immediate ones. */
export function nextDue(cadence: Cadence, after: Date): Date | null {
  return cadence.kind === "immediate" ? null : nextDueOf(cadence, after);
}

function nextDueOf(cadence: DigestCadence, after: Date): Date {
  const today = wallTimeAt(after, cadence.timeZone);
  for (let days = -1; days <= 8; days += 1) {
    const due = dueOn(cadence, daysLater(today, days));
    if (due !== null && due > after) return due;
  }
  throw new Error(`no digest of ${cadence.kind} is ever due after ${after.toISOString()}`);
}

/** When a digest is due on a day; null on days without one. */
function dueOn(cadence: DigestCadence, day: ReturnType<typeof daysLater>): Date | null {
  return isDay(cadence, day.weekday) ? momentOf(day, cadence.time, cadence.timeZone) : null;
}

function isDay(cadence: DigestCadence, weekday: number): boolean {
  switch (cadence.kind) {
    case "daily":
      return true;
    case "weekdays":
      return weekday >= 1 && weekday <= 5;
    case "weekly":
      return weekday === cadence.weekday;
  }
}
