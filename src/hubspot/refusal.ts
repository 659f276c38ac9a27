import { z } from "zod";
import { type Refusal, RefusedError } from "../health/refusal.ts";
import { networkCode, parsedJson } from "../health/refusal-reading.ts";

/** An HTTP answer as far as a refusal needs it. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const contextSchema = z.record(z.string(), z.array(z.string())).nullish();

/** HubSpot's error body: every part is optional. 429s have `errorType` and `policyName` in place of `category`. */
const bodySchema = z.object({
  message: z.string().nullish(),
  category: z.string().nullish(),
  errorType: z.string().nullish(),
  policyName: z.string().nullish(),
  context: contextSchema,
  errors: z.array(z.object({ message: z.string().nullish(), context: contextSchema, in: z.string().nullish() })).nullish(),
});
export type ErrorBody = z.infer<typeof bodySchema>;

const LONGEST_RAW = 2_000;

/** Codes for answers that name no category of their own. Source: HubSpot's error handling guide. */
const CODES_BY_STATUS: Readonly<Record<number, string>> = {
  401: "INVALID_AUTHENTICATION",
  403: "FORBIDDEN",
  404: "OBJECT_NOT_FOUND",
  423: "LOCKED",
  429: "RATE_LIMIT",
  477: "MIGRATION_IN_PROGRESS",
};

export function refusalOfAnswer(answer: Answer): Refusal {
  const httpStatus = answer.status;
  if (isWebPage(answer)) {
    const title = /<title[^>]*>([^<]*)<\/title>/i.exec(answer.body)?.[1]?.trim();
    const message = `HubSpot answered with a web page instead of data${title ? `: ${title}` : "."}`;
    return { system: "hubspot", code: "MAINTENANCE_PAGE", message, fields: [], httpStatus, raw: clip(answer.body) };
  }
  const entry = parsedJson(answer.body);
  const body = errorBody(entry);
  const code = CODES_BY_STATUS[httpStatus];
  if (!body || (!body.message && !body.category && !code)) return { ...unreadable(answer.body), httpStatus };
  return { ...refusalOfError(entry, body, code), httpStatus };
}

/** One entry of the `errors` of a batch, or an error body. */
export function refusalOfError(entry: unknown, body = errorBody(entry), code?: string): Refusal {
  return {
    system: "hubspot",
    code: body?.category ?? body?.errorType ?? code ?? "UNREADABLE",
    message: body?.message ?? code ?? "HubSpot named no cause.",
    fields: body ? fieldsOf(body) : [],
    raw: entry,
  };
}

/** The parts of an error body, or null where the body is none. */
export function errorBody(entry: unknown): ErrorBody | null {
  const result = bodySchema.safeParse(entry);
  return result.success ? result.data : null;
}

/** A failure to get any answer. */
export function refusalOfFailure(error: unknown, host: string, timeoutMs: number): Refusal {
  if (error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError")) {
    return { system: "hubspot", code: "TIMED_OUT", message: `No answer from ${host} within ${timeoutMs / 1000} s.`, fields: [] };
  }
  const code = networkCode(error);
  const peer = code ? `${host} (${code})` : host;
  return { system: "hubspot", code: "UNREACHABLE", message: `No connection to ${peer}.`, fields: [], peer };
}

export function unreadable(body: string): Refusal {
  const text = clip(body.trim());
  const message =
    text === "" ? "HubSpot sent an empty answer." : `HubSpot sent an answer that makes no sense: ${text.slice(0, 200)}`;
  return { system: "hubspot", code: "UNREADABLE", message, fields: [], ...(text === "" ? {} : { raw: text }) };
}

/** Anything thrown on the way to HubSpot, as the one error this module's callers know. */
export function refusedBy(error: unknown): RefusedError {
  if (error instanceof RefusedError) return error;
  return new RefusedError(unreadable(error instanceof Error ? error.message : String(error)), { cause: error });
}

/** Whether the refusal would meet any record, rather than the ones that were sent. */
export function refusesEverything(refusal: Refusal): boolean {
  const status = refusal.httpStatus ?? 500;
  return status !== 400 && status !== 404 && status !== 409;
}

export function isWebPage(answer: Answer): boolean {
  return answer.contentType.includes("text/html") || /^\s*<(!doctype html|html)/i.test(answer.body);
}

/**
 * The properties that an error names: in contexts, and in the list that a validation error carries inside its message
 * (`Property values were not valid: [{"isValid":false,…,"name":"email"}]`).
 */
function fieldsOf(body: ErrorBody): readonly string[] {
  const fields = new Set<string>();
  for (const context of [body.context, ...(body.errors ?? []).map((error) => error.context)]) {
    for (const key of ["propertyName", "properties"]) for (const name of context?.[key] ?? []) fields.add(name);
  }
  for (const [, name] of (body.message ?? "").matchAll(/"name":"([^"]+)"/g)) if (name) fields.add(name);
  return [...fields];
}

function clip(text: string): string {
  return text.length > LONGEST_RAW ? `${text.slice(0, LONGEST_RAW - 1)}…` : text;
}
