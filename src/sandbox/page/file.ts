import { parse } from "csv-parse/sync";
import { createElement, type ReactElement } from "react";
import { type JsonObject, stringOf } from "./blocks/block-kit.ts";

/** The bytes of a file by its id; null for one that is gone. */
export type FileContents = (id: string) => Uint8Array | null;

const LINES_SHOWN = 6;
const COLUMNS_SHOWN = 20;

/** How much of a file is read for its preview. */
const PREVIEW_BYTES = 64 * 1024;

/** A file as Slack shows it in a message: its name and size, the first lines of a CSV as a table, and a way to the whole. */
export function renderFile(file: JsonObject, contentOf: FileContents): ReactElement {
  const id = stringOf(file.id);
  const name = stringOf(file.name);
  const bytes = contentOf(id);
  const address = `/page/files/${encodeURIComponent(id)}`;
  return createElement(
    "figure",
    { key: id, className: "file" },
    createElement(
      "figcaption",
      null,
      createElement("span", { className: "file-kind", "aria-hidden": true }, stringOf(file.pretty_type) || "FILE"),
      createElement(
        "span",
        { className: "file-name" },
        createElement("strong", null, stringOf(file.title) || name),
        createElement("small", null, `${name}, ${sizeText(bytes?.byteLength ?? 0)}`),
      ),
      createElement("a", { href: address, target: "_blank", rel: "noopener", "aria-label": `Open ${name}` }, "Open"),
      createElement("a", { href: `${address}?download`, download: name, "aria-label": `Download ${name}` }, "Download"),
    ),
    bytes !== null && name.toLowerCase().endsWith(".csv") ? csvPreview(name, bytes) : null,
  );
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${Math.round(kilobytes)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

function csvPreview(name: string, bytes: Uint8Array): ReactElement | null {
  const [head = [], ...lines] = firstRows(bytes);
  if (head.length === 0) return null;
  const all = lineCount(bytes) - 1;
  const shown = lines.slice(0, LINES_SHOWN);
  return createElement(
    "div",
    null,
    createElement(
      "div",
      // Can be scrolled by keyboard: it is wider than a message.
      { className: "file-preview", tabIndex: 0, role: "region", "aria-label": `The first lines of ${name}` },
      createElement(
        "table",
        null,
        createElement("thead", null, createElement("tr", null, ...cells("th", head))),
        createElement("tbody", null, ...shown.map((line, index) => createElement("tr", { key: index }, ...cells("td", line)))),
      ),
    ),
    createElement(
      "p",
      { className: "file-more" },
      all > shown.length
        ? `… and ${(all - shown.length).toLocaleString("en-US")} more lines`
        : `${all} ${all === 1 ? "line" : "lines"}`,
      head.length > COLUMNS_SHOWN ? `, ${head.length - COLUMNS_SHOWN} more columns` : "",
    ),
  );
}

function cells(kind: "th" | "td", values: readonly string[]): readonly ReactElement[] {
  return values
    .slice(0, COLUMNS_SHOWN)
    .map((value, index) => createElement(kind, { key: index, title: value, ...(kind === "th" ? { scope: "col" } : {}) }, value));
}

/** The first rows, whatever separates their cells; none where it can't be read as CSV. */
function firstRows(bytes: Uint8Array): readonly (readonly string[])[] {
  const text = textOfFile(bytes.subarray(0, PREVIEW_BYTES));
  const firstLine = text.slice(0, text.search(/\r?\n|$/));
  const delimiter = [",", ";", "\t"].toSorted((a, b) => firstLine.split(b).length - firstLine.split(a).length)[0] ?? ",";
  try {
    return parse(text, { bom: true, delimiter, relax_column_count: true, relax_quotes: true, to: LINES_SHOWN + 1 });
  } catch {
    return [];
  }
}

/** How many lines it has that aren't empty at its end; line breaks within cells count too. */
function lineCount(bytes: Uint8Array): number {
  const newline = 10;
  let lines = 0;
  for (const byte of bytes) if (byte === newline) lines += 1;
  return bytes.at(-1) === newline || bytes.at(-2) === newline ? lines : lines + 1;
}

/** A file's text by its byte order mark; UTF-8 without one. */
export function textOfFile(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
