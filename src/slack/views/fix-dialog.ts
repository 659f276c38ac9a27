import type { ActionsBlock, InputBlock, ModalView, PlainTextOption } from "@slack/types";
import { z } from "zod";
import type { Language } from "../../language/language.ts";
import type { Said } from "../../language/sentence.ts";
import type { FixForm, FixPreview, FixWish } from "../../monitor/monitor.ts";
import { SYSTEM_NAMES } from "../../records/record.ts";
import { errorLabel } from "../blocks/catalogue.ts";
import { changeText, valueText } from "../blocks/fix-progress.ts";
import { LIMITS } from "../blocks/limits.ts";
import { context, section } from "../blocks/parts.ts";
import { crmText } from "../blocks/text.ts";
import { dialog, plainText } from "./dialog.ts";
import { noticeDialog } from "./notice-dialog.ts";
import { optionsOrGroups } from "./option-groups.ts";

export const FIX_DIALOG = "syncwarden:fix-dialog";
export const FIX_CONFIRMATION = "syncwarden:fix-confirmation";
/** The select by which another record is shown. */
export const FIX_RECORD = "syncwarden:fix-record";

const placeSchema = z.strictObject({
  channel: z.string().max(100).nullable(),
  messageTs: z.string().max(100).nullable(),
});
/** Where the dialog was asked for. */
export type FixPlace = z.infer<typeof placeSchema>;

/** What the dialog remembers between its question and its answer. */
export const fixMemorySchema = placeSchema.extend({
  errorId: z.string().min(1).max(100),
  recordKey: z.string().min(1).max(300),
  seen: z.string().max(100),
});

/** What the confirmation remembers: the whole of what is wanted. */
export const fixConfirmationSchema = fixMemorySchema.extend({ entered: z.string().max(3_000), all: z.boolean() });

type Entered = { readonly selected_option?: { readonly value: string } | null; readonly value?: string | null };
type States = Readonly<Record<string, Readonly<Record<string, Entered & { readonly selected_options?: readonly unknown[] }>>>>;

/** The block that takes the value. It is another one for each record, or Slack would keep what was entered for the last. */
export function valueBlockOf(recordKey: string): string {
  return `value:${recordKey}`.slice(0, LIMITS.actionId);
}

/** The dialog with a record's value and what it may become; or the sentence that says why there is nothing to choose. */
export function fixDialog(t: Language, form: FixForm | { readonly why: Said }, place: FixPlace): ModalView {
  if (!("input" in form)) return fixNotice(t, crmText(t.render(form.why), 1_500));
  return dialog(t, {
    id: FIX_DIALOG,
    memory: { ...place, errorId: form.errorId, recordKey: form.recordKey, seen: form.seen },
    title: t.say("Fix {error}", { error: form.errorId }),
    submit: t.say("Fix"),
    blocks: [
      section(`*${errorLabel(t, form.type)}*\n${crmText(t.render(form.why), 600)}`),
      ...recordChoice(t, form),
      section(`*${crmText(form.record, 150)}*\n${valueNow(t, form)}`),
      valueInput(t, form),
      ...sameValueChoice(t, form),
      context(t.say("It is written only where the field still has this value, and can be undone from `/sync log`.")),
    ],
  });
}

function valueNow(t: Language, form: FixForm): string {
  const values = { field: crmText(form.label, 100), system: SYSTEM_NAMES[form.system], value: valueText(t, form.before, 1_500) };
  if (form.part === null) return t.say("{field} in {system} now: {value}", values);
  return t.say("{field} in {system} now: {value}, of which {part} is replaced", { ...values, part: valueText(t, form.part) });
}

function recordChoice(t: Language, form: FixForm): (ActionsBlock | ReturnType<typeof context>)[] {
  if (form.records.length < 2) return [];
  const options = form.records.map(({ key, label }) => plainOption(t, key, label)).slice(0, LIMITS.selectOptions);
  const chosen = options.find(({ value }) => value === form.recordKey);
  const select: ActionsBlock = {
    type: "actions",
    block_id: "record",
    elements: [
      {
        type: "static_select",
        action_id: FIX_RECORD,
        placeholder: plainText(t.say("Another record"), LIMITS.placeholder),
        options,
        ...(chosen === undefined ? {} : { initial_option: chosen }),
      },
    ],
  };
  const hidden = form.total - options.length;
  if (hidden <= 0) return [select];
  const more = t.say("… and {hidden, number} more that can't be chosen here: `{command}` lists them.", {
    hidden,
    command: `/sync error ${crmText(form.errorId, 20)}`,
  });
  return [select, context(more)];
}

