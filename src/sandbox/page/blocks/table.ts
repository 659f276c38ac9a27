import { createElement, type ReactElement } from "react";
import { isObject, type JsonObject, objectsIn, stringOf } from "./block-kit.ts";
import { libraryHtml } from "./library.ts";
import { plainText } from "./plain-text.ts";
import type { Reader } from "./reader.ts";

/** A table or data_table: its first row is its head. It scrolls by itself where it is wider than the message, by keyboard too. */
export function tableBlock(block: JsonObject, reader: Reader): ReactElement {
  const rows = Array.isArray(block.rows) ? block.rows.map(objectsIn) : [];
  const settings = Array.isArray(block.column_settings) ? block.column_settings : [];
  const caption = stringOf(block.caption);
  const [head = [], ...body] = rows;
  const cellIn = (kind: "th" | "td") => (cell: JsonObject, column: number) =>
    createElement(
      kind,
      { key: column, className: columnClass(settings[column], cell), ...(kind === "th" ? { scope: "col" } : {}) },
      cellContent(cell, reader),
    );
  return createElement(
    "div",
    { className: "table-scroll", tabIndex: 0, role: "region", "aria-label": caption || "Table" },
    createElement(
      "table",
      null,
      caption === "" ? null : createElement("caption", null, caption),
      createElement("thead", null, createElement("tr", null, ...head.map(cellIn("th")))),
      createElement("tbody", null, ...body.map((row, index) => createElement("tr", { key: index }, ...row.map(cellIn("td"))))),
    ),
  );
}

function columnClass(setting: unknown, cell: JsonObject): string | undefined {
  const { align, is_wrapped: isWrapped } = isObject(setting) ? setting : {};
  const aligned = align === "right" || align === "center" ? `cell-${align}` : cell.type === "raw_number" ? "cell-right" : "";
  return `${aligned} ${isWrapped === false ? "cell-line" : ""}`.trim() || undefined;
}

function cellContent(cell: JsonObject, reader: Reader): ReactElement {
  if (cell.type === "rich_text") {
    // biome-ignore lint/security/noDangerouslySetInnerHtml: it is HTML that React made a moment ago, with all text escaped
    return createElement("div", { className: "rendered", dangerouslySetInnerHTML: { __html: libraryHtml(cell, reader) } });
  }
  const text = stringOf(cell.text) || (typeof cell.value === "number" ? cell.value.toLocaleString("en-US") : "");
  return plainText({ type: "plain_text", text });
}
