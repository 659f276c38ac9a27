import { createElement, Fragment, type ReactElement } from "react";
import { isObject, type JsonObject, objectsIn, stringOf, textOf } from "./block-kit.ts";
import { chartTable } from "./chart-table.ts";
import { type ControlContext, control } from "./control.ts";
import { libraryHtml } from "./library.ts";
import type { Place } from "./place.ts";
import { plainText } from "./plain-text.ts";
import type { Reader } from "./reader.ts";

export interface BlockContext {
  readonly reader: Reader;
  readonly place: Place;
  /** What a view holds; empty for a message. */
  readonly values?: ControlContext["values"];
  /** The level of the heading that a header block becomes. */
  readonly headingLevel?: 2 | 3 | 4;
}

/** Blocks as HTML elements: what can be clicked as controls of the browser's own, everything else by the library. */
export function renderBlocks(blocks: readonly JsonObject[], context: BlockContext): ReactElement {
  return createElement(
    "div",
    { className: "blocks" },
    ...blocks.map((block, index) =>
      createElement(
        "div",
        {
          key: index,
          className: `block block-${stringOf(block.type).replace(/[^a-z_]/g, "")}`,
          "data-block": stringOf(block.block_id),
        },
        renderBlock(block, context),
      ),
    ),
  );
}

function renderBlock(block: JsonObject, context: BlockContext): ReactElement {
  switch (block.type) {
    case "header":
      // Its text is plain, and the library would format it.
      return createElement(`h${context.headingLevel ?? 3}`, { className: "block-heading" }, plainText(block.text));
    case "actions":
      return createElement(
        "div",
        { className: "actions" },
        ...objectsIn(block.elements).map((element, index) =>
          createElement(Fragment, { key: index }, control(element, controlContext(block, context))),
        ),
      );
    case "section":
      return section(block, context);
    case "input":
      return input(block, context);
    case "data_visualization":
      return createElement(Fragment, null, fromLibrary(block, context.reader), chartTable(block));
    default:
      return fromLibrary(block, context.reader);
  }
}

function fromLibrary(block: JsonObject, reader: Reader): ReactElement {
  const html = libraryHtml(block, reader);
  if (html === "") {
    return createElement(
      "p",
      { className: "unknown-block" },
      `(A block of the type ${stringOf(block.type)} can't be shown here)`,
    );
  }
  // biome-ignore lint/security/noDangerouslySetInnerHtml: it is HTML that React made a moment ago, with all text escaped
  return createElement("div", { className: "rendered", dangerouslySetInnerHTML: { __html: html } });
}

function section(block: JsonObject, context: BlockContext): ReactElement {
  const { accessory, ...rest } = block;
  const text = fromLibrary(rest, context.reader);
  if (!isObject(accessory)) return text;
  const beside =
    accessory.type === "image"
      ? createElement("img", { src: stringOf(accessory.image_url), alt: stringOf(accessory.alt_text) })
      : control(accessory, controlContext(block, context));
  return createElement("div", { className: "with-accessory" }, text, createElement("div", { className: "accessory" }, beside));
}

function controlContext(block: JsonObject, context: BlockContext): ControlContext {
  return {
    reader: context.reader,
    place: context.place,
    blockId: stringOf(block.block_id),
    values: context.values ?? {},
    dispatches: true,
    labelledBy: null,
    describedBy: null,
  };
}

function input(block: JsonObject, context: BlockContext): ReactElement {
  const element = isObject(block.element) ? block.element : {};
  const id = `input-${stringOf(block.block_id).replace(/[^\w-]/g, "_")}`;
  const hint = textOf(block.hint);
  const describedBy = `${id}-error${hint === "" ? "" : ` ${id}-hint`}`;
  const own = {
    ...controlContext(block, context),
    dispatches: block.dispatch_action === true,
    labelledBy: `${id}-label`,
    describedBy,
  };
  return createElement(
    "div",
    {
      className: "input-block",
      "data-input": stringOf(block.block_id),
      "data-optional": block.optional === true ? "" : undefined,
    },
    createElement(
      "div",
      { className: "input-label", id: `${id}-label` },
      plainText(block.label),
      block.optional === true ? createElement("span", { className: "optional" }, " (optional)") : null,
    ),
    control(element, own),
    hint === "" ? null : createElement("p", { className: "input-hint", id: `${id}-hint` }, plainText(block.hint)),
    createElement("p", { className: "input-error", id: `${id}-error`, role: "alert" }),
  );
}
