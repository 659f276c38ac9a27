import { identifier } from "./composition.ts";
import { richTextContainer } from "./rich-text.ts";
import { also, byType, choice, type Faults, fault, flag, isRecord, list, number, object, type Shape, text } from "./shape.ts";

/** Blocks that show figures: table, data_table and data_visualization (https://docs.slack.dev/reference/block-kit/blocks). */
const label = text({ max: 20 });

const series = object({
  name: label,
  data: list(object({ label, value: number() }), { min: 1, max: 20 }),
});

const cartesian = {
  series: list(series, { min: 1, max: 6 }),
  axis_config: object({
    categories: list(label, { max: 20 }),
    "x_label?": text({ min: 0, max: 50 }),
    "y_label?": text({ min: 0, max: 50 }),
  }),
};

const segment = object({ label, value: number({ min: Number.MIN_VALUE }) });

const chart = byType({
  line: also(object({ type: choice("line"), ...cartesian }), pointsMatchCategories),
  bar: also(object({ type: choice("bar"), ...cartesian }), pointsMatchCategories),
  area: also(object({ type: choice("area"), ...cartesian }), pointsMatchCategories),
  pie: object({ type: choice("pie"), segments: list(segment, { min: 1, max: 6 }) }),
});

function pointsMatchCategories(value: Readonly<Record<string, unknown>>, pointer: string, faults: Faults): void {
  const config = isRecord(value.axis_config) ? value.axis_config : {};
  const categories = Array.isArray(config.categories) ? config.categories : [];
  const names = new Set<unknown>();
  for (const [index, one] of (Array.isArray(value.series) ? value.series : []).entries()) {
    if (!isRecord(one) || !Array.isArray(one.data)) continue;
    const at = `${pointer}/series/${index}`;
    if (names.has(one.name)) fault(faults, "series names must be unique", `${at}/name`);
    names.add(one.name);
    const labels = one.data.map((point) => (isRecord(point) ? point.label : undefined));
    const complete = labels.length === categories.length && categories.every((category) => labels.includes(category));
    if (!complete) fault(faults, "must have exactly one data point for each category", `${at}/data`);
  }
}

const richCell = object({ type: choice("rich_text"), elements: list(richTextContainer) });

const tableCell = byType({ raw_text: object({ type: choice("raw_text"), text: text({ min: 0 }) }), rich_text: richCell });

const columnSetting: Shape = (value, pointer, faults) => {
  if (value === null) return;
  object({ "align?": choice("left", "center", "right"), "is_wrapped?": flag() })(value, pointer, faults);
};

const dataCell = byType({
  raw_text: object({ type: choice("raw_text"), text: text() }),
  raw_number: object({ type: choice("raw_number"), value: number(), "text?": text() }),
  rich_text: richCell,
});

export const dataBlocks = {
  data_visualization: object({ type: choice("data_visualization"), "block_id?": identifier, title: text({ max: 50 }), chart }),
  table: object({
    type: choice("table"),
    "block_id?": identifier,
    rows: list(list(tableCell, { min: 1, max: 20 }), { min: 1, max: 100 }),
    "column_settings?": list(columnSetting, { max: 20 }),
  }),
  data_table: object({
    type: choice("data_table"),
    "block_id?": identifier,
    caption: text(),
    "page_size?": number({ min: 1, max: 100, integer: true }),
    "row_header_column_index?": number({ min: 0, max: 19, integer: true }),
    rows: list(list(dataCell, { min: 1, max: 20 }), { min: 2, max: 101 }),
  }),
};
