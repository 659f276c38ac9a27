import { z } from "zod";
import type { Cadence, SubscriptionSettings } from "../../config/config.ts";
import { isTimeZone } from "../../config/time-words.ts";
import type { QuietHours } from "../../health/quiet-hours.ts";
import { SYNC_ERROR_TYPES_BY_CATEGORY, type SyncErrorCategory } from "../../health/sync-errors.ts";
import { type Sentence, sentence } from "../../language/sentence.ts";
import { isLanguageTag } from "../../language/tags.ts";
import { SYNCED_OBJECTS } from "../../records/record.ts";
import { FIELDS } from "./subscription-dialog.ts";

const option = z.object({ value: z.string() });
/** What Slack sends of one input. */
const entered = z.object({
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
  selected_time: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .nullish(),
  selected_conversation: z.string().nullish(),
  value: z.string().nullish(),
});
const stateSchema = z.record(z.string(), z.record(z.string(), entered));

type Field = (typeof FIELDS)[keyof typeof FIELDS];
export type FormMistakes = Readonly<Partial<Record<Field, Sentence>>>;

/** The settings that were entered into the dialog; or what is wrong with them, by block_id. */
export function enteredSettings(state: unknown): SubscriptionSettings | { readonly mistakes: FormMistakes } {
  const values = stateSchema.parse(state);
  const of = (field: Field) => values[field]?.[field] ?? {};
  const chosen = (field: Field) => of(field).selected_option?.value ?? null;
  const several = (field: Field) => (of(field).selected_options ?? []).map(({ value }) => value);
  const timeZone = chosen(FIELDS.timeZone) ?? "UTC";
  const cadence = cadenceOf(chosen(FIELDS.cadence), of(FIELDS.time).selected_time ?? "09:00", timeZone);
  const quiet = quietHoursOf(of(FIELDS.quietFrom).selected_time ?? null, of(FIELDS.quietTo).selected_time ?? null, timeZone);
  const atLeast = Number(of(FIELDS.atLeast).value ?? "1");
  const mistakes: FormMistakes = {
    ...(isTimeZone(timeZone) ? {} : { [FIELDS.timeZone]: sentence("Choose a time zone of the list.") }),
    ...(cadence === null ? { [FIELDS.cadence]: sentence("Choose when the channel hears.") } : {}),
    ...("problem" in quiet ? { [FIELDS.quietTo]: quiet.problem } : {}),
    ...(Number.isInteger(atLeast) && atLeast >= 1 ? {} : { [FIELDS.atLeast]: sentence("Enter a whole number, 1 or more.") }),
  };
  if (cadence === null || "problem" in quiet || Object.keys(mistakes).length > 0) return { mistakes };
  const categories = several(FIELDS.categories).filter(isCategory);
  const objects = SYNCED_OBJECTS.filter((object) => several(FIELDS.objects).includes(object));
  const language = chosen(FIELDS.language);
  const channel = of(FIELDS.reminderChannel).selected_conversation ?? null;
  return {
    cadence,
    categories: categories.length === 0 ? null : categories,
    objects: objects.length === 0 ? null : objects,
    atLeast,
    quietWhenHealthy: several(FIELDS.quietWhenHealthy).length > 0,
    quietHours: quiet.hours,
    changes: chosen(FIELDS.changes) === "channel" ? "channel" : "thread",
    language: language !== null && isLanguageTag(language) ? language : null,
    reminder: channel === null ? null : { channel, afterMs: Number(chosen(FIELDS.reminderAfter) ?? "60") * 60_000 },
  };
}

function cadenceOf(kind: string | null, time: string, timeZone: string): Cadence | null {
  if (kind === "immediate") return { kind };
  if (kind === "daily" || kind === "weekdays") return { kind, time, timeZone };
  const weekday = /^weekly-([0-6])$/.exec(kind ?? "")?.[1];
  return weekday === undefined ? null : { kind: "weekly", weekday: Number(weekday), time, timeZone };
}

function quietHoursOf(
  from: string | null,
  to: string | null,
  timeZone: string,
): { readonly hours: QuietHours | null } | { readonly problem: Sentence } {
  if (from === null && to === null) return { hours: null };
  if (from === null || to === null) {
    return { problem: sentence("Quiet hours have a beginning and an end: choose both times, or neither.") };
  }
  if (from === to) return { problem: sentence("Quiet hours can't last all day: choose two different times.") };
  return { hours: { from, to, timeZone } };
}

function isCategory(value: string): value is SyncErrorCategory {
  return value in SYNC_ERROR_TYPES_BY_CATEGORY;
}
