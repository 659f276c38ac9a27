import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  MrkdwnElement,
  SectionBlock,
} from "@slack/types";
import type { Language } from "../../language/language.ts";
import type { ActionValues } from "../actions/values.ts";
import { LIMITS } from "./limits.ts";
import { address, crmText, cutMrkdwn, filled, truncate } from "./text.ts";

/** The headline, from unescaped text: Slack parses no markup in plain text but undoes its three escapes there too. */
export function header(text: string): HeaderBlock {
  return { type: "header", text: { type: "plain_text", text: crmText(text, LIMITS.headerText), emoji: true } };
}

/** A paragraph of mrkdwn. `verbatim` keeps Slack from looking for names and channels to link in it. */
export function section(text: string, accessory?: Button): SectionBlock {
  return {
    type: "section",
    text: mrkdwn(text),
    ...(accessory === undefined ? {} : { accessory }),
  };
}

/** Small print. */
export function context(text: string): ContextBlock {
  return { type: "context", elements: [mrkdwn(text)] };
}

function mrkdwn(text: string): MrkdwnElement {
  return { type: "mrkdwn", text: cutMrkdwn(filled(text), LIMITS.sectionText), verbatim: true };
}

export function divider(): DividerBlock {
  return { type: "divider" };
}

/** A row of buttons, or nothing where there are none. */
export function actions(...buttons: readonly (Button | null)[]): ActionsBlock[] {
  const elements = buttons.filter((button) => button !== null).slice(0, LIMITS.actionsElements);
  return elements.length === 0 ? [] : [{ type: "actions", elements }];
}

export interface ButtonOptions {
  readonly style?: "primary" | "danger";
  readonly confirm?: ConfirmationDialog;
  readonly accessibilityLabel?: string;
  /** Tells apart two buttons of one verb in one row: an action_id must be unique there. */
  readonly variant?: string;
}

/** A button whose click comes back as `syncwarden:<verb>` (or `syncwarden:<verb>:<variant>`) with the value as JSON. */
export function button<Verb extends keyof ActionValues>(
  verb: Verb,
  label: string,
  value: ActionValues[Verb],
  options: ButtonOptions = {},
): Button {
  return {
    type: "button",
    action_id: options.variant === undefined ? `syncwarden:${verb}` : `syncwarden:${verb}:${options.variant}`,
    text: { type: "plain_text", text: truncate(label, LIMITS.buttonText), emoji: false },
    value: JSON.stringify(value),
    ...(options.style === undefined ? {} : { style: options.style }),
    ...(options.confirm === undefined ? {} : { confirm: options.confirm }),
    ...(options.accessibilityLabel === undefined ? {} : { accessibility_label: truncate(options.accessibilityLabel, 75) }),
  };
}

/** A button that opens an address, or null where the address isn't known. `place` keeps its action_id unique in its row. */
export function linkButton(place: string, label: string, url: string | null): Button | null {
  const whole = address(url);
  if (whole === null) return null;
  return {
    type: "button",
    action_id: `syncwarden:open-${place}`,
    text: { type: "plain_text", text: truncate(label, LIMITS.buttonText), emoji: false },
    url: whole,
  };
}

/** Slack's own dialog before a click counts, from escaped text. */
export function confirmDialog(t: Language, title: string, text: string, confirm: string): ConfirmationDialog {
  return {
    title: { type: "plain_text", text: truncate(title, LIMITS.confirmTitle) },
    text: { type: "plain_text", text: cutMrkdwn(text, LIMITS.confirmText) },
    confirm: { type: "plain_text", text: truncate(confirm, LIMITS.confirmButton) },
    deny: { type: "plain_text", text: truncate(t.say("Not now"), LIMITS.confirmButton) },
  };
}
