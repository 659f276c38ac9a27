import type { ActionsBlock, InputBlock, ModalView, PlainTextOption } from "@slack/types";
import { z } from "zod";
import type { FixForm, FixPreview, FixWish } from "../../monitor/monitor.ts";
import { errorLabel } from "../blocks/catalogue.ts";
import { changeText, valueText } from "../blocks/fix-progress.ts";
import { LIMITS } from "../blocks/limits.ts";
import { context, section } from "../blocks/parts.ts";
import { count, crmText, truncate } from "../blocks/text.ts";
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
export function fixDialog(form: FixForm | { readonly why: string }, place: FixPlace): ModalView {
  if (!("input" in form)) return fixDialogOutcome(crmText(form.why, 1_500));
  const memory = { ...place, errorId: form.errorId, recordKey: form.recordKey, seen: form.seen };
  const where = form.system === "hubspot" ? "HubSpot" : "Salesforce";
  const part = form.part === null ? "" : `, of which ${valueText(form.part)} is replaced`;
  return {
    type: "modal",
    callback_id: FIX_DIALOG,
    private_metadata: JSON.stringify(memory),
    title: { type: "plain_text", text: truncate(`Fix ${form.errorId}`, LIMITS.modalTitle) },
    submit: { type: "plain_text", text: "Fix" },
    close: { type: "plain_text", text: "Not now" },
    blocks: [
      section(`*${errorLabel(form.type)}*\n${crmText(form.why, 600)}`),
      ...recordChoice(form),
      section(
        `*${crmText(form.record, 150)}*\n${crmText(form.label, 100)} in ${where} now: ${valueText(form.before, 1_500)}${part}`,
      ),
      valueInput(form, where),
      ...sameValueChoice(form),
      context("It is written only where the field still has this value, and can be undone from `/sync log`."),
    ],
  };
}

function recordChoice(form: FixForm): (ActionsBlock | ReturnType<typeof context>)[] {
  if (form.records.length < 2) return [];
  const options = form.records.map(({ key, label }) => plainOption(key, label)).slice(0, LIMITS.selectOptions);
  const chosen = options.find(({ value }) => value === form.recordKey);
  const select: ActionsBlock = {
    type: "actions",
    block_id: "record",
    elements: [
      {
        type: "static_select",
        action_id: FIX_RECORD,
        placeholder: { type: "plain_text", text: "Another record" },
        options,
        ...(chosen === undefined ? {} : { initial_option: chosen }),
      },
    ],
  };
  const hidden = form.total - options.length;
  return hidden > 0
    ? [
        select,
        context(
          `… and ${count(hidden)} more that can't be chosen here: \`/sync error ${crmText(form.errorId, 20)}\` lists them.`,
        ),
      ]
    : [select];
}

function valueInput(form: FixForm, where: string): InputBlock {
  const block = { type: "input" as const, block_id: valueBlockOf(form.recordKey), label: plainLabel(form, where) };
  const { input, proposal } = form;
  if (input.kind === "choice") {
    const choice = optionsOrGroups(input.options.map(({ key, label }) => plainOption(key, label)));
    if (choice !== null) {
      const proposed = input.options.find(({ value }) => value === proposal);
      const placeholder = { type: "plain_text" as const, text: "Choose a value" };
      const initial = proposed === undefined ? {} : { initial_option: plainOption(proposed.key, proposed.label) };
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
    ...(input.kind === "text" ? { hint: { type: "plain_text", text: hintOf(input) } } : {}),
  };
}

function hintOf(input: Extract<FixForm["input"], { kind: "text" }>): string {
  const size = `At most ${count(input.maxLength)} characters.`;
  return input.isEmail ? `An email address. ${size}` : size;
}

function plainLabel({ label, proposal }: FixForm, where: string): InputBlock["label"] {
  const proposed = proposal === null ? "" : " (a proposal stands there)";
  return { type: "plain_text", text: `${crmText(label, 150)} in ${where}${proposed}` };
}

function sameValueChoice(form: FixForm): InputBlock[] {
  if (form.sameValue < 2) return [];
  const text = `All ${count(form.sameValue)} records of this error with the same value`;
  return [
    {
      type: "input",
      block_id: `all:${form.recordKey}`.slice(0, LIMITS.actionId),
      optional: true,
      label: { type: "plain_text", text: "Which records" },
      element: {
        type: "checkboxes",
        action_id: "all",
        options: [{ value: "all", text: { type: "plain_text", text: truncate(text, LIMITS.optionText) } }],
      },
    },
  ];
}

function plainOption(value: string, label: string): PlainTextOption {
  const text = crmText(label, LIMITS.optionText) || crmText(value, LIMITS.optionText) || "(without a name)";
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
  preview: Extract<FixPreview, { readonly records: number }>,
  wish: FixWish,
  place: FixPlace,
): ModalView | null {
  const memory = JSON.stringify({ ...wish, ...place });
  if (memory.length > LIMITS.privateMetadata) return null;
  return {
    type: "modal",
    callback_id: FIX_CONFIRMATION,
    private_metadata: memory,
    title: { type: "plain_text", text: truncate(`Fix ${count(preview.records)} records`, LIMITS.modalTitle) },
    submit: { type: "plain_text", text: "Write it" },
    close: { type: "plain_text", text: "Not now" },
    blocks: [
      section(changeText(preview)),
      section("Records in which somebody has changed the value by then are left alone. Its progress appears in one message."),
    ],
  };
}

/** The dialog while it is at work, or once it has been answered. */
export function fixDialogOutcome(sentence: string): ModalView {
  return {
    type: "modal",
    callback_id: `${FIX_DIALOG}-outcome`,
    title: { type: "plain_text", text: "Fix value" },
    close: { type: "plain_text", text: "Close" },
    blocks: [section(sentence)],
  };
}
