/** What one entry of an error answer says, whatever form a client has printed it in. */
export interface BodyEntry {
  /** As sent; empty where the entry has none. */
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** Keys under which the APIs and their clients keep entries of an answer. */
const INNER_KEYS = [
  "errors",
  "validationResults",
  "compositeResponse",
  "body",
  "results",
  "response",
  "data",
  "error",
  "cause",
] as const;
const CODE_KEYS = ["errorCode", "statusCode", "exceptionCode", "code", "error", "category"] as const;
const MESSAGE_KEYS = ["message", "exceptionMessage", "error_description", "errorMessage"] as const;
const DEEPEST = 6;

/** Entries that only say that others failed. */
const HALTED = /^(?:PROCESSING_HALTED|ALL_OR_NONE_OPERATION_ROLLED_BACK|BATCH_PROCESSING_HALTED)$/;

/** `errorCode: 'X'`, `"statusCode":"X"`, `exceptionCode='X'`, `<sf:exceptionCode>X<`. */
const PRINTED_CODE =
  /(?:errorCode|statusCode|exceptionCode|\berror)\\?["']?\s*[:=]>?\s*\\?["']([A-Za-z]+(?:_[A-Za-z]+)+)|<(?:\w+:)?(?:errorCode|statusCode|exceptionCode)>\s*([A-Za-z_]+)\s*</;
const PRINTED_MESSAGE =
  /(?:\bmessage|exceptionMessage|error_description)\$?\\?["']?\s*[:=]>?\s*(?:\\?"((?:[^"\\]|\\[^"])*)\\?"|'((?:[^'\\]|\\.|'(?!\s*[,}\]]|\s*$|\s+\w+=))*)')|<(?:\w+:)?(?:message|exceptionMessage)>([^<]*)</;
const PRINTED_FIELDS = /\bfields\\?["']?\s*[:=]>?\s*(?:'\{\[\d+\]([^}]*)\}|\\?\[([^\]]*)\])|<(?:\w+:)?fields>([^<]*)</;

/**
 * The entries of an error answer within a text: JSON, JSON as Python or JavaScript print it, SOAP's XML, Java's toString. Those
 * that only say that others failed are left out.
 */
export function bodyEntries(text: string): readonly BodyEntry[] {
  const entries = entriesOf(jsonWithin(text), 0).filter((entry) => entry.message !== "" || entry.code !== "");
  const found = entries.length > 0 ? entries : printedEntry(text);
  const telling = found.filter((entry) => !HALTED.test(entry.code));
  return telling.length > 0 ? telling : found;
}

function jsonWithin(text: string): unknown {
  const starts = [text.indexOf("[{"), text.indexOf("{"), text.indexOf("[")].filter((at) => at >= 0).toSorted((a, b) => a - b);
  for (const start of new Set(starts)) {
    for (const end of new Set([text.lastIndexOf("]"), text.lastIndexOf("}")])) {
      if (end <= start) continue;
      try {
        return JSON.parse(text.slice(start, end + 1));
      } catch {
        // Not JSON from here to there.
      }
    }
  }
  return null;
}

function entriesOf(value: unknown, depth: number): readonly BodyEntry[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.slice(0, 200).flatMap((part) => entriesOf(part, depth + 1));
  if (typeof value !== "object" || value === null) return [];
  const object: Readonly<Record<string, unknown>> = { ...value };
  const own = ownEntry(object);
  // A client that was answered in JSON may have put the answer into a message of its own.
  const quoted = own !== null && /^\s*[[{]/.test(own.message) ? entriesOf(jsonWithin(own.message), depth + 1) : [];
  if (quoted.length > 0) return quoted;
  const inner = INNER_KEYS.flatMap((key) => entriesOf(object[key], depth + 1));
  return own === null ? inner : [own, ...inner];
}

function ownEntry(object: Readonly<Record<string, unknown>>): BodyEntry | null {
  const message = firstText(object, MESSAGE_KEYS);
  // "category" and "code" may be HTTP statuses or words of the client's own.
  const code = firstText(object, CODE_KEYS, /^[A-Za-z]+(?:_[A-Za-z0-9]+)*$/);
  if (message === "" && (code === "" || firstText(object, ["errorCode", "statusCode", "exceptionCode"]) === "")) return null;
  const { fields } = object;
  return { code, message, fields: Array.isArray(fields) ? fields.filter((field) => typeof field === "string") : [] };
}

function firstText(object: Readonly<Record<string, unknown>>, keys: readonly string[], form = /^/): string {
  for (const key of keys) {
    const value = object[key];
    if (typeof value === "string" && form.test(value)) return value;
  }
  return "";
}

function printedEntry(text: string): readonly BodyEntry[] {
  const code = PRINTED_CODE.exec(text);
  if (code === null) return [];
  const message = PRINTED_MESSAGE.exec(text);
  const fields = PRINTED_FIELDS.exec(text);
  return [
    {
      code: code[1] ?? code[2] ?? "",
      message: message?.[1] ?? message?.[2] ?? message?.[3] ?? "",
      fields: (fields?.[1] ?? fields?.[2] ?? fields?.[3] ?? "").match(/\w+/g) ?? [],
    },
  ];
}
