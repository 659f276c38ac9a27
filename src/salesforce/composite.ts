import { z } from "zod";
import { type Refusal, RefusedError } from "../health/refusal.ts";
import type { CallRequest, SalesforceCalls } from "./calls.ts";
import { type Rows, rowsOf } from "./records.ts";
import { refusalOfBody, unreadable } from "./refusal.ts";
import { API_PATH } from "./version.ts";

/** Of at most 25 in one composite, no more than this many queries and collections. Source: Salesforce's REST API guide. */
export const QUERIES_PER_COMPOSITE = 5;

export interface Subrequest {
  readonly method: "GET" | "POST" | "PATCH";
  readonly url: string;
  /** Letters, digits and underscores. */
  readonly referenceId: string;
  readonly body?: unknown;
  readonly httpHeaders?: Readonly<Record<string, string>>;
}

export interface Subresponse {
  readonly body: unknown;
  readonly httpStatusCode: number;
}

const answerSchema = z.object({
  compositeResponse: z.array(z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() })),
});

/** `queryAll` shows what is in the recycle bin too. */
export type QueryResource = "query" | "queryAll";

/** A SOQL query as part of a composite: its body bears what a URL of 16 KB does not. */
export function query(referenceId: string, soql: string, resource: QueryResource = "query"): Subrequest {
  return { method: "GET", url: `${API_PATH}/${resource}?q=${encodeURIComponent(soql)}`, referenceId };
}

/** Several requests in one API call; answers by reference id. */
export async function composite(
  calls: SalesforceCalls,
  subrequests: readonly Subrequest[],
  options: { readonly allOrNone?: boolean } & Partial<Pick<CallRequest, "headers" | "object" | "attempts" | "saves">> = {},
): Promise<ReadonlyMap<string, Subresponse>> {
  const { allOrNone = false, ...call } = options;
  const body = { allOrNone, compositeRequest: subrequests };
  const answer = answerSchema.safeParse(
    await calls.call({ method: "POST", path: "/composite", body, repeat: "harmless", ...call }),
  );
  if (!answer.success) throw new RefusedError(unreadable("a composite without its answers"));
  return new Map(answer.data.compositeResponse.map((one) => [one.referenceId, one]));
}

/** The refusal in one answer of a composite, or null where it was served. */
export function refusalIn(answer: Subresponse | undefined, object?: string): Refusal | null {
  const about = { ...(object === undefined ? {} : { object }), httpStatus: answer?.httpStatusCode ?? 200 };
  if (!answer) return unreadable("a composite that leaves out an answer", about);
  if (answer.httpStatusCode < 400) return null;
  return refusalOfBody(answer.body, about) ?? unreadable(JSON.stringify(answer.body) ?? "", about);
}

/** The rows in one answer of a composite. Throws `RefusedError` where it was refused. */
export function rowsIn(answer: Subresponse | undefined, object?: string): Rows {
  const refusal = refusalIn(answer, object);
  if (refusal) throw new RefusedError(refusal);
  return rowsOf(answer?.body);
}

/** All rows from a first page on: one API call for each further page of up to 2,000. */
export async function allRows(calls: SalesforceCalls, first: Rows): Promise<Rows["rows"]> {
  const rows = [...first.rows];
  for (let next = first.next; next !== null; ) {
    const page = rowsOf(await calls.call({ method: "GET", path: next, repeat: "harmless" }));
    rows.push(...page.rows);
    next = page.next;
  }
  return rows;
}

/** All rows of several queries, five of them a call. */
export async function runQueries(
  calls: SalesforceCalls,
  queries: readonly string[],
  { object, resource = "query" }: { readonly object?: string; readonly resource?: QueryResource } = {},
): Promise<Rows["rows"]> {
  const rows: Rows["rows"][number][] = [];
  for (let from = 0; from < queries.length; from += QUERIES_PER_COMPOSITE) {
    const subrequests = queries
      .slice(from, from + QUERIES_PER_COMPOSITE)
      .map((soql, index) => query(`query${index}`, soql, resource));
    const answers = await composite(calls, subrequests, object === undefined ? {} : { object });
    for (const { referenceId } of subrequests) rows.push(...(await allRows(calls, rowsIn(answers.get(referenceId), object))));
  }
  return rows;
}