function valueInput(t: Language, form: FixForm): InputBlock {
  const block = { type: "input" as const, block_id: valueBlockOf(form.recordKey), label: valueLabel(t, form) };
  const { input, proposal } = form;
  if (input.kind === "choice") {
    const choice = optionsOrGroups(
      t,
      input.options.map(({ key, label }) => plainOption(t, key, label)),
    );
    if (choice !== null) {
      const proposed = input.options.find(({ value }) => value === proposal);
      const placeholder = plainText(t.say("Choose a value"), LIMITS.placeholder);
      const initial = proposed === undefined ? {} : { initial_option: plainOption(t, proposed.key, proposed.label) };
      return { ...block, element: { type: "static_select", action_id: "entered", placeholder, ...choice, ...initial } };
    }
  }
  const maxLength = input.kind === "text" ? input.maxLength : 255;
  const held = form.before !== null && form.before.length <= maxLength && input.kind === "text" ? form.before : null;
  const initial = proposal ?? held;
  return {
    ...block,
    element: {
      type: "plain_text_input",
      action_id: "entered",
      max_length: maxLength,
      ...(input.kind === "text" && input.multiline ? { multiline: true } : {}),
      ...(initial === null || initial === "" ? {} : { initial_value: initial }),
    },
    ...(input.kind === "text" ? { hint: plainText(hintOf(t, input), LIMITS.label) } : {}),
  };
}

function hintOf(t: Language, { isEmail, maxLength }: Extract<FixForm["input"], { kind: "text" }>): string {
  return isEmail
    ? t.say("An email address of at most {characters, plural, one {# character} other {# characters}}.", {
        characters: maxLength,
      })
    : t.say("At most {characters, plural, one {# character} other {# characters}}.", { characters: maxLength });
}

function valueLabel(t: Language, form: FixForm): InputBlock["label"] {
  const values = { field: crmText(form.label, 150), system: SYSTEM_NAMES[form.system] };
  const label =
    form.proposal === null
      ? t.say("{field} in {system}", values)
      : t.say("{field} in {system} (a proposal stands there)", values);
  return plainText(label, LIMITS.label);
}

function sameValueChoice(t: Language, form: FixForm): InputBlock[] {
  if (form.sameValue < 2) return [];
  const text = t.say("All {records, number} records of this error with the same value", { records: form.sameValue });
  return [
    {
      type: "input",
      block_id: `all:${form.recordKey}`.slice(0, LIMITS.actionId),
      optional: true,
      label: plainText(t.say("Which records"), LIMITS.label),
      element: { type: "checkboxes", action_id: "all", options: [{ value: "all", text: plainText(text, LIMITS.optionText) }] },
    },
  ];
}

function plainOption(t: Language, value: string, label: string): PlainTextOption {
  const text = crmText(label, LIMITS.optionText) || crmText(value, LIMITS.optionText) || t.say("(without a name)");
  return { value, text: { type: "plain_text", text } };
}

/** What was entered, from the state of the dialog. */
export function enteredIn(values: unknown): { readonly entered: string; readonly all: boolean } {
  let entered = "";
  let all = false;
  for (const block of Object.values(values as States)) {
    const given = block.entered;
    if (given !== undefined) entered = given.selected_option?.value ?? given.value ?? "";
    if ((block.all?.selected_options ?? []).length > 0) all = true;
  }
  return { entered, all };
}

/** Says what a fix of several records will write, and asks whether to. Null where the dialog can't remember so long a text. */
export function fixConfirmation(
  t: Language,
  preview: Extract<FixPreview, { readonly records: number }>,
  wish: FixWish,
  place: FixPlace,
): ModalView | null {
  const memory = { ...wish, ...place };
  if (JSON.stringify(memory).length > LIMITS.privateMetadata) return null;
  return dialog(t, {
    id: FIX_CONFIRMATION,
    memory,
    title: fixTitle(t),
    submit: t.say("Write it"),
    blocks: [
      section(changeText(t, preview)),
      section(
        t.say("Records in which somebody has changed the value by then are left alone. Its progress appears in one message."),
      ),
    ],
  });
}

/** The dialog that says why there is nothing to choose or to confirm. The sentence is mrkdwn. */
export function fixNotice(t: Language, sentence: string): ModalView {
  return noticeDialog(t, fixTitle(t), sentence);
}

export function fixTitle(t: Language): string {
  return t.say("Fix value");
}
