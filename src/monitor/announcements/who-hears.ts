import type { SubscriptionSettings } from "../../config/config.ts";
import { quietUntil } from "../../health/quiet-hours.ts";
import type { SyncErrorCategory } from "../../health/sync-errors.ts";
import type { SyncedObject } from "../../records/record.ts";

/** What is known of a sync error when it is decided who hears of it. */
export interface ErrorNews {
  readonly category: SyncErrorCategory;
  readonly object: SyncedObject;
  /** How many records it holds back, and how many it did when that was last told: 0, when it is new. */
  readonly records: number;
  readonly told: number;
}

/** Whether a subscription is about a sync error at all. */
export function isAbout(
  { categories, objects }: Pick<SubscriptionSettings, "categories" | "objects">,
  error: Pick<ErrorNews, "category" | "object">,
): boolean {
  return (categories === null || categories.includes(error.category)) && (objects === null || objects.includes(error.object));
}

/** Whether a subscription hears of a sync error at once: it is new, or has come to hold back as many records as were asked for. */
export function hearsAtOnce(
  settings: Pick<SubscriptionSettings, "cadence" | "categories" | "objects" | "atLeast">,
  error: ErrorNews,
) {
  const { cadence, atLeast } = settings;
  return cadence.kind === "immediate" && isAbout(settings, error) && error.told < atLeast && error.records >= atLeast;
}

/** When a channel's quiet hours are over: the last of those of its subscriptions. Null where it isn't quiet now. */
export function quietEnd(subscriptions: readonly Pick<SubscriptionSettings, "quietHours">[], now: Date): Date | null {
  const ends = subscriptions.flatMap(({ quietHours }) => (quietHours === null ? [] : (quietUntil(quietHours, now) ?? [])));
  return ends.length === 0 ? null : new Date(Math.max(...ends.map((end) => end.getTime())));
}

/** So many new errors of one poll are a message each; more are one message. */
const SINGLE_MESSAGES = 3;
/** So many messages of their own in a row, and what comes next is one message, however few at once. */
const SINGLE_MESSAGES_IN_A_ROW = 10;
/** What comes within this time of a message about several joins it. */
export const IN_A_ROW_MS = 15 * 60_000;

/** How new errors are told: a message each, one message for all of them, or by the message about several that stands. */
export function alertForm(fresh: number, inARow: number, groupStands: boolean): "single" | "group" | "join" {
  if (groupStands) return "join";
  return fresh > SINGLE_MESSAGES || fresh + inARow > SINGLE_MESSAGES_IN_A_ROW ? "group" : "single";
}
