import { ApiError } from "../errors.ts";
import { HALTED, type RollbackReading } from "./collections.ts";
import { type ApiAnswer, type ApiRequest, type ApiSession, methodNotAllowed, objectBody } from "./exchange.ts";
import { referencesFilled } from "./references.ts";

const MAX_SUBREQUESTS = 25;
const MAX_QUERIES_AND_COLLECTIONS = 5;
const REFERENCE_ID = /^[A-Za-z0-9][A-Za-z0-9_]*$/;
/** What may ride in a composite: records, describes, queries and collections. */
const ALLOWED = /^\/services\/data\/v\d\d\.0\/(?:sobjects(?:\/|$)|query(?:All)?(?:[/?]|$)|composite\/sobjects(?:[/?]|$))/;
const COUNTED = /^\/services\/data\/v\d\d\.0\/(?:query(?:All)?|composite\/sobjects)(?:[/?]|$)/;

interface Subrequest {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: unknown;
  readonly headers: Headers;
}

interface Subresponse {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

/** Answers one subrequest as if it had come alone. */
export type Serve = (session: ApiSession, request: ApiRequest, reading: RollbackReading) => ApiAnswer;

function subrequests(body: Readonly<Record<string, unknown>>): Subrequest[] {
  const entries = Array.isArray(body.compositeRequest) ? (body.compositeRequest as readonly unknown[]) : [];
  if (entries.length === 0) throw new ApiError(400, "INVALID_INPUT", "compositeRequest must hold at least one subrequest");
  if (entries.length > MAX_SUBREQUESTS) {
    throw new ApiError(
      400,
      "LIMIT_EXCEEDED",
      `Limit of ${MAX_SUBREQUESTS} reached for number of subrequests in the composite request`,
    );
  }
  const seen = new Set<string>();
  const found = entries.map((entry) => {
    const { method, url, referenceId, body: inner, httpHeaders } = (entry ?? {}) as Record<string, unknown>;
    if (typeof method !== "string" || typeof url !== "string")
      throw new ApiError(400, "INVALID_INPUT", "method and url are required");
    if (typeof referenceId !== "string" || !REFERENCE_ID.test(referenceId)) {
      throw new ApiError(400, "INVALID_INPUT", `Invalid referenceId: ${JSON.stringify(referenceId)}`);
    }
    if (seen.has(referenceId)) throw new ApiError(400, "INVALID_INPUT", `Duplicate referenceId: ${referenceId}`);
    seen.add(referenceId);
    const headers = new Headers(
      typeof httpHeaders === "object" && httpHeaders !== null ? (httpHeaders as Record<string, string>) : {},
    );
    return { method, url, referenceId, body: inner, headers };
  });
  if (found.filter((one) => COUNTED.test(one.url)).length > MAX_QUERIES_AND_COLLECTIONS) {
    throw new ApiError(
      400,
      "LIMIT_EXCEEDED",
      `Limit of ${MAX_QUERIES_AND_COLLECTIONS} reached for number of query and collection subrequests in the composite request`,
    );
  }
  return found;
}

/** Whether a subrequest counts as failed for an all-or-none composite: its own status, or a record of its collection. */
function hasFailed(url: string, answer: ApiAnswer): boolean {
  if (answer.status >= 400) return true;
  if (!url.includes("/composite/sobjects") || !Array.isArray(answer.body)) return false;
  return answer.body.some((result) => (result as { success?: boolean } | null)?.success === false);
}

function halted(referenceId: string): Subresponse {
  return { body: [{ errorCode: "PROCESSING_HALTED", message: HALTED }], httpHeaders: {}, httpStatusCode: 400, referenceId };
}

/**
 * POST /composite. All-or-none: the first failure undoes everything, later subrequests don't run, and those that had
 * succeeded answer PROCESSING_HALTED. How a collection's records then show is Salesforce's documented case (outer
 * allOrNone true, inner false: each record with its own outcome) or, as `rolledBackShows` says, only the first failure.
 */
export function answerComposite(session: ApiSession, request: ApiRequest, serve: Serve): ApiAnswer {
  if (request.method !== "POST") throw methodNotAllowed(request.method, "POST");
  const body = objectBody(request);
  const all = subrequests(body);
  const allOrNone = body.allOrNone === true;
  const reading: RollbackReading = allOrNone ? session.data.state.rolledBackShows : null;

  const compositeResponse = session.data.transaction(() => {
    const responses: Subresponse[] = [];
    const answers = new Map<string, unknown>();
    let failure = false;
    for (const [index, subrequest] of all.entries()) {
      if (failure && allOrNone) {
        responses.push(halted(subrequest.referenceId));
        continue;
      }
      const answer = serveOne(session, subrequest, answers, reading, serve);
      answers.set(subrequest.referenceId, answer.body);
      responses.push({
        body: answer.body ?? null,
        httpHeaders: answer.headers ?? {},
        httpStatusCode: answer.status,
        referenceId: subrequest.referenceId,
      });
      if (!hasFailed(subrequest.url, answer)) continue;
      failure = true;
      if (allOrNone) for (let before = 0; before < index; before++) responses[before] = halted(all[before]?.referenceId ?? "");
    }
    return { keep: !(allOrNone && failure), value: responses };
  });
  return { status: 200, body: { compositeResponse } };
}

function serveOne(
  session: ApiSession,
  subrequest: Subrequest,
  answers: ReadonlyMap<string, unknown>,
  reading: RollbackReading,
  serve: Serve,
): ApiAnswer {
  try {
    const url = String(referencesFilled(subrequest.url, answers));
    if (!ALLOWED.test(url)) {
      throw new ApiError(400, "INVALID_INPUT", `The resource ${url.split("?")[0]} can't be used in a composite request`);
    }
    const request = requestTo(subrequest.method, url, referencesFilled(subrequest.body, answers), subrequest.headers);
    return serve(session, request, reading);
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: error.body };
    throw error;
  }
}

