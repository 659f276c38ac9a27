import { LIMITS } from "./limits.ts";
import { truncate } from "./text.ts";

/** Slack's line chart, which @slack/types doesn't describe yet. */
export interface DataVisualizationBlock {
  readonly type: "data_visualization";
  readonly title: string;
  readonly chart: {
    readonly type: "line";
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: { readonly categories: readonly string[]; readonly x_label: string; readonly y_label: string };
  };
}

export interface LineChart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** At most 20, all different. */
  readonly categories: readonly string[];
  /** At most six, each with one value for each category. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** A line chart, or nothing where there are fewer than two points to draw a line between. */
export function lineChart(chart: LineChart): DataVisualizationBlock[] {
  const categories = [...new Set(chart.categories.map((category) => truncate(category, LIMITS.chartLabel)))];
  const drawable = categories.length === chart.categories.length && !categories.includes("");
  if (!drawable || categories.length < 2 || categories.length > LIMITS.chartPoints) return [];
  return [
    {
      type: "data_visualization",
      title: truncate(chart.title, LIMITS.chartTitle),
      chart: {
        type: "line",
        series: chart.series.map((series) => ({
          name: truncate(series.name, LIMITS.chartLabel),
          data: categories.map((label, index) => ({ label, value: series.values[index] ?? 0 })),
        })),
        axis_config: { categories, x_label: chart.xLabel, y_label: chart.yLabel },
      },
    },
  ];
}
