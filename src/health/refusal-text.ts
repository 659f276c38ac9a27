import { triggerAt } from "./automation-message.ts";
import { messageText } from "./cause.ts";
import type { Refusal } from "./refusal.ts";
import { bodyEntries } from "./refusal-body.ts";
import { codeOfWording } from "./refusal-wording.ts";
import { isSalesforceCode } from "./salesforce-codes.ts";

/** Longer messages are pages or lists of options; what they say stands before. */
const TEXT_LIMIT = 20_000;

/** Codes of clients and of HTTP say nothing of the refusal itself. */
const WRAPPING_CODE = /^(?:BAD_REQUEST|ERROR_HTTP_\d+|HTTP_\d+|ERR_\w+|UNKNOWN_ERROR|API_ERROR|REQUEST_FAILED)$/;

/** What clients say where no answer came. Codes as of Node, undici, Java, Python. */
const UNREACHABLE =
  /\b(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE)\b|socket hang up|connection (?:was )?(?:refused|reset|aborted)|UnknownHostException|NoRouteToHost|name or service not known|failed to establish a new connection|network is unreachable|could not resolve host|\bfetch failed\b/i;
const TIMED_OUT =
  /\b(?:ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_\w*TIMEOUT)\b|\b(?:read|connect(?:ion)?|connect|request|operation) (?:has )?timed[ -]?out|SocketTimeoutException|timeout of \d+ ?ms exceeded|Net::(?:Read|Open)Timeout/i;
const UNAVAILABLE =
  /service (?:is )?(?:temporarily )?(?:unavailable|not available)|server too busy|server is (?:temporarily )?unavailable|down for (?:scheduled )?maintenance|(?:under|scheduled|planned) maintenance|stay tuned/i;