/** A request from a whole URL below `/services/data/vNN.0`. */
export function requestTo(method: string, url: string, body: unknown, headers: Headers): ApiRequest {
  const parsed = new URL(url, "http://salesforce.invalid");
  const [version = "", ...path] = parsed.pathname.replace(/^\/services\/data\//, "").split("/");
  return {
    method,
    version,
    path: path.filter((part) => part !== "").map(decodeURIComponent),
    query: parsed.searchParams,
    headers,
    body,
  };
}

/** POST /composite/batch: independent subrequests, each its own transaction. */
export function answerBatch(session: ApiSession, request: ApiRequest, serve: Serve): ApiAnswer {
  if (request.method !== "POST") throw methodNotAllowed(request.method, "POST");
  const body = objectBody(request);
  const entries = Array.isArray(body.batchRequests) ? (body.batchRequests as readonly Record<string, unknown>[]) : [];
  if (entries.length === 0 || entries.length > MAX_SUBREQUESTS) {
    throw new ApiError(400, "LIMIT_EXCEEDED", `A batch holds 1 to ${MAX_SUBREQUESTS} subrequests`);
  }
  const results: { statusCode: number; result: unknown }[] = [];
  for (const entry of entries) {
    const before = results.at(-1);
    if (body.haltOnError === true && before !== undefined && before.statusCode >= 400) {
      results.push({
        statusCode: 412,
        result: [{ errorCode: "BATCH_PROCESSING_HALTED", message: "Batch processing halted by request" }],
      });
      continue;
    }
    const url = `/services/data/${String(entry.url ?? "").replace(/^\/?(?:services\/data\/)?/, "")}`;
    let answer: ApiAnswer;
    try {
      answer = serve(session, requestTo(String(entry.method ?? "GET"), url, entry.richInput, new Headers()), null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      answer = { status: error.status, body: error.body };
    }
    results.push({ statusCode: answer.status, result: answer.body ?? null });
  }
  return { status: 200, body: { hasErrors: results.some((result) => result.statusCode >= 400), results } };
}
