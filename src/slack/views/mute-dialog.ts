import type { InputBlock, ModalView, PlainTextOption } from "@slack/types";
import { z } from "zod";
import type { SyncErrorReport } from "../../health/report.ts";
import { momentOf } from "../../health/wall-time.ts";
import type { Language } from "../../language/language.ts";
import { errorHeadline } from "../blocks/error-details.ts";
import { LIMITS } from "../blocks/limits.ts";
import { context, section } from "../blocks/parts.ts";
import { crmText } from "../blocks/text.ts";
import { dialog, plainText } from "./dialog.ts";

export const MUTE_DIALOG = "syncwarden:mute-dialog";

/** What the dialog remembers between its question and its answer. */
export const muteMemorySchema = z.strictObject({
  errorId: z.string().min(1).max(100),
  channel: z.string().max(100).nullable(),
  messageTs: z.string().max(100).nullable(),
});
export type MuteMemory = z.infer<typeof muteMemorySchema>;

const SPANS = { "1d": 1, "7d": 7, "30d": 30 } as const;
const DAY_MS = 86_400_000;
/** The longest that an error can be muted, in milliseconds; until it is fixed has no end. */
export const LONGEST_MUTE_MS = 366 * DAY_MS;
const LONGEST_REASON = 300;

/** The block that takes the date: what is wrong with it is said there. */
export const MUTE_DATE = "date";

const chosen = z.object({ chosen: z.object({ selected_option: z.object({ value: z.string() }) }) });
const answerSchema = z.object({
  span: chosen,
  [MUTE_DATE]: z.object({ chosen: z.object({ selected_date: z.string().nullish() }) }),
  reason: z.object({ entered: z.object({ value: z.string().nullish() }) }),
});

/** Asks for how long an error is to be muted, and why. */
export function muteDialog(t: Language, error: SyncErrorReport, memory: MuteMemory): ModalView {
  const options: readonly PlainTextOption[] = [
    option("1d", t.say("For 1 day")),
    option("7d", t.say("For 7 days")),
    option("30d", t.say("For 30 days")),
    option("fixed", t.say("Until it is fixed")),
    option("date", t.say("Until a date")),
  ];
  const [, week] = options;
  return dialog(t, {
    id: MUTE_DIALOG,
    memory,
    title: t.say("Mute {id}", { id: error.id }),
    submit: t.say("Mute"),
    blocks: [
      section(`*${errorHeadline(t, error, crmText(error.connection, 100))}*`),
      {
        type: "input",
        block_id: "span",
        label: plainText(t.say("How long"), LIMITS.label),
        element: {
          type: "radio_buttons",
          action_id: "chosen",
          options: [...options],
          ...(week === undefined ? {} : { initial_option: week }),
        },
      },
      {
        type: "input",
        block_id: MUTE_DATE,
        optional: true,
        label: plainText(t.say("Date on which it speaks again"), LIMITS.label),
        hint: plainText(t.say("Only for “Until a date”: from the beginning of that day on, in your time zone."), LIMITS.label),
        element: { type: "datepicker", action_id: "chosen" },
      },
      reasonInput(t),
      context(t.say("It stays counted and listed, and is not announced. It speaks again by itself if it grows tenfold.")),
    ],
  });
}

function reasonInput(t: Language): InputBlock {
  return {
    type: "input",
    block_id: "reason",
    optional: true,
    label: plainText(t.say("Reason"), LIMITS.label),
    hint: plainText(t.say("Everybody who looks at the error sees it."), LIMITS.label),
    element: { type: "plain_text_input", action_id: "entered", max_length: LONGEST_REASON },
  };
}

function option(value: string, label: string): PlainTextOption {
  return { value, text: plainText(label, LIMITS.optionText) };
}

/** What was entered: until when (null: until it is fixed) and why; or what is wrong with the date, in the person's language. */
export type EnteredMute = { readonly until: Date | null; readonly reason: string | null } | { readonly problem: string };

export function enteredMute(t: Language, values: unknown, now: Date, timeZone: string): EnteredMute {
  const answer = answerSchema.parse(values);
  const reason = answer.reason.entered.value?.trim() || null;
  const span = answer.span.chosen.selected_option.value;
  if (span === "fixed") return { until: null, reason };
  const days = Object.entries(SPANS).find(([name]) => name === span)?.[1];
  if (days !== undefined) return { until: new Date(now.getTime() + days * DAY_MS), reason };
  const day = answer[MUTE_DATE].chosen.selected_date;
  if (day === null || day === undefined) return { problem: t.say("Choose the date on which it speaks again.") };
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const today = new Intl.DateTimeFormat("en-CA", { timeZone }).format(now);
  if (day <= today) return { problem: t.say("That day has begun already: choose a later one.") };
  if (Date.UTC(year, month - 1, date) - now.getTime() > LONGEST_MUTE_MS) {
    return { problem: t.say("A year is the longest: choose an earlier day, or “Until it is fixed”.") };
  }
  return { until: momentOf({ year, month, day: date }, "00:00", timeZone), reason };
}
