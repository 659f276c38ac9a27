import type { SalesforceCalls } from "./calls.ts";
import { SAVE_HEADERS } from "./collection.ts";
import { isLock, refusedBy, refusesEverything } from "./refusal.ts";
import type { ConditionalOutcome, SalesforceWrite } from "./salesforce.ts";

/** Source: Salesforce's REST API guide, *Conditional Request Headers*: a PATCH whose precondition fails answers 412. */
const PRECONDITION_FAILED = 412;
const LOCK_ATTEMPTS = 3;

/**
 * Writes one record unless it was changed after a moment. A record that somebody else holds a lock on is tried again after a
 * pause. Rejects where everything is refused; what refuses this record alone is an outcome.
 */
export async function writeIfUnmodified(
  calls: SalesforceCalls,
  { object, id, fields }: SalesforceWrite & { readonly id: string },
  unmodifiedSince: Date,
): Promise<ConditionalOutcome> {
  for (let attempt = 1; ; attempt++) {
    try {
      await calls.call({
        method: "PATCH",
        path: `/sobjects/${object}/${id}`,
        body: fields,
        headers: { ...SAVE_HEADERS, "If-Unmodified-Since": unmodifiedSince.toUTCString() },
        // A second sending after an answer that was lost would meet the first one's own change.
        repeat: "doubles",
        saves: true,
        object,
        emptyAnswer: {},
      });
      return { ok: true, id };
    } catch (error) {
      const { refusal } = refusedBy(error);
      if (refusal.httpStatus === PRECONDITION_FAILED) return "changed";
      if (refusesEverything(refusal)) throw error;
      if (!isLock(refusal) || attempt === LOCK_ATTEMPTS) return { ok: false, refusals: [{ ...refusal, object, recordId: id }] };
      await calls.pause(attempt);
    }
  }
}
