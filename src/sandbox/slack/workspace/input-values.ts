import { isRecord } from "../block-kit/shape.ts";
import type { Block } from "../block-kit/stored.ts";
import type { JsonObject, SlackView } from "./model.ts";

/** Elements that hold a value, with the field of the payload that carries it and the field that sets it at first. */
const valueFields: Readonly<
  Record<string, { readonly field: string; readonly initial: string; readonly many: boolean; readonly options: boolean }>
> = {
  plain_text_input: { field: "value", initial: "initial_value", many: false, options: false },
  email_text_input: { field: "value", initial: "initial_value", many: false, options: false },
  url_text_input: { field: "value", initial: "initial_value", many: false, options: false },
  number_input: { field: "value", initial: "initial_value", many: false, options: false },
  rich_text_input: { field: "rich_text_value", initial: "initial_value", many: false, options: false },
  static_select: { field: "selected_option", initial: "initial_option", many: false, options: true },
  multi_static_select: { field: "selected_options", initial: "initial_options", many: true, options: true },
  external_select: { field: "selected_option", initial: "initial_option", many: false, options: false },
  multi_external_select: { field: "selected_options", initial: "initial_options", many: true, options: false },
  file_input: { field: "files", initial: "", many: true, options: false },
  radio_buttons: { field: "selected_option", initial: "initial_option", many: false, options: true },
  checkboxes: { field: "selected_options", initial: "initial_options", many: true, options: true },
  overflow: { field: "selected_option", initial: "", many: false, options: true },
  users_select: { field: "selected_user", initial: "initial_user", many: false, options: false },
  multi_users_select: { field: "selected_users", initial: "initial_users", many: true, options: false },
  conversations_select: { field: "selected_conversation", initial: "initial_conversation", many: false, options: false },
  multi_conversations_select: { field: "selected_conversations", initial: "initial_conversations", many: true, options: false },
  channels_select: { field: "selected_channel", initial: "initial_channel", many: false, options: false },
  multi_channels_select: { field: "selected_channels", initial: "initial_channels", many: true, options: false },
  datepicker: { field: "selected_date", initial: "initial_date", many: false, options: false },
  timepicker: { field: "selected_time", initial: "initial_time", many: false, options: false },
  datetimepicker: { field: "selected_date_time", initial: "initial_date_time", many: false, options: false },
};

/** An element that people can click or fill, with the block it stands in. */
export interface PlacedElement {
  readonly block: Block;
  readonly element: JsonObject & { readonly type: string; readonly action_id: string };
}

/** All elements with an action_id in blocks, in the order they are read, those in cards and containers too. */
export function elementsIn(blocks: readonly Block[]): readonly PlacedElement[] {
  return blocks.flatMap((block) => {
    const own = [...listed(block.elements), ...listed(block.actions), block.accessory, block.element].filter(isElement);
    const nested = [...listed(block.child_blocks), ...(block.type === "carousel" ? listed(block.elements) : [])].filter(isBlock);
    return [...own.map((element) => ({ block, element })), ...elementsIn(nested)];
  });
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isElement(value: unknown): value is PlacedElement["element"] {
  return isRecord(value) && typeof value.type === "string" && typeof value.action_id === "string";
}

function isBlock(value: unknown): value is Block {
  return isRecord(value) && typeof value.type === "string";
}

/** The options of a select, checkboxes, radio buttons or an overflow menu, groups flattened. */
export function optionsOf(element: JsonObject): readonly JsonObject[] {
  const grouped = listed(element.option_groups).filter(isRecord);
  return [...listed(element.options), ...grouped.flatMap((group) => listed(group.options))].filter(isRecord);
}

/** The state of a view or message before anyone touched it. Buttons and overflow menus hold no state. */
export function initialValues(blocks: readonly Block[]): SlackView["values"] {
  const values: Record<string, Record<string, JsonObject>> = {};
  for (const { block, element } of elementsIn(blocks)) {
    const kind = valueFields[element.type];
    if (kind === undefined || element.type === "overflow") continue;
    const blockId = String(block.block_id);
    const initial = element[kind.initial] ?? (kind.many ? [] : null);
    values[blockId] = { ...values[blockId], [element.action_id]: { type: element.type, [kind.field]: initial } };
  }
  return values;
}

/**
 * What a person entered or chose, as Slack would send it; options are named by value or label.
 * The answer is a sentence where the element cannot take it.
 */
export function enteredValue(element: PlacedElement["element"], entered: unknown): JsonObject | string {
  const kind = valueFields[element.type];
  if (kind === undefined) return `${element.type} ${element.action_id} takes no value`;
  const wanted = Array.isArray(entered) ? entered : entered === null || entered === undefined || entered === "" ? [] : [entered];
  if (!kind.many && wanted.length > 1) return `${element.action_id} takes one value`;
  const chosen: unknown[] = [];
  for (const one of wanted) {
    if (!kind.options) {
      chosen.push(typeof one === "number" && kind.field === "value" ? String(one) : one);
      continue;
    }
    const option = optionsOf(element).find(
      (candidate) => candidate.value === one || (isRecord(candidate.text) && candidate.text.text === one),
    );
    if (option === undefined) {
      const known = optionsOf(element).map((candidate) => candidate.value);
      return `${element.action_id} has no option ${String(one)}; it has ${known.join(", ")}`;
    }
    chosen.push(option);
  }
  return { type: element.type, [kind.field]: kind.many ? chosen : (chosen[0] ?? null) };
}

/** Whether a value in the state of a view is empty. */
export function isEmptyValue(value: JsonObject | undefined): boolean {
  if (value === undefined) return true;
  return Object.entries(value).every(
    ([name, held]) => name === "type" || held === null || held === "" || (Array.isArray(held) && held.length === 0),
  );
}
