import { type Refusal, RefusedError } from "../health/refusal.ts";
import { networkCode, parsedJson } from "../health/refusal-reading.ts";

/** What the refused request was about. */
export interface About {
  readonly object?: string;
  readonly recordId?: string;
  readonly httpStatus?: number;
}

/** An HTTP answer as far as a refusal needs it. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const LONGEST_RAW = 2_000;

/** Codes that the same request can meet now and not in a second. Source: Salesforce's list of status codes. */
const TRANSIENT_CODES: ReadonlySet<string> = new Set(["UNABLE_TO_LOCK_ROW", "SERVER_UNAVAILABLE", "REQUEST_RUNNING_TOO_LONG"]);

/** Codes that speak of the whole connection, whatever was asked. */
const CONNECTION_CODES: ReadonlySet<string> = new Set([
  "REQUEST_LIMIT_EXCEEDED",
  "API_DISABLED_FOR_ORG",
  "API_CURRENTLY_DISABLED",
  "INVALID_SESSION_ID",
  "ORG_LOCKED",
  "ORG_IN_MAINTENANCE",
  "SERVER_UNAVAILABLE",
  "UNREACHABLE",
  "TIMED_OUT",
  "MAINTENANCE_PAGE",
  "UNREADABLE",
]);

/** Errors of sockets and names from before a request has left this machine. */
const UNSENT_CAUSES: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Whether the refusal concerns everything that is asked of this org, not this one request. */
export function refusesEverything(refusal: Refusal): boolean {
  return CONNECTION_CODES.has(refusal.code) || (refusal.httpStatus ?? 0) >= 500;
}

/** Whether the same request may be served if asked again soon. */
export function isTransient(refusal: Refusal): boolean {
  if (refusal.code === "UNREACHABLE" || refusal.code === "TIMED_OUT") return true;
  return TRANSIENT_CODES.has(refusal.code) || (refusal.httpStatus ?? 0) >= 500;
}

/** Whether a lock held by somebody else is all that stood in the way. */
export function isLock(refusal: Refusal): boolean {
  return refusal.code === "UNABLE_TO_LOCK_ROW";
}

/** Whether the request surely never reached Salesforce or was turned away at its door. */
export function wasNotServed(error: RefusedError): boolean {
  if (error.refusal.code === "UNREACHABLE") return UNSENT_CAUSES.has(networkCode(error.cause));
  return error.refusal.httpStatus === 503 || error.refusal.code === "UNABLE_TO_LOCK_ROW";
}

/** A refusal from an answer with an HTTP status of 400 or more, or with a web page where data was due. */
export function refusalOfAnswer(answer: Answer, about: About = {}): Refusal {
  const place = { ...about, httpStatus: answer.status };
  if (isWebPage(answer)) return webPageRefusal(answer, place);
  const soap = soapRefusal(answer.body, place);
  if (soap) return soap;
  const refusal = refusalOfBody(parsedJson(answer.body), place);
  if (refusal) return refusal;
  // A 503 says what it is without Salesforce's words for it, as load balancers send it.
  return { ...unreadable(answer.body, place), ...(answer.status === 503 ? { code: "SERVER_UNAVAILABLE" } : {}) };
}

/** The refusal in the body of an answer or a composite's subrequest, or null where the body holds none. */
export function refusalOfBody(body: unknown, about: About = {}): Refusal | null {
  if (!Array.isArray(body)) return refusalOfEntry(body, about);
  const first = refusalOfEntry(body[0], about);
  return first && body.length > 1 ? { ...first, raw: body } : first;
}

/** The refusals of one record in a collection's answer. */
export function refusalsOfErrors(errors: readonly unknown[], about: About): readonly Refusal[] {
  return errors.map((entry) => refusalOfEntry(entry, about) ?? unreadable(JSON.stringify(entry) ?? "", about));
}

/** A failure to get any answer: no connection, or none within `timeoutMs`. */
export function refusalOfFailure(error: unknown, host: string, timeoutMs: number): Refusal {
  if (error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError")) {
    return {
      system: "salesforce",
      code: "TIMED_OUT",
      message: `No answer from ${host} within ${timeoutMs / 1000} s.`,
      fields: [],
    };
  }
  const code = networkCode(error);
  const peer = code ? `${host} (${code})` : host;
  return { system: "salesforce", code: "UNREACHABLE", message: `No connection to ${peer}.`, fields: [], peer };
}

/** An answer that makes no sense. */
export function unreadable(body: string, about: About = {}): Refusal {
  const text = body.trim();
  return {
    system: "salesforce",
    code: "UNREADABLE",
    message:
      text === "" ? "Salesforce sent an empty answer." : `Salesforce sent an answer that makes no sense: ${clip(text, 200)}`,
    fields: [],
    ...about,
    ...(text === "" ? {} : { raw: clip(text, LONGEST_RAW) }),
  };
}

/** Anything thrown on the way to Salesforce, as the one error this module's callers know. */
export function refusedBy(error: unknown): RefusedError {
  if (error instanceof RefusedError) return error;
  return new RefusedError(unreadable(error instanceof Error ? error.message : String(error)), { cause: error });
}

/** Whether an answer is a web page: what Salesforce shows in maintenance and proxies show in its place. */
export function isWebPage(answer: Answer): boolean {
  return answer.contentType.includes("text/html") || /^\s*<(!doctype html|html)/i.test(answer.body);
}

function webPageRefusal(answer: Answer, about: About): Refusal {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(answer.body)?.[1]?.trim();
  return {
    system: "salesforce",
    code: "MAINTENANCE_PAGE",
    message: `Salesforce answered with a web page instead of data${title ? `: ${clip(title, 200)}` : "."}`,
    fields: [],
    ...about,
    raw: clip(answer.body, LONGEST_RAW),
  };
}

/** Salesforce's error entries: REST's `errorCode`, a save's `statusCode`, OAuth's `error`. */
function refusalOfEntry(entry: unknown, about: About): Refusal | null {
  if (!isObject(entry)) return null;
  const code = [entry.errorCode, entry.statusCode, entry.error].find((one) => typeof one === "string");
  if (typeof code !== "string") return null;
  const text = [entry.message, entry.error_description].find((one) => typeof one === "string");
  const message = typeof text === "string" ? text : code;
  return { system: "salesforce", code, message, fields: fieldsOf(entry.fields, code, message), ...about, raw: entry };
}

/** The query parser names an unknown or hidden column in its message alone, in quotes. */
function fieldsOf(fields: unknown, code: string, message: string): readonly string[] {
  const named = Array.isArray(fields) ? fields.filter((field) => typeof field === "string") : [];
  if (named.length > 0 || code !== "INVALID_FIELD") return named;
  const afterPlace = message.split(/ERROR at Row:\d+:Column:\d+/).at(-1) ?? message;
  const quoted = /'([A-Za-z]\w*)'/.exec(afterPlace)?.[1];
  return quoted ? [quoted] : [];
}

function soapRefusal(body: string, about: About): Refusal | null {
  const code = /<faultcode>(?:\w+:)?([^<]+)<\/faultcode>/.exec(body)?.[1];
  if (!code) return null;
  const message = /<faultstring>([^<]*)<\/faultstring>/.exec(body)?.[1] ?? code;
  return { system: "salesforce", code, message, fields: [], ...about };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
