import { createElement, type ReactElement } from "react";
import { attributes, type ControlContext, held } from "./attributes.ts";
import { isObject, type JsonObject, objectsIn, stringOf, textOf } from "./block-kit.ts";
import { choices, externalSelect, overflow, select } from "./choices.ts";
import { localMinute } from "./date.ts";
import { plainText } from "./plain-text.ts";

/**
 * A button, select or input as a control of the browser's own, with what a click must say in its data attributes.
 * (The library's are made of React state, which stays behind on the server.)
 */
export function control(element: JsonObject, context: ControlContext): ReactElement {
  const type = stringOf(element.type);
  const field = (kind: string, more: Readonly<Record<string, unknown>> = {}): ReactElement =>
    createElement("input", { ...textAttributes(element, context), type: kind, ...more });
  switch (type) {
    case "button":
    case "workflow_button":
      return button(element, context);
    case "overflow":
      return overflow(element, context);
    case "radio_buttons":
      return choices(element, context, "radio");
    case "checkboxes":
      return choices(element, context, "checkbox");
    case "external_select":
    case "multi_external_select":
      return externalSelect(element, context);
    case "plain_text_input":
      return element.multiline === true ? textArea(element, context, textValue(element, context)) : field("text");
    case "rich_text_input":
      return textArea(element, context, wordsOf(held(element, context).rich_text_value ?? element.initial_value));
    case "email_text_input":
      return field("email");
    case "url_text_input":
      return field("url");
    case "number_input":
      return field("text", { inputMode: element.is_decimal_allowed === false ? "numeric" : "decimal" });
    case "datepicker":
      return field("date", { defaultValue: held(element, context).selected_date ?? "" });
    case "timepicker":
      return field("time", { defaultValue: held(element, context).selected_time ?? "" });
    case "datetimepicker":
      return field("datetime-local", { defaultValue: moment(held(element, context).selected_date_time, context) });
    case "file_input":
      return createElement("input", {
        ...attributes(element, context),
        className: "field",
        type: "file",
        multiple: element.max_files !== 1,
        accept: Array.isArray(element.filetypes) ? element.filetypes.map((ending) => `.${String(ending)}`).join(",") : undefined,
      });
    default:
      if (!type.endsWith("_select")) return unknown(type);
      return type.startsWith("multi_") ? choices(element, context, "checkbox") : select(element, context);
  }
}

function unknown(type: string): ReactElement {
  return createElement("span", { className: "unknown-block" }, `(${type} can't be shown here)`);
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

function textValue(element: JsonObject, context: ControlContext): string {
  const { value } = held(element, context);
  return typeof value === "string" ? value : stringOf(element.initial_value);
}

function textAttributes(element: JsonObject, context: ControlContext): Record<string, unknown> {
  return {
    ...attributes(element, context),
    className: "field",
    placeholder: textOf(element.placeholder),
    defaultValue: textValue(element, context),
    ...(typeof element.max_length === "number" ? { maxLength: element.max_length } : {}),
  };
}

function textArea(element: JsonObject, context: ControlContext, text: string): ReactElement {
  return createElement("textarea", { ...textAttributes(element, context), defaultValue: text, rows: 4 });
}

/** A moment as the browser's field for one takes it, in the reader's time zone. */
function moment(seconds: unknown, { reader }: ControlContext): string {
  return typeof seconds === "number" ? localMinute(new Date(seconds * 1000), reader.clock) : "";
}

/** The words of a rich_text block, a paragraph a line. */
function wordsOf(block: unknown): string {
  if (!isObject(block)) return "";
  const words = (one: JsonObject): string => stringOf(one.text) || objectsIn(one.elements).map(words).join("");
  return objectsIn(block.elements).map(words).join("\n");
}