const PAGE = /<!doctype html|<html[\s>]/i;
const STATUS =
  /\b(?:HTTP(?:\/\d(?:\.\d)?)?|status(?:[ _-]?code)?|response(?:[ _-]?code)?|error)\s*[:=(]?\s*\(?([45]\d\d)\b|^\s*([45]\d\d)\b/i;
const STATUS_WORDS: readonly (readonly [RegExp, number])[] = [
  [/\bbad gateway\b/i, 502],
  [/\bgateway time-?out\b/i, 504],
  [/\binternal server error\b/i, 500],
];
/** Apex names its exceptions in English; one that nothing else explains is some code's own failure. */
const APEX_EXCEPTION =
  /\bSystem\.\w*Exception\b|\bApex (?:trigger|class|script)\b.{0,80}\b(?:exception|error)|script-thrown exception/i;

/**
 * A refusal of Salesforce's as it was before clients wrapped it: code, message and fields taken out of the forms in which APIs,
 * clients, Apex, loaders and people hand messages on. A code that is given stands; one that the message begins with comes next; known
 * words of Salesforce's, in any of its languages, come last. Without any of these the code stays empty.
 */
export function readRefusal(given: Refusal): Refusal {
  const text = given.message.slice(0, TEXT_LIMIT).replace(/^\ufeff/, "");
  const stated = statedCode(given.code);
  const line = messageText(text, TEXT_LIMIT);
  const stands = bodyEntries(text);
  // A page shows an answer with its quotes escaped.
  const entries = (stands.length > 0 ? stands : bodyEntries(line)).map((entry) => ({ ...entry, code: statedCode(entry.code) }));
  const entry = entries.find(({ code }) => (stated === "" ? code !== "" : code === stated));
  if (entry !== undefined) return withTail({ ...given, code: entry.code, message: entry.message }, given.fields, entry.fields);
  const outer = outermost(line);
  if (stated !== "") {
    const message = outer?.code === stated ? outer.message : entries[0]?.message || text;
    return withTail({ ...given, code: stated, message }, given.fields);
  }
  if (outer !== null) return withTail({ ...given, code: outer.code, message: outer.message }, given.fields);
  const inner = entries[0]?.message || line;
  return withTail({ ...given, ...unnamed(inner, given) }, given.fields);
}

/** The code that is given, in Salesforce's spelling; empty where it is none of an API. */
function statedCode(code: string): string {
  // The Bulk API writes InvalidSessionId for INVALID_SESSION_ID.
  const spelt = code.trim().replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_");
  const upper = spelt.toUpperCase().replace(/^SF:/, "");
  if (WRAPPING_CODE.test(upper)) return "";
  if (isSalesforceCode(upper)) return upper;
  if (UNREACHABLE.test(upper)) return "UNREACHABLE";
  if (TIMED_OUT.test(upper)) return "TIMED_OUT";
  return /^[A-Z]+(?:_[A-Z0-9]+)+$/.test(upper) || /^(?:UNREACHABLE|UNREADABLE)$/.test(upper) ? upper : "";
}

interface Outermost {
  readonly code: string;
  readonly message: string;
}

/** The refusal that stands first in a text: what it quotes comes after it. */
function outermost(line: string): Outermost | null {
  const token = firstCode(line);
  const trigger = triggerAt(line);
  if (trigger >= 0 && (token === null || trigger < token.index)) {
    return { code: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message: line.slice(trigger).trim() };
  }
  const before = token === null ? "" : line.slice(0, token.index);
  // A flow's words come before the code that it ran into.
  if (before !== "" && codeOfWording(before) === "CANNOT_EXECUTE_FLOW_TRIGGER") {
    return { code: "CANNOT_EXECUTE_FLOW_TRIGGER", message: line };
  }
  if (token === null) return null;
  const message = line.slice(token.index + token.length).replace(/^[\s:,;=>\-–—"'\])}]+/, "");
  return { code: token.code, message: message === "" ? before.replace(/[\s:,;\-([]+$/, "") : message };
}

function firstCode(line: string): { readonly code: string; readonly index: number; readonly length: number } | null {
  for (const match of line.matchAll(/(?<![\w.])[A-Za-z]{2,}(?:_[A-Za-z]+)+(?!\w)/g)) {
    const [found] = match;
    const isCased = found === found.toUpperCase() || /^(?:in(?:valid|active)|unsupported|unauthorized)_[a-z_]+$/.test(found);
    if (isCased && isSalesforceCode(found.toUpperCase()))
      return { code: found.toUpperCase(), index: match.index, length: found.length };
  }
  return null;
}

/** A message without a code: by its words, else by what came instead of an answer. */
function unnamed(line: string, given: Refusal): Pick<Refusal, "code" | "message"> & { readonly httpStatus?: number } {
  const code = codeOfWording(line);
  if (code !== null) return { code, message: line };
  if (APEX_EXCEPTION.test(line)) return { code: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message: line };
  if (UNREACHABLE.test(line)) return { code: "UNREACHABLE", message: line };
  if (TIMED_OUT.test(line)) return { code: "TIMED_OUT", message: line };
  const status = given.httpStatus ?? statusIn(line);
  if (PAGE.test(line) && UNAVAILABLE.test(line)) return { code: "MAINTENANCE_PAGE", message: line };
  if (UNAVAILABLE.test(line)) return { code: "SERVER_UNAVAILABLE", message: line };
  if (status !== undefined) return { code: "", message: line, httpStatus: status };
  return { code: PAGE.test(line) ? "UNREADABLE" : "", message: line };
}

function statusIn(line: string): number | undefined {
  const match = STATUS.exec(line.slice(0, 2_000));
  if (match !== null) return Number(match[1] ?? match[2]);
  return STATUS_WORDS.find(([words]) => words.test(line))?.[1];
}

/** Fields that clients append: `: [LastName, Company]` (Apex), `:LastName Company --` (Bulk API, Data Loader). */
const APEX_TAIL = /:?\s*\[((?:\w+(?:,\s*\w+)*)?)\](?=\s*(?:$|\(|Trigger\.|Class\.|AnonymousBlock))/;
const BULK_TAIL = /:((?:\w+(?:[ ,]+\w+)*)?)\s*--\s*$/;

/** Of an automation's message the end belongs to what it ran into. */
const QUOTING: readonly string[] = ["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "CANNOT_EXECUTE_FLOW_TRIGGER", "APEX_ERROR"];

function withTail(refusal: Refusal, ...fields: readonly (readonly string[])[]): Refusal {
  const given = fields.find((names) => names.length > 0);
  if (QUOTING.includes(refusal.code)) return { ...refusal, fields: given ?? [] };
  const bulk = BULK_TAIL.exec(refusal.message);
  const unended = bulk === null ? refusal.message : refusal.message.slice(0, bulk.index);
  const apex = APEX_TAIL.exec(unended);
  // "Required fields are missing: [LastName]" is the message itself; what Apex appends stands after one.
  const isAppended = apex !== null && (apex[1] === "" || !/required|REQUIRED_FIELD/i.test(refusal.code));
  const message = isAppended ? unended.slice(0, apex.index) : unended;
  const named = [apex?.[1] ?? "", bulk?.[1] ?? ""].map((list) => list.match(/\w+/g) ?? []).find((names) => names.length > 0);
  return { ...refusal, message: message.trim() === "" ? unended : message, fields: given ?? named ?? [] };
}
