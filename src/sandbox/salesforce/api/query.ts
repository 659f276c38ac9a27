import { ApiError } from "../errors.ts";
import { type QueryResult, runQuery } from "../soql/run.ts";
import { type ApiAnswer, type ApiRequest, type ApiSession, methodNotAllowed, scopeOf } from "./exchange.ts";

const MAX_PAGE = 2000;
const MIN_PAGE = 200;

/** `/query`, `/queryAll` and `/tooling/query`, with the pages that follow. */
export function answerQuery(session: ApiSession, request: ApiRequest, area: "query" | "queryAll" | "tooling/query"): ApiAnswer {
  if (request.method !== "GET") throw methodNotAllowed(request.method, "HEAD,GET");
  const locator = request.path.at(-1);
  if (locator !== undefined && locator !== "query" && locator !== "queryAll") {
    const cursor = session.cursors.find(locator);
    return { status: 200, body: page(request, area, cursor.result, cursor.from, cursor.id, session) };
  }
  const query = request.query.get("q");
  if (query === null) throw new ApiError(400, "MALFORMED_QUERY", "A query string has to be specified");
  const tooling = area === "tooling/query";
  const result = runQuery(scopeOf(session, { withDeleted: area === "queryAll", tooling }), query, request.version);
  if (tooling) refuseFullNames(query, result);
  return { status: 200, body: page(request, area, result, 0, null, session) };
}

/** The Tooling API gives FullName and Metadata of one row at a time. */
function refuseFullNames(query: string, result: QueryResult): void {
  if (!/^\s*select\b.*\b(?:fullname|metadata)\b.*\bfrom\b/is.test(query) || result.total <= 1) return;
  throw new ApiError(
    400,
    "MALFORMED_QUERY",
    `When retrieving results with Metadata or FullName fields, the query qualifications must specify no more than one row for retrieval. Result size: ${result.total}`,
  );
}

function pageSize(request: ApiRequest): number {
  const asked = /batchSize\s*=\s*(\d+)/i.exec(request.headers.get("sforce-query-options") ?? "")?.[1];
  return asked === undefined ? MAX_PAGE : Math.min(MAX_PAGE, Math.max(MIN_PAGE, Number(asked)));
}

function page(
  request: ApiRequest,
  area: string,
  result: QueryResult,
  from: number,
  cursor: string | null,
  session: ApiSession,
): Record<string, unknown> {
  const records = result.page(from, pageSize(request));
  const next = from + records.length;
  if (next >= result.total || records.length === 0) return { totalSize: result.total, done: true, records };
  const id = cursor ?? session.cursors.open(result);
  return {
    totalSize: result.total,
    done: false,
    nextRecordsUrl: `/services/data/${request.version}/${area}/${id}-${next}`,
    records,
  };
}
