import type { ActionsBlock, Button, Checkboxes, KnownBlock, ModalView, SectionBlock } from "@slack/types";
import { z } from "zod";
import type { AffectedRecordReport, SyncErrorEvent, SyncErrorReport } from "../../health/report.ts";
import type { Language } from "../../language/language.ts";
import type { Page, RecordChoice, TickedRecords } from "../../monitor/monitor.ts";
import { errorExplanation } from "../blocks/error-alert.ts";
import { errorButtons } from "../blocks/error-buttons.ts";
import { affectedRecordText, errorHeadline, historyText, RECORDS_PER_PAGE } from "../blocks/error-details.ts";
import { LIMITS } from "../blocks/limits.ts";
import { actions, context, header, section } from "../blocks/parts.ts";
import { crmText, truncate } from "../blocks/text.ts";
import { dialog, plainText } from "./dialog.ts";

export const RECORDS_DIALOG = "syncwarden:records-dialog";
/** Ticks one record. */
export const RECORD_TICK = "syncwarden:record-tick";
/** Turns the page, or ticks all records or none: by its value. */
export const RECORDS_TURN = "syncwarden:records-turn";

/** What the dialog remembers between its pages: what was ticked on them is stored, since 3,000 characters hold few records. */
export const recordsMemorySchema = z.strictObject({
  errorId: z.string().min(1).max(100),
  offset: z.int().min(0).max(10_000_000),
  /** Counts the times that it was shown: a checkbox of the same name would keep what it was ticked with. */
  shown: z.int().min(0).max(1_000_000),
  channel: z.string().max(100).nullable(),
  messageTs: z.string().max(100).nullable(),
});
export type RecordsMemory = z.infer<typeof recordsMemorySchema>;

export const recordsTurnSchema = z.union([
  z.strictObject({ to: z.int().min(0).max(10_000_000) }),
  z.strictObject({ tick: z.enum(["all", "none"]) }),
]);
export type RecordsTurn = z.infer<typeof recordsTurnSchema>;

export interface RecordsPage {
  readonly error: SyncErrorReport;
  readonly history: readonly SyncErrorEvent[];
  readonly records: Page<AffectedRecordReport>;
  readonly choice: RecordChoice;
}

/** An error in full with a page of its records to choose from. `notice`: what to say before all else. */
export function recordsDialog(t: Language, page: RecordsPage, memory: RecordsMemory, notice: string | null = null): ModalView {
  const { error, history, records, choice } = page;
  const isOpen = error.resolvedAt === null && records.total > 0;
  return dialog(t, {
    id: RECORDS_DIALOG,
    memory,
    title: t.say("Error {id}", { id: error.id }),
    ...(isOpen ? { submit: t.say("Resync selected") } : {}),
    close: t.say("Close"),
    blocks: [
      ...(notice === null ? [] : [section(notice)]),
      header(errorHeadline(t, error, error.connection)),
      ...explanation(t, error),
      ...historyText(t, history).map((text) => context(text)),
      ...(isOpen ? actions(...errorButtons(t, error, "in-dialog")) : []),
      section(records.items.length === 0 ? t.say("No record is held back by it any more.") : choiceText(t, records, choice)),
      ...(isOpen ? turning(t, records, choice) : []),
      ...records.items.map((record) => recordBlock(t, error, record, choice, memory.shown)),
    ],
  });
}

/** A message's explanation is made of blocks that dialogs take too. */
function explanation(t: Language, error: SyncErrorReport): KnownBlock[] {
  return errorExplanation(t, error).filter((block): block is KnownBlock => block.type !== "data_visualization");
}

function choiceText(t: Language, { offset, items, total }: Page<AffectedRecordReport>, { records }: RecordChoice): string {
  const pages = t.say("*Affected records* {first, number} to {last, number} of {total, number}.", {
    first: offset + 1,
    last: offset + items.length,
    total,
  });
  const chosen =
    records === 0
      ? t.say("None is selected, what is ticked on this page not counted.")
      : t.say("{records, number} of {total, number} selected, what is ticked on this page not counted.", { records, total });
  return `${pages} ${chosen}`;
}

function turning(t: Language, { offset, items, total }: Page<AffectedRecordReport>, choice: RecordChoice): ActionsBlock[] {
  const last = offset + items.length;
  const previous = { to: Math.max(0, offset - RECORDS_PER_PAGE) };
  return actions(
    offset > 0 ? turn(t.say("Previous"), previous, "previous", t.say("Previous page of records")) : null,
    last < total
      ? turn(t.say("… and {more, number} more", { more: total - last }), { to: last }, "next", t.say("Next page of records"))
      : null,
    choice.records < total
      ? turn(t.say("Select all {total, number}", { total }), { tick: "all" }, "all", t.say("Select the records of all pages"))
      : null,
    turn(t.say("Select none"), { tick: "none" }, "none", t.say("Take back what is selected, on all pages")),
  );
}

function turn(label: string, value: RecordsTurn, variant: string, accessibilityLabel: string): Button {
  return {
    type: "button",
    action_id: `${RECORDS_TURN}:${variant}`,
    text: plainText(label, LIMITS.buttonText),
    value: JSON.stringify(value),
    accessibility_label: truncate(accessibilityLabel, LIMITS.buttonText),
  };
}

function recordBlock(
  t: Language,
  error: SyncErrorReport,
  record: AffectedRecordReport,
  choice: RecordChoice,
  shown: number,
): SectionBlock {
  const block = { ...section(affectedRecordText(t, error, record)), block_id: blockOf(shown, record.key) };
  if (error.resolvedAt !== null) return block;
  const label = crmText(record.label, LIMITS.optionText - 25);
  const option: Checkboxes["options"][number] = {
    value: "ticked",
    text: plainText(t.say("Select {record}", { record: label }), LIMITS.optionText),
  };
  const initial = choice.isTicked(record.key) ? { initial_options: [option] } : {};
  return { ...block, accessory: { type: "checkboxes", action_id: RECORD_TICK, options: [option], ...initial } };
}

function blockOf(shown: number, key: string): string {
  return `record:${shown}:${key}`.slice(0, LIMITS.actionId);
}

const tickSchema = z.object({ [RECORD_TICK]: z.object({ selected_options: z.array(z.unknown()).nullish() }) });

/** What is ticked on the page, from the state of the dialog. */
export function tickedIn(values: unknown): TickedRecords {
  const ticked: string[] = [];
  const unticked: string[] = [];
  for (const [blockId, held] of Object.entries(values as Readonly<Record<string, unknown>>)) {
    const key = /^record:\d+:(.+)$/.exec(blockId)?.[1];
    const tick = tickSchema.safeParse(held);
    if (key === undefined || !tick.success) continue;
    const isTicked = (tick.data[RECORD_TICK]?.selected_options ?? []).length > 0;
    (isTicked ? ticked : unticked).push(key);
  }
  return { ticked, unticked };
}
