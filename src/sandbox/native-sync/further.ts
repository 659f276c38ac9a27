import type { Fields } from "../salesforce/model.ts";
import { mappingsOf, type SyncContext, type SyncReference } from "./context.ts";
import { examine, obstaclesInHubSpot, type Step } from "./examine.ts";
import { refusalInHubSpot } from "./hubspot-writes.ts";
import type { WrittenObjectName } from "./mapping.ts";
import { linkOf } from "./matching.ts";
import { planNewInHubSpot, planPair, type Transfer } from "./plan.ts";
import { rehearse } from "./salesforce-writes.ts";
import type { SyncFailure } from "./sync-error.ts";

/**
 * All that would keep a record back, were what is met first put right, and then what is met next: Salesforce and HubSpot are
 * asked, and nothing of it stays.
 */
export function furtherFailures(reference: SyncReference, context: SyncContext): readonly SyncFailure[] {
  const step = examine(reference, context);
  return [
    ...(step.kind === "blocked" ? step.failures : []),
    ...towardsHubSpot(step, reference, context),
    ...towardsSalesforce(step, reference, context),
  ];
}

function towardsHubSpot(step: Step, reference: SyncReference, context: SyncContext): readonly SyncFailure[] {
  if (step.kind === "update") {
    const { hubspot, salesforceObject, salesforceId, plan, blocked } = step;
    const mappings = mappingsOf(context, salesforceObject);
    const salesforce = context.org.get(salesforceObject, salesforceId);
    // What blocks the way to HubSpot hides what would be refused there.
    const behind = blocked.length > 0 ? salesforce : null;
    const transfers = behind
      ? planPair(hubspot, behind, mappings, context.bases.get(salesforceId), context).toHubSpot
      : plan.toHubSpot;
    return [
      ...(behind ? obstaclesInHubSpot(salesforceObject, behind, hubspot, context) : []),
      ...refusedOneByOne(transfers, (left) => refusalInHubSpot(hubspot.object, hubspot, left, mappings, context)),
    ];
  }
  const { salesforceObject, salesforceId } = reference;
  const isNew = step.kind === "create-in-hubspot" || step.kind === "blocked";
  const salesforce = isNew && salesforceObject && salesforceId ? context.org.get(salesforceObject, salesforceId) : null;
  if (!salesforce || !salesforceObject) return [];
  const mappings = mappingsOf(context, salesforceObject);
  const transfers = planNewInHubSpot(salesforce, mappings, context);
  const obstacles = obstaclesInHubSpot(salesforceObject, salesforce, null, context);
  return [
    ...obstacles,
    ...refusedOneByOne(transfers, (left) => refusalInHubSpot(reference.object, null, left, mappings, context)),
  ];
}

function towardsSalesforce(step: Step, reference: SyncReference, context: SyncContext): readonly SyncFailure[] {
  if (step.kind !== "update" && step.kind !== "create-in-salesforce") return [];
  const { hubspot, salesforceObject } = step;
  const salesforceId = step.kind === "update" ? step.salesforceId : (linkOf(hubspot)?.salesforceId ?? null);
  const transfers = step.kind === "update" ? step.plan.toSalesforce : step.transfers;
  if (transfers.length === 0) return [];
  const given: { readonly given?: Fields } = step.kind === "create-in-salesforce" && step.given ? { given: step.given } : {};
  const object: WrittenObjectName = salesforceObject;
  return refusedOneByOne(transfers, (left) =>
    rehearse({ reference, hubspot, salesforceObject: object, salesforceId, transfers: left, ...given }, context),
  );
}

/** Leaves out the values that are refused, until nothing more is. */
function refusedOneByOne(
  transfers: readonly Transfer[],
  refusal: (left: readonly Transfer[]) => readonly SyncFailure[],
): readonly SyncFailure[] {
  const found: SyncFailure[] = [];
  let left = transfers;
  while (left.length > 0) {
    const failures = refusal(left);
    found.push(...failures);
    const fields = new Set(failures.map(({ field }) => field));
    const next = left.filter(({ mapping }) => !fields.has(mapping.field));
    if (next.length === left.length) break;
    left = next;
  }
  return found;
}
