import { createElement, type ReactElement } from "react";
import { isObject, type JsonObject, objectsIn, stringOf } from "./block-kit.ts";

/** The figures of a chart as a table, folded away: for those who can't see the drawing or want to know exactly. */
export function chartTable(block: JsonObject): ReactElement | null {
  const chart = isObject(block.chart) ? block.chart : {};
  const title = stringOf(block.title);
  const segments = objectsIn(chart.segments);
  const series = segments.length > 0 ? [{ name: "Value", data: segments }] : objectsIn(chart.series);
  const first = series[0];
  if (first === undefined) return null;
  const axis = isObject(chart.axis_config) ? chart.axis_config : {};
  const labels = objectsIn(first.data).map((point) => stringOf(point.label));
  const head = [stringOf(axis.x_label) || "Label", ...series.map((one) => stringOf(one.name))];
  return createElement(
    "details",
    { className: "chart-table", "data-keep-open": title },
    createElement("summary", null, "Show the figures"),
    createElement(
      "table",
      null,
      createElement("caption", { className: "visually-hidden" }, title),
      createElement(
        "thead",
        null,
        createElement("tr", null, ...head.map((name, index) => createElement("th", { key: index, scope: "col" }, name))),
      ),
      createElement(
        "tbody",
        null,
        ...labels.map((label) =>
          createElement(
            "tr",
            { key: label },
            createElement("th", { scope: "row" }, label),
            ...series.map((one, index) => createElement("td", { key: index }, figure(one, label))),
          ),
        ),
      ),
    ),
  );
}

function figure(series: JsonObject, label: string): string {
  const value = objectsIn(series.data).find((point) => point.label === label)?.value;
  return typeof value === "number" ? value.toLocaleString("en-US") : "";
}
