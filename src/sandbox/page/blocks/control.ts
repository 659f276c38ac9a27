import { createElement, type ReactElement, type ReactNode } from "react";
import { isObject, type JsonObject, objectsIn, stringOf, textOf } from "./block-kit.ts";
import { type Place, placeAttributes } from "./place.ts";
import { plainText } from "./plain-text.ts";
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

/**
 * A button, select or input as a control of the browser's own, with what a click must say in its data attributes.
 * (The library's are made of React state, which stays behind on the server.)
 */
export function control(element: JsonObject, context: ControlContext): ReactElement {
  const type = stringOf(element.type);
  switch (type) {
    case "button":
    case "workflow_button":
      return button(element, context);
    case "radio_buttons":
      return choices(element, context, "radio");
    case "checkboxes":
      return choices(element, context, "checkbox");
    case "plain_text_input":
      return element.multiline === true
        ? createElement("textarea", { ...textAttributes(element, context), rows: 4 })
        : createElement("input", { ...textAttributes(element, context), type: "text" });
    case "email_text_input":
      return createElement("input", { ...textAttributes(element, context), type: "email" });
    case "url_text_input":
      return createElement("input", { ...textAttributes(element, context), type: "url" });
    case "number_input":
      return createElement("input", { ...textAttributes(element, context), type: "text", inputMode: "decimal" });
    case "datepicker":
      return createElement("input", {
        ...attributes(element, context),
        type: "date",
        defaultValue: held(element, context).selected_date ?? "",
      });
    case "timepicker":
      return createElement("input", {
        ...attributes(element, context),
        type: "time",
        defaultValue: held(element, context).selected_time ?? "",
      });
    default:
      return type === "overflow" || type.endsWith("_select") ? select(element, context) : unknown(type);
  }
}

function unknown(type: string): ReactElement {
  return createElement("span", { className: "unknown-block" }, `(${type} can't be shown here)`);
}

function attributes(element: JsonObject, context: ControlContext): Record<string, unknown> {
  const { place, blockId, labelledBy, describedBy, dispatches } = context;
  const label = textOf(element.placeholder) || stringOf(element.action_id);
  return {
    ...placeAttributes(place),
    "data-control": stringOf(element.type),
    "data-block-id": blockId,
    "data-action-id": stringOf(element.action_id),
    ...(dispatches ? { "data-dispatches": "" } : {}),
    ...(isObject(element.confirm) ? { "data-confirm": confirmation(element.confirm) } : {}),
    ...(labelledBy === null
      ? { "aria-label": stringOf(element.accessibility_label) || label }
      : { "aria-labelledby": labelledBy }),
    ...(describedBy === null ? {} : { "aria-describedby": describedBy }),
  };
}

/** The dialog's four texts as JSON, for the browser to show before a click counts. */
function confirmation(confirm: JsonObject): string {
  const { title, text, confirm: yes, deny: no } = confirm;
  return JSON.stringify({
    title: textOf(title),
    text: textOf(text),
    confirm: textOf(yes) || "Yes",
    deny: textOf(no) || "No",
    danger: confirm.style === "danger",
  });
}

function button(element: JsonObject, context: ControlContext): ReactElement {
  const { "aria-label": _, ...rest } = attributes(element, context);
  const url = stringOf(element.url);
  const opens = /^https?:\/\//i.test(url);
  return createElement(
    "button",
    {
      ...rest,
      type: "button",
      className: `button ${element.style === "primary" || element.style === "danger" ? `button-${element.style}` : ""}`.trim(),
      ...(typeof element.value === "string" ? { "data-value": element.value } : {}),
      ...(opens ? { "data-url": url, role: "link" } : {}),
      ...(stringOf(element.accessibility_label) === "" ? {} : { "aria-label": stringOf(element.accessibility_label) }),
    },
    plainText(element.text),
    opens ? createElement("span", { className: "opens", "aria-hidden": true }, "↗") : null,
  );
}

function held({ action_id }: JsonObject, { values, blockId }: ControlContext): JsonObject {
  return values[blockId]?.[stringOf(action_id)] ?? {};
}

function textAttributes(element: JsonObject, context: ControlContext): Record<string, unknown> {
  const { value } = held(element, context);
  return {
    ...attributes(element, context),
    className: "field",
    placeholder: textOf(element.placeholder),
    defaultValue: typeof value === "string" ? value : stringOf(element.initial_value),
    ...(typeof element.max_length === "number" ? { maxLength: element.max_length } : {}),
  };
}

interface Option {
  readonly value: string;
  readonly label: string;
  readonly text: unknown;
  readonly description: string;
}

function select(element: JsonObject, context: ControlContext): ReactElement {
  const type = stringOf(element.type);
  const many = type.startsWith("multi_");
  const chosen = chosenValues(element, context);
  const hint = type === "overflow" ? "More…" : textOf(element.placeholder) || "Choose…";
  return createElement(
    "select",
    {
      ...attributes(element, context),
      className: `field ${type === "overflow" ? "overflow" : ""}`.trim(),
      ...(many ? { multiple: true, defaultValue: chosen } : { defaultValue: chosen[0] ?? "" }),
      ...(type === "overflow" ? { "aria-label": "More actions" } : {}),
    },
    many ? null : createElement("option", { value: "" }, hint),
    ...optionNodes(element, type, context.reader),
  );
}

function optionNodes(element: JsonObject, type: string, reader: Reader): ReactNode[] {
  const node = ({ value, label }: Option): ReactElement => createElement("option", { key: value, value }, label);
  const groups = objectsIn(element.option_groups);
  if (groups.length > 0) {
    return groups.map((group, index) =>
      createElement("optgroup", { key: index, label: textOf(group.label) }, ...optionsOf(group).map(node)),
    );
  }
  return (workspaceOptions(type, reader) ?? optionsOf(element)).map(node);
}

function workspaceOptions(type: string, { users, channels }: Reader): readonly Option[] | null {
  const option = (value: string, label: string): Option => ({ value, label, text: null, description: "" });
  if (type.endsWith("users_select")) return users.map(({ id, name }) => option(id, name));
  if (/(?:channels|conversations)_select$/.test(type)) return channels.map(({ id, name }) => option(id, `#${name}`));
  return null;
}

function optionsOf(holder: JsonObject): readonly Option[] {
  return objectsIn(holder.options).map((option) => ({
    value: stringOf(option.value),
    label: textOf(option.text),
    text: option.text,
    description: textOf(option.description),
  }));
}

/** Values of the options, or ids, that are chosen now. */
function chosenValues(element: JsonObject, context: ControlContext): readonly string[] {
  return Object.entries(held(element, context))
    .filter(([name]) => name.startsWith("selected_"))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .flatMap((value) => (isObject(value) ? [stringOf(value.value)] : typeof value === "string" ? [value] : []));
}

function choices(element: JsonObject, context: ControlContext, type: "radio" | "checkbox"): ReactElement {
  const chosen = chosenValues(element, context);
  const name = `${context.blockId}:${stringOf(element.action_id)}`;
  return createElement(
    "div",
    { ...attributes(element, context), className: "choices", role: type === "radio" ? "radiogroup" : "group" },
    ...optionsOf(element).map(({ value, text, description }) =>
      createElement(
        "label",
        { key: value, className: "choice" },
        createElement("input", { type, name, value, defaultChecked: chosen.includes(value) }),
        createElement("span", null, plainText(text), description === "" ? null : createElement("small", null, description)),
      ),
    ),
  );
}
