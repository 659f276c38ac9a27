import { ApiError } from "../errors.ts";
import { makeId } from "../ids.ts";
import type { QueryResult } from "../soql/run.ts";

/** Query results that are still being fetched, by their locator. */
export interface QueryCursors {
  open(result: QueryResult): string;
  find(locator: string): { readonly id: string; readonly result: QueryResult; readonly from: number };
}

/** Salesforce keeps ten cursors a user, and drops the oldest for the next. */
const KEPT = 10;

export function createQueryCursors(): QueryCursors {
  const open = new Map<string, QueryResult>();
  let opened = 0;
  return {
    open(result) {
      opened += 1;
      const id = makeId("01g", opened);
      open.set(id, result);
      for (const oldest of open.keys()) {
        if (open.size <= KEPT) break;
        open.delete(oldest);
      }
      return id;
    },
    find(locator) {
      const [id = "", from = ""] = locator.split("-");
      const result = open.get(id);
      if (result === undefined || !/^\d+$/.test(from)) throw new ApiError(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
      return { id, result, from: Number(from) };
    },
  };
}
