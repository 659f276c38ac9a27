import { renderToStaticMarkup } from "react-dom/server";
import type { ControlContext } from "./blocks/attributes.ts";
import { renderBlocks } from "./blocks/block.ts";
import { isObject, type JsonObject, objectsIn, stringOf, textOf } from "./blocks/block-kit.ts";
import type { Reader } from "./blocks/reader.ts";

export interface RenderedModal {
  readonly id: string;
  /** Changes with every update of the view. */
  readonly hash: string;
  readonly title: string;
  /** Null: nothing to submit. */
  readonly submit: string | null;
  readonly submitDisabled: boolean;
  readonly close: string;
  /** It stands on another modal. */
  readonly onTop: boolean;
  readonly html: string;
}

export function renderModal(view: JsonObject, reader: Reader): RenderedModal {
  const id = stringOf(view.id);
  const blocks = renderBlocks(objectsIn(view.blocks), {
    reader,
    place: { kind: "modal", viewId: id },
    values: valuesOf(view),
  });
  return {
    id,
    hash: stringOf(view.hash),
    title: textOf(view.title),
    submit: textOf(view.submit) || null,
    submitDisabled: view.submit_disabled === true,
    close: textOf(view.close) || "Cancel",
    onTop: view.previous_view_id !== null,
    html: renderToStaticMarkup(blocks),
  };
}

export interface RenderedHome {
  readonly version: string;
  readonly html: string;
}

export function renderHome(view: JsonObject, reader: Reader): RenderedHome {
  const blocks = renderBlocks(objectsIn(view.blocks), {
    reader,
    place: { kind: "home" },
    values: valuesOf(view),
    headingLevel: 2,
  });
  return { version: stringOf(view.hash), html: renderToStaticMarkup(blocks) };
}

function valuesOf(view: JsonObject): ControlContext["values"] {
  const values = isObject(view.state) && isObject(view.state.values) ? view.state.values : {};
  return Object.fromEntries(
    Object.entries(values)
      .filter((entry): entry is [string, JsonObject] => isObject(entry[1]))
      .map(([blockId, byAction]) => [
        blockId,
        Object.fromEntries(Object.entries(byAction).filter((entry): entry is [string, JsonObject] => isObject(entry[1]))),
      ]),
  );
}
