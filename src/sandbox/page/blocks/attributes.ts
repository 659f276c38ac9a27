import { isObject, type JsonObject, stringOf, textOf } from "./block-kit.ts";
import { libraryHtml } from "./library.ts";
import { type Place, placeAttributes } from "./place.ts";
import type { Reader } from "./reader.ts";

/** What a control needs to know of its surroundings. */
export interface ControlContext {
  readonly reader: Reader;
  readonly place: Place;
  readonly blockId: string;
  /** block_id → action_id → value, as the view holds it. */
  readonly values: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  /** Choosing something tells the app at once; in an input block only where the block says so. */
  readonly dispatches: boolean;
  /** Id of what labels and describes it. */
  readonly labelledBy: string | null;
  readonly describedBy: string | null;
}

/** Where a control stands, what its click must say, and what it is called. */
export function attributes(element: JsonObject, context: ControlContext): Record<string, unknown> {
  const { labelledBy, describedBy, dispatches } = context;
  const label = textOf(element.placeholder) || stringOf(element.action_id);
  return {
    ...address(element, context),
    "data-control": stringOf(element.type),
    ...(dispatches ? { "data-dispatches": "" } : {}),
    ...(labelledBy === null
      ? { "aria-label": stringOf(element.accessibility_label) || label }
      : { "aria-labelledby": labelledBy }),
    ...(describedBy === null ? {} : { "aria-describedby": describedBy }),
  };
}

/** Where a control stands, and what is asked before it counts. */
export function address(element: JsonObject, { place, blockId, reader }: ControlContext): Record<string, unknown> {
  return {
    ...placeAttributes(place),
    "data-block-id": blockId,
    "data-action-id": stringOf(element.action_id),
    ...(isObject(element.confirm) ? { "data-confirm": confirmation(element.confirm, reader) } : {}),
  };
}

/** The dialog's four texts as JSON, for the browser to show before a click counts; `html` where its text is formatted. */
function confirmation(confirm: JsonObject, reader: Reader): string {
  const { title, text, confirm: yes, deny: no } = confirm;
  return JSON.stringify({
    title: textOf(title),
    text: textOf(text),
    ...(isObject(text) && text.type === "mrkdwn" ? { html: libraryHtml({ type: "section", text }, reader) } : {}),
    confirm: textOf(yes) || "Yes",
    deny: textOf(no) || "No",
    danger: confirm.style === "danger",
  });
}

/** What a view holds for this control. */
export function held({ action_id }: JsonObject, { values, blockId }: ControlContext): JsonObject {
  return values[blockId]?.[stringOf(action_id)] ?? {};
}
