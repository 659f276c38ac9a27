import { ApiError } from "../errors.ts";
import type { Caller } from "../model.ts";
import type { OrgData } from "../org-data.ts";
import { rightsOf } from "../save/save.ts";
import { createQueryScope, type QueryScope } from "../soql/source.ts";
import type { QueryCursors } from "./cursors.ts";

/** A request below `/services/data/vNN.0`, alone or inside a composite. */
export interface ApiRequest {
  readonly method: string;
  /** `v60.0`. */
  readonly version: string;
  /** Decoded parts of the path after the version. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of a body: CSV in chunks. */
  readonly csv?: Iterable<string>;
}

/** Who asks whom. */
export interface ApiSession {
  readonly data: OrgData;
  readonly caller: Caller;
  readonly cursors: QueryCursors;
}

export function scopeOf(
  session: ApiSession,
  options: { readonly withDeleted?: boolean; readonly tooling?: boolean } = {},
): QueryScope {
  return createQueryScope(session.data, rightsOf(session.data, session.caller), {
    withDeleted: options.withDeleted ?? false,
    tooling: options.tooling ?? false,
  });
}

/** A body that must be a JSON object. */
export function objectBody(request: ApiRequest): Readonly<Record<string, unknown>> {
  const { body } = request;
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ApiError(400, "JSON_PARSER_ERROR", "The HTTP entity body is required, but this request has no entity body.");
  }
  return body as Readonly<Record<string, unknown>>;
}

export function methodNotAllowed(method: string, allowed: string): ApiError {
  return new ApiError(405, "METHOD_NOT_ALLOWED", `HTTP Method '${method}' not allowed. Allowed are ${allowed}`);
}
