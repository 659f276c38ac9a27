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
/** `entity type cannot be inserted: Contact`, one sentence with an object's name behind it whatever the language. */
const ENTITY = /^[^:：“„«"「]{8,90}[:：] ?[\p{L}\d_ ]{1,60}$/u;
/** What Apex, flows and processes put into their messages in every language. */
const AUTOMATION = /: execution of |\bcaused by\b|Exception\b|\b(?:Trigger|Class)\.\w|\b[A-Z]{3,}(?:_[A-Z]+)+\b|\bapex\b/i;
/** The code of the rule that stood in the automation's way, as `first error: CODE, message` or `CODE: message`. */
const INNER = /\b([A-Z]{3,}(?:_[A-Z]+)+)[,:] ?(.{0,600})/;
const EXCEPTION = /\b((?:System\.)?[A-Z]\w*Exception): (.{0,300})/;
const LINE = /\b((?:Trigger|Class)\.[\w.]+: line \d+)/;

/** Whether a message is a trigger's. */
export function isTriggerMessage(message: string): boolean {
  return TRIGGER.test(messageText(message));
}

/** Where a trigger's message begins within a text; -1 where none does. */
export function triggerAt(text: string): number {
  return TRIGGER.exec(text)?.index ?? -1;
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

/** Whether a message says that an object as a whole can't be written: no automation speaks in it. */
export function isEntityMessage(message: string): boolean {
  const text = messageText(message);
  if (/entity type cannot be|do(?:es)?(?: not|n.t) have permission to (?:create|insert|update)/i.test(text))
    return !TRIGGER.test(text);
  return ENTITY.test(text) && !AUTOMATION.test(text);
}

/** Whether an automation says that it needs a contact's id that the record doesn't have. */
export function lacksContact(message: string): boolean {
  return /REQUIRED_FIELD_MISSING\b.{0,200}\b(?:ContactId|WhoId)\b/.test(messageText(message));
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
