import { createElement, type ReactElement, type ReactNode } from "react";
import { address, attributes, type ControlContext, held } from "./attributes.ts";
import { isObject, type JsonObject, objectsIn, stringOf, textOf } from "./block-kit.ts";
import { libraryHtml } from "./library.ts";
import { plainText } from "./plain-text.ts";
import type { Reader } from "./reader.ts";

interface Option {
  readonly value: string;
  readonly label: string;
  /** The text object, where it has one. */
  readonly text: unknown;
  readonly description: unknown;
}

interface OptionGroup {
  /** Null for options that are in no group. */
  readonly label: string | null;
  readonly options: readonly Option[];
}

/** A select of which one option is chosen, as the browser's own. */
export function select(element: JsonObject, context: ControlContext): ReactElement {
  const groups = groupsOf(element, context.reader);
  const node = ({ value, label }: Option): ReactElement => createElement("option", { key: value, value }, label);
  return createElement(
    "select",
    { ...attributes(element, context), className: "field", defaultValue: chosenValues(element, context)[0] ?? "" },
    createElement("option", { value: "" }, textOf(element.placeholder) || "Choose…"),
    ...groups.flatMap(({ label, options }, index): ReactNode[] =>
      label === null ? options.map(node) : [createElement("optgroup", { key: `group ${index}`, label }, ...options.map(node))],
    ),
  );
}

/** Checkboxes, radio buttons, and selects of which several options are chosen: a list to tick in, which works by touch and by keyboard. */
export function choices(element: JsonObject, context: ControlContext, type: "radio" | "checkbox"): ReactElement {
  const chosen = chosenValues(element, context);
  const name = `${context.blockId}:${stringOf(element.action_id)}`;
  const isSelect = stringOf(element.type).endsWith("_select");
  const choice = ({ value, label, text, description }: Option): ReactElement =>
    createElement(
      "label",
      { key: value, className: "choice" },
      createElement("input", { type, name, value, defaultChecked: chosen.includes(value) }),
      createElement(
        "span",
        null,
        text === null ? label : formatted(text, context.reader),
        isObject(description) ? createElement("small", null, formatted(description, context.reader)) : null,
      ),
    );
  const most = element.max_selected_items;
  return createElement(
    "div",
    {
      ...attributes(element, context),
      className: isSelect ? "choices choices-list" : "choices",
      role: type === "radio" ? "radiogroup" : "group",
      ...(typeof most === "number" ? { "data-most": most } : {}),
    },
    ...groupsOf(element, context.reader).flatMap(({ label, options }, index): ReactNode[] =>
      label === null
        ? options.map(choice)
        : [
            createElement(
              "div",
              { key: `group ${index}`, role: "group", "aria-label": label },
              createElement("p", { className: "choice-group", "aria-hidden": true }, label),
              ...options.map(choice),
            ),
          ],
    ),
    typeof most === "number" ? createElement("p", { className: "input-hint" }, `At most ${most}.`) : null,
  );
}

/** Options that the app suggests for what is typed; the browser puts them under the field. */
export function externalSelect(element: JsonObject, context: ControlContext): ReactElement {
  const many = element.type === "multi_external_select";
  const { selected_option: one, selected_options: several } = held(element, context);
  const chosen = many ? objectsIn(several) : isObject(one) ? [one] : [];
  const least = typeof element.min_query_length === "number" ? element.min_query_length : 3;
  const {
    "aria-labelledby": labelledBy,
    "aria-label": label,
    "aria-describedby": describedBy,
    ...rest
  } = attributes(element, context);
  return createElement(
    "div",
    {
      ...rest,
      className: "external",
      role: "group",
      "aria-label": label,
      "aria-labelledby": labelledBy,
      "data-chosen": JSON.stringify(chosen),
    },
    createElement("input", {
      type: "search",
      className: "field external-query",
      autoComplete: "off",
      "data-least": least,
      placeholder: textOf(element.placeholder) || "Type to search",
      "aria-label": label,
      "aria-labelledby": labelledBy,
      "aria-describedby": describedBy,
    }),
    createElement("div", { className: "choices choices-list external-options" }),
    createElement("p", { className: "input-hint external-said", role: "status" }),
  );
}

/** The menu behind three dots. */
export function overflow(element: JsonObject, context: ControlContext): ReactElement {
  return createElement(
    "details",
    { className: "menu" },
    createElement(
      "summary",
      { className: "button", "aria-label": stringOf(element.accessibility_label) || "More actions" },
      createElement("span", { "aria-hidden": true }, "⋯"),
    ),
    createElement(
      "ul",
      { className: "menu-items" },
      ...objectsIn(element.options).map((option) => {
        const url = stringOf(option.url);
        return createElement(
          "li",
          { key: stringOf(option.value) },
          createElement(
            "button",
            {
              ...address(element, context),
              type: "button",
              "data-control": "overflow",
              "data-value": stringOf(option.value),
              ...(/^https?:\/\//i.test(url) ? { "data-url": url } : {}),
            },
            plainText(option.text),
            isObject(option.description) ? createElement("small", null, plainText(option.description)) : null,
          ),
        );
      }),
    ),
  );
}

function formatted(text: unknown, reader: Reader): ReactElement {
  if (!isObject(text) || text.type !== "mrkdwn") return plainText(text);
  const html = libraryHtml({ type: "section", text }, reader);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: it is HTML that React made a moment ago, with all text escaped
  return createElement("span", { className: "rendered", dangerouslySetInnerHTML: { __html: html } });
}

function groupsOf(element: JsonObject, reader: Reader): readonly OptionGroup[] {
  const groups = objectsIn(element.option_groups);
  if (groups.length > 0) return groups.map((group) => ({ label: textOf(group.label), options: optionsOf(group) }));
  return [{ label: null, options: workspaceOptions(element, reader) ?? optionsOf(element) }];
}

function workspaceOptions(element: JsonObject, { users, channels }: Reader): readonly Option[] | null {
  const type = stringOf(element.type);
  const option = (value: string, label: string): Option => ({ value, label, text: null, description: null });
  if (type.endsWith("users_select")) return users.map(({ id, name }) => option(id, name));
  if (!/(?:channels|conversations)_select$/.test(type)) return null;
  const { include } = isObject(element.filter) ? element.filter : {};
  const kinds = type.endsWith("channels_select") ? ["public"] : Array.isArray(include) ? include : ["public", "private", "im"];
  return channels
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ id, name, kind }) => option(id, kind === "im" ? (users.find((user) => user.id === name)?.name ?? name) : `#${name}`));
}

function optionsOf(holder: JsonObject): readonly Option[] {
  return objectsIn(holder.options).map((option) => ({
    value: stringOf(option.value),
    label: textOf(option.text),
    text: option.text,
    description: option.description,
  }));
}

/** Values of the options, or ids, that are chosen now. */
function chosenValues(element: JsonObject, context: ControlContext): readonly string[] {
  return Object.entries(held(element, context))
    .filter(([name]) => name.startsWith("selected_"))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .flatMap((value) => (isObject(value) ? [stringOf(value.value)] : typeof value === "string" ? [value] : []));
}
