import type { InputBlock, ModalView, PlainTextOption } from "@slack/types";
import { z } from "zod";
import { timeZones } from "../../config/time-words.ts";
import { SYNC_ERROR_TYPES_BY_CATEGORY, type SyncErrorCategory } from "../../health/sync-errors.ts";
import type { Language } from "../../language/language.ts";
import { LANGUAGE_NAMES, LANGUAGE_TAGS } from "../../language/tags.ts";
import type { Actor, Subscription } from "../../monitor/monitor.ts";
import { SYNCED_OBJECTS } from "../../records/record.ts";
import { categoryLabel } from "../blocks/catalogue.ts";
import { LIMITS } from "../blocks/limits.ts";
import { context, section } from "../blocks/parts.ts";
import { objectName, weekdayName } from "../blocks/subscriptions.ts";
import { crmText } from "../blocks/text.ts";
import { dialog, plainText } from "./dialog.ts";
import { optionsOrGroups } from "./option-groups.ts";

export const SUBSCRIPTION_DIALOG = "syncwarden:subscription-dialog";

/** What the dialog remembers between its question and its answer. */
export const subscriptionMemorySchema = z.strictObject({
  subscriptionId: z.string().min(1).max(200),
  channel: z.string().max(100).nullable(),
  messageTs: z.string().max(100).nullable(),
});

/** Every input's block_id; its element's action_id is the same. */
export const FIELDS = {
  cadence: "cadence",
  time: "time",
  timeZone: "time_zone",
  categories: "categories",
  objects: "objects",
  atLeast: "at_least",
  quietWhenHealthy: "quiet_when_healthy",
  quietFrom: "quiet_from",
  quietTo: "quiet_to",
  changes: "changes",
  language: "language",
  reminderChannel: "reminder_channel",
  reminderAfter: "reminder_after",
} as const;

/** After how long people may be reminded of a suspension, in minutes. */
const REMINDER_MINUTES = [15, 30, 60, 120, 240, 480, 1440] as const;

/** Stands for the workspace's own language. */
export const DEFAULT_LANGUAGE = "default";

/** How a subscription wants to hear, to be changed. */
export function subscriptionDialog(
  t: Language,
  subscription: Subscription,
  { channel, messageTs }: Omit<Actor, "allowedAs">,
): ModalView {
  const about = { channel: `<#${crmText(subscription.channel, 40)}>`, connection: crmText(subscription.connection, 100) };
  return dialog(t, {
    id: SUBSCRIPTION_DIALOG,
    memory: { subscriptionId: subscription.id, channel, messageTs },
    title: t.say("Subscription"),
    submit: t.say("Save"),
    blocks: [
      section(t.say("How {channel} hears of *{connection}*. Suspensions are always told at once.", about)),
      ...(subscription.createdBy === "configuration"
        ? [context(t.say("syncwarden.yaml made it: what you change here stays until its entry there is changed."))]
        : []),
      ...whenInputs(t, subscription),
      ...whatInputs(t, subscription),
      ...howInputs(t, subscription),
      ...reminderInputs(t, subscription),
    ],
  });
}

function whenInputs(t: Language, { cadence, quietHours }: Subscription): InputBlock[] {
  const kinds = [
    option("immediate", t.say("At once, each change")),
    option("daily", t.say("A digest every day")),
    option("weekdays", t.say("A digest from Monday to Friday")),
    ...[1, 2, 3, 4, 5, 6, 0].map((day) =>
      option(`weekly-${day}`, t.say("A digest every week on {weekday}", { weekday: weekdayName(t, day) })),
    ),
  ];
  const kind = cadence.kind === "weekly" ? `weekly-${cadence.weekday}` : cadence.kind;
  const time = cadence.kind === "immediate" ? "09:00" : cadence.time;
  return [
    input(FIELDS.cadence, t.say("When"), select(FIELDS.cadence, kinds, kind)),
    input(FIELDS.time, t.say("Time of digests"), { type: "timepicker", action_id: FIELDS.time, initial_time: time }),
    zoneInput(t, cadence.kind === "immediate" ? (quietHours?.timeZone ?? "UTC") : cadence.timeZone),
  ];
}

function zoneInput(t: Language, chosen: string): InputBlock {
  const zones = [...new Set([chosen, ...timeZones()])].map((zone) => option(zone, zone));
  const choice = optionsOrGroups(t, zones) ?? { options: [option(chosen, chosen)] };
  return {
    ...input(FIELDS.timeZone, t.say("Time zone"), {
      type: "static_select",
      action_id: FIELDS.timeZone,
      ...choice,
      initial_option: option(chosen, chosen),
    }),
    hint: plainText(t.say("Type a city to find it. Digests and quiet hours keep to its clocks, summer and winter."), 2_000),
  };
}

