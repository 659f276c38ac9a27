import { z } from "zod";
import type { SalesforceWrite } from "./salesforce.ts";

/** Records that one collection takes. Source: Salesforce's REST API guide, *sObject Collections*. */
export const RECORDS_PER_COLLECTION = 200;

/** No lead or case assignment rule moves the record to somebody else. */
export const SAVE_HEADERS: Readonly<Record<string, string>> = { "Sforce-Auto-Assign": "FALSE" };

const resultsSchema = z.array(
  z.object({ success: z.boolean(), id: z.string().nullish(), errors: z.array(z.unknown()).default([]) }),
);
export type SaveResults = z.infer<typeof resultsSchema>;

/** A write with its place in the caller's order. */
export interface Placed {
  readonly index: number;
  readonly write: SalesforceWrite;
}

/**
 * Inserts and updates apart, since a collection holds one kind; each by object, since Salesforce takes at most ten
 * changes of object in one collection.
 */
export function byKind(writes: readonly Placed[]): { readonly inserts: readonly Placed[]; readonly updates: readonly Placed[] } {
  const sorted = writes.toSorted((a, b) => a.write.object.localeCompare(b.write.object));
  return {
    inserts: sorted.filter(({ write }) => write.id === null),
    updates: sorted.filter(({ write }) => write.id !== null),
  };
}

/** The body of a collection: each record saved by itself. */
export function collectionBody(writes: readonly Placed[]): unknown {
  return {
    allOrNone: false,
    records: writes.map(({ write: { object, id, fields } }) => ({
      attributes: { type: object },
      ...(id === null ? {} : { id }),
      ...fields,
    })),
  };
}

/** The results for each record in a collection's answer, or null where the answer is about the collection as a whole. */
export function resultsOf(body: unknown, count: number): SaveResults | null {
  const results = resultsSchema.safeParse(body);
  return results.success && results.data.length === count ? results.data : null;
}
