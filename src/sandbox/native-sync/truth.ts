import type { SyncContext, SyncReference } from "./context.ts";
import { examine } from "./examine.ts";
import type { Failing, FailingRecords } from "./failing.ts";
import { furtherFailures } from "./further.ts";
import { linkedInHubSpot, linkOf } from "./matching.ts";
import type { Suspension } from "./suspension.ts";
import type { SyncDirection, SyncFailure } from "./sync-error.ts";

export interface TruthRecord {
  readonly hubspotId: string | null;
  readonly salesforceId: string | null;
  readonly salesforceObject: string | null;
}

export interface TruthError {
  readonly category: string;
  readonly type: string;
  /** HubSpot's name of the object: contacts, companies or deals. */
  readonly object: string;
  readonly direction: SyncDirection;
  readonly field: string | null;
  readonly property: string | null;
  /** In the words of what refused one of the records. */
  readonly message: string;
  readonly records: readonly TruthRecord[];
}

/** What is really the matter with the sync. */
export interface Truth {
  readonly suspension: Suspension | null;
  readonly errors: readonly TruthError[];
}

/** Of these there can be several at the same field: of which account, at which company, of which refusal. */
const TOLD_APART_BY_MESSAGE: ReadonlySet<string> = new Set(["waiting-for-account", "association-limit-reached", "other"]);

/** The records that fail, by what they fail for. One for which nothing is left to sync no longer fails, whoever put it right. */
export function tellTruth(suspension: Suspension | null, failing: FailingRecords, context: SyncContext): Truth {
  const standing = [...failing.all()].filter(({ reference }) => {
    const isSettled = examine(reference, context).kind === "nothing";
    if (isSettled) failing.remove(reference);
    return !isSettled;
  });
  return { suspension, errors: byCause(standing, context) };
}

/** Records by all that would keep them back. */
export function tellFurther(references: readonly SyncReference[], context: SyncContext): readonly TruthError[] {
  const held = references.map((reference) => ({ reference, failures: furtherFailures(reference, context) }));
  return byCause(held, context);
}

type Held = Pick<Failing, "reference" | "failures">;

function byCause(held: readonly Held[], context: SyncContext): readonly TruthError[] {
  const groups = new Map<string, { failure: SyncFailure; object: string; records: TruthRecord[] }>();
  for (const { reference, failures } of held) {
    const record = bothSides(reference, context);
    for (const failure of failures) {
      const { type, direction, field } = failure;
      const cause = TOLD_APART_BY_MESSAGE.has(type) ? failure.message : null;
      const key = JSON.stringify([type, direction, reference.object, field, cause]);
      const group = groups.get(key) ?? { failure, object: reference.object, records: [] };
      groups.set(key, group);
      if (!group.records.some((known) => known.hubspotId === record.hubspotId && known.salesforceId === record.salesforceId)) {
        group.records.push(record);
      }
    }
  }
  return [...groups.values()].map(({ failure, object, records }) => ({ ...failure, object, records }));
}

function bothSides(reference: SyncReference, context: SyncContext): TruthRecord {
  const { object, salesforceId, salesforceObject } = reference;
  if (reference.hubspotId !== null) {
    const hubspot = context.account.get(object, reference.hubspotId);
    const link = hubspot && linkOf(hubspot);
    return {
      hubspotId: reference.hubspotId,
      salesforceId: link?.salesforceId ?? salesforceId,
      salesforceObject: link?.salesforceObject ?? salesforceObject,
    };
  }
  const hubspot = salesforceId && salesforceObject ? linkedInHubSpot(context, salesforceObject, salesforceId) : null;
  return { hubspotId: hubspot?.id ?? null, salesforceId, salesforceObject };
}