function whatInputs(t: Language, subscription: Subscription): InputBlock[] {
  const all = Object.keys(SYNC_ERROR_TYPES_BY_CATEGORY) as SyncErrorCategory[];
  const categories = all.map((category) => option(category, categoryLabel(t, category)));
  const objects = SYNCED_OBJECTS.map((object) => option(object, objectName(t, object)));
  return [
    {
      ...input(FIELDS.categories, t.say("Categories of sync errors"), {
        type: "multi_static_select",
        action_id: FIELDS.categories,
        placeholder: plainText(t.say("All"), 150),
        options: categories,
        ...initially(categories, subscription.categories),
      }),
      optional: true,
    },
    {
      ...input(FIELDS.objects, t.say("Objects"), {
        type: "multi_static_select",
        action_id: FIELDS.objects,
        placeholder: plainText(t.say("All"), 150),
        options: objects,
        ...initially(objects, subscription.objects),
      }),
      optional: true,
    },
    {
      ...input(FIELDS.atLeast, t.say("Only errors with at least so many affected records"), {
        type: "number_input",
        action_id: FIELDS.atLeast,
        is_decimal_allowed: false,
        min_value: "1",
        max_value: "1000000",
        initial_value: String(subscription.atLeast),
      }),
      hint: plainText(t.say("Smaller ones are counted in digests, and neither listed nor announced."), 2_000),
    },
  ];
}

function howInputs(t: Language, subscription: Subscription): InputBlock[] {
  const quiet = option("yes", t.say("No digest while all is well"));
  const changes = [
    option("thread", t.say("In the thread of the message alone")),
    option("channel", t.say("In the thread and in the channel")),
  ];
  const languages = [
    option(DEFAULT_LANGUAGE, t.say("The workspace's")),
    ...LANGUAGE_TAGS.map((tag) => option(tag, LANGUAGE_NAMES[tag])),
  ];
  return [
    {
      ...input(FIELDS.quietWhenHealthy, t.say("Quiet"), {
        type: "checkboxes",
        action_id: FIELDS.quietWhenHealthy,
        options: [quiet],
        ...(subscription.quietWhenHealthy ? { initial_options: [quiet] } : {}),
      }),
      optional: true,
    },
    quietTime(t.say("Quiet hours from"), FIELDS.quietFrom, subscription.quietHours?.from),
    {
      ...quietTime(t.say("Quiet hours to"), FIELDS.quietTo, subscription.quietHours?.to),
      hint: plainText(
        t.say("Nothing but suspensions is posted then; the rest is told once after. Leave both empty for none."),
        2_000,
      ),
    },
    input(FIELDS.changes, t.say("Changes of what was announced"), {
      type: "radio_buttons",
      action_id: FIELDS.changes,
      options: changes,
      ...initialOf(changes, subscription.changes),
    }),
    input(FIELDS.language, t.say("Language"), select(FIELDS.language, languages, subscription.language ?? DEFAULT_LANGUAGE)),
  ];
}

function quietTime(label: string, field: string, time: string | undefined): InputBlock {
  const initial = time === undefined ? {} : { initial_time: time };
  return { ...input(field, label, { type: "timepicker", action_id: field, ...initial }), optional: true };
}

function reminderInputs(t: Language, { reminder }: Subscription): InputBlock[] {
  const minutes = reminder === null ? 60 : Math.round(reminder.afterMs / 60_000);
  const spans = [...new Set([...REMINDER_MINUTES, minutes])].toSorted((one, other) => one - other);
  const options = spans.map((span) => option(String(span), t.duration(span * 60_000)));
  return [
    {
      ...input(FIELDS.reminderChannel, t.say("Tell of suspensions that nobody acknowledges in"), {
        type: "conversations_select",
        action_id: FIELDS.reminderChannel,
        placeholder: plainText(t.say("No other channel"), 150),
        filter: { include: ["public", "private"], exclude_bot_users: true },
        ...(reminder === null ? {} : { initial_conversation: reminder.channel }),
      }),
      optional: true,
    },
    {
      ...input(FIELDS.reminderAfter, t.say("After"), select(FIELDS.reminderAfter, options, String(minutes))),
      hint: plainText(t.say("Then less and less often, until somebody acknowledges it or it is over."), 2_000),
    },
  ];
}

function input(blockId: string, label: string, element: InputBlock["element"]): InputBlock {
  return { type: "input", block_id: blockId, label: plainText(label, 2_000), element };
}

function select(field: string, options: PlainTextOption[], chosen: string): InputBlock["element"] {
  return { type: "static_select", action_id: field, options, ...initialOf(options, chosen) };
}

function initialOf(options: readonly PlainTextOption[], chosen: string) {
  const initial = options.find(({ value }) => value === chosen);
  return initial === undefined ? {} : { initial_option: initial };
}

function initially(options: readonly PlainTextOption[], chosen: readonly string[] | null) {
  const initial = options.filter(({ value }) => value !== undefined && (chosen ?? []).includes(value));
  return initial.length === 0 ? {} : { initial_options: initial };
}

function option(value: string, label: string): PlainTextOption {
  return { value, text: plainText(label, LIMITS.optionText) };
}
