import { createElement, Fragment, type ReactElement } from "react";
import type { ControlContext } from "./attributes.ts";
import { isObject, type JsonObject, objectsIn, stringOf, textOf } from "./block-kit.ts";
import { chartTable } from "./chart-table.ts";
import { control } from "./control.ts";
import { libraryHtml } from "./library.ts";
import type { Place } from "./place.ts";
import { plainText } from "./plain-text.ts";
import type { Reader } from "./reader.ts";
import { tableBlock } from "./table.ts";

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
    case "table":
    case "data_table":
      return tableBlock(block, context.reader);
    case "image":
      return image(block);
    case "alert":
      return createElement(
        "div",
        { className: `alert alert-${stringOf(block.level).replace(/[^a-z]/g, "") || "default"}`, role: "note" },
        fromLibrary({ type: "section", text: block.text }, context.reader),
      );
    case "card":
    case "container":
      return boxed(block, context);
    default:
      return fromLibrary(block, context.reader);
  }
}

function image(block: JsonObject): ReactElement {
  const address = stringOf(block.image_url);
  const title = textOf(block.title);
  return createElement(
    "figure",
    { className: "image" },
    title === "" ? null : createElement("figcaption", null, plainText(block.title)),
    /^https?:/i.test(address)
      ? createElement("img", { src: address, alt: stringOf(block.alt_text), loading: "lazy" })
      : createElement("p", { className: "unknown-block" }, stringOf(block.alt_text)),
  );
}

/** A card with its texts and buttons, or a container with blocks of its own. */
function boxed(block: JsonObject, context: BlockContext): ReactElement {
  const texts = [block.title, block.subtitle, block.body].filter(isObject);
  const actions = objectsIn(block.actions);
  return createElement(
    "div",
    { className: "boxed" },
    ...texts.map((text, index) =>
      createElement(Fragment, { key: index }, fromLibrary({ type: "section", text }, context.reader)),
    ),
    actions.length === 0 ? null : renderBlock({ type: "actions", block_id: block.block_id, elements: actions }, context),
    Array.isArray(block.child_blocks) ? renderBlocks(objectsIn(block.child_blocks), context) : null,
  );
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
