import { messageText } from "./cause.ts";

/** What Salesforce's message says of a trigger or flow that refused a record. */
export interface AutomationFailure {
  /** Name of the trigger or flow, where the message tells. */
  readonly name: string | null;
  /** The error that the automation ran into: another rule's code and message, or an Apex exception. */
  readonly inner: { readonly code: string; readonly message: string } | null;
  /** Whether it ran after the record had been saved: what stands before that had nothing against it. */
  readonly isAfterSave: boolean;
  /** Where Apex says it happened. */
  readonly line: string | null;
}

/** `AccountTrigger: execution of AfterUpdate`, `ns.TDTM_Contact: execution of BeforeInsert`: not translated by Salesforce. */
const TRIGGER = /(?:^|[\s,])((?:\w+\.)?\w+): execution of (Before|After)(?:Insert|Update|Delete|Undelete)/;
/** Flows and processes stand in quotes whose form depends on the language. */
const QUOTED = /[“„«"「]([^”“»"」]{1,200})[”“»"」]/;
/** The code of the rule that stood in the automation's way, as `first error: CODE, message` or `CODE: message`. */
const INNER = /\b([A-Z]{3,}(?:_[A-Z]+)+)[,:] ?(.{0,600})/;
const EXCEPTION = /\b((?:System\.)?[A-Z]\w*Exception): (.{0,300})/;
const LINE = /\b((?:Trigger|Class)\.[\w.]+: line \d+)/;

/** Whether a message is a trigger's. */
export function isTriggerMessage(message: string): boolean {
  return TRIGGER.test(messageText(message));
}

/** Takes a trigger's refusal apart; the innermost rule that another trigger or flow passed on counts. */
export function readTriggerFailure(message: string): AutomationFailure {
  const text = messageText(message);
  return {
    name: TRIGGER.exec(text)?.[1] ?? null,
    isAfterSave: TRIGGER.exec(text)?.[2] === "After",
    inner: innermost(text),
    line: LINE.exec(text)?.[1] ?? null,
  };
}

/** Takes a flow's or process's refusal apart. */
export function readFlowFailure(message: string): AutomationFailure {
  const text = messageText(message);
  return { name: QUOTED.exec(text)?.[1]?.trim() ?? null, isAfterSave: false, inner: innermost(text), line: null };
}

/** Codes of the automation itself say nothing of what it ran into. */
const OWN_CODES: readonly string[] = ["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "CANNOT_EXECUTE_FLOW_TRIGGER"];

function innermost(text: string): AutomationFailure["inner"] {
  let rest = text;
  for (let depth = 0; depth < 5; depth++) {
    const match = INNER.exec(rest);
    if (match === null) break;
    const [, code = "", message = ""] = match;
    if (!OWN_CODES.includes(code)) return { code, message: tidy(message) };
    rest = rest.slice(match.index + code.length + 1);
  }
  const exception = EXCEPTION.exec(text.replaceAll(/System\.DmlException: /g, ""));
  return exception ? { code: exception[1] ?? "", message: tidy(exception[2] ?? "") } : null;
}

/** Without the field list and the stack that Apex appends. */
function tidy(message: string): string {
  return message
    .replace(/: \[[^\]]*\].*$/, "")
    .replace(/\.?\s*You can look up ExceptionCode values.*$/, "")
    .replace(/\s*(?:Trigger|Class)\.[\w.]+: line \d+.*$/, "")
    .trim();
}
