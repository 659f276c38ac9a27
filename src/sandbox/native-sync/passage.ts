import type { AccountRecord } from "../hubspot/model.ts";
import { joinCompany } from "./account-relation.ts";
import { isGone, keyOf, mappingsOf, type SyncContext, type SyncReference } from "./context.ts";
import { examine, type Step } from "./examine.ts";
import type { FailingRecords } from "./failing.ts";
import { createInHubSpot, type HubSpotOutcome, keepBase, link, stampSynced, updateHubSpot } from "./hubspot-writes.ts";
import { isIncluded } from "./inclusion.ts";
import { HUBSPOT_OBJECT } from "./mapping.ts";
import { linkedInHubSpot, linkOf, matchCompany } from "./matching.ts";
import { planNewInHubSpot } from "./plan.ts";
import { callSalesforce, type Delivery, deliver, type Outgoing } from "./salesforce-writes.ts";
import type { SuspensionKind } from "./suspension.ts";
import { type SyncFailure, syncFailure } from "./sync-error.ts";

export interface Passage {
  readonly context: SyncContext;
  /** By key: records that wait to be looked at. They leave when they have synced or failed. */
  readonly waiting: Map<string, SyncReference>;
  readonly failing: FailingRecords;
  readonly onCall: () => void;
}

/** What a passage came to. */
export interface PassageResult {
  readonly stopped: { readonly kind: SuspensionKind; readonly at: SyncReference } | null;
  /** Every record it sent was locked: once may be chance. */
  readonly allLocked: boolean;
}

/** Syncs what waits: HubSpot's side at once, Salesforce's in batches. */
export function syncWaiting(passage: Passage): PassageResult {
  const { context, waiting } = passage;
  const outgoing: Outgoing[] = [];
  const references = [...waiting.values()].toSorted((one, other) => rank(one) - rank(other));
  for (const reference of references) {
    const towardsSalesforce = settle(reference, passage);
    if (towardsSalesforce) outgoing.push(towardsSalesforce);
    else waiting.delete(keyOf(reference));
  }
  const call = () => {
    passage.onCall();
    return callSalesforce(context);
  };
  const { done, stopped } = deliver(outgoing, call, context);
  for (const delivery of done) finish(delivery, passage);
  const allLocked = done.length > 0 && done.every((delivery) => delivery.result === "locked");
  return { stopped: stopped && { kind: stopped.kind, at: stopped.at.reference }, allLocked };
}

/** Companies first: contacts and deals hang on them. */
function rank(reference: SyncReference): number {
  return { companies: 0, contacts: 1, deals: 2, tasks: 3 }[reference.object];
}

/** Does what can be done in HubSpot; what is left for Salesforce comes back. */
function settle(reference: SyncReference, passage: Passage): Outgoing | null {
  const { context, failing } = passage;
  let step = examine(reference, context);
  // Linking and making the company each happen once at most.
  for (let round = 0; round < 3; round++) {
    const outcome = prepare(step, context, passage);
    if (outcome === null) break;
    if (!outcome.ok) return fail(reference, outcome.failures, passage);
    step = examine(reference, context);
  }
  switch (step.kind) {
    case "nothing":
      failing.remove(reference);
      rememberAgreement(reference, context);
      if (context.settings.stampOnFailure) stampReference(reference, context);
      return null;
    case "blocked":
      return fail(reference, step.failures, passage);
    case "create-in-hubspot": {
      const outcome = createInHubSpot(step.salesforceObject, step.salesforce, step.transfers, context);
      if (!outcome.ok) return fail(reference, outcome.failures, passage);
      failing.remove(reference);
      if (step.salesforceObject === "Account") releaseAccount(step.salesforce.id, passage);
      return null;
    }
    case "create-in-salesforce": {
      const { kind: _, ...outgoing } = step;
      return { reference, salesforceId: null, ...outgoing };
    }
    case "update":
      return settleUpdate(reference, step, passage);
    case "link":
    case "company-first":
      // Still not linked after linking: HubSpot took the write and shows it no more. Nothing to send.
      return null;
  }
}

/** Takes the step that has to come before the values; null where there is none. */
function prepare(step: Step, context: SyncContext, passage: Passage): HubSpotOutcome | null {
  if (step.kind === "link") {
    const outcome = link(step.hubspot, step.salesforceObject, step.salesforce.id, context);
    if (outcome.ok && step.salesforceObject === "Account") releaseAccount(step.salesforce.id, passage);
    return outcome;
  }
  return step.kind === "company-first" ? makeCompany(step.accountId, passage) : null;
}

/** Makes or finds the company of an account. */
function makeCompany(accountId: string, passage: Passage): HubSpotOutcome {
  const { context } = passage;
  const account = context.org.get("Account", accountId);
  if (isGone(account)) {
    const failure = syncFailure("waiting-for-account", "salesforce-to-hubspot", `Account ${accountId} is gone`, {
      field: "AccountId",
      property: "salesforceaccountid",
    });
    return { ok: false, failures: [failure] };
  }
  const match = matchCompany(context, account);
  const outcome = match
    ? link(match, "Account", accountId, context)
    : createInHubSpot("Account", account, planNewInHubSpot(account, mappingsOf(context, "Account"), context), context);
  if (outcome.ok) context.accountsOnceLinked.add(accountId);
  return outcome;
}

/** What waited for this account need not wait any longer. */
export function releaseAccount(accountId: string, { context, waiting, failing }: Passage): void {
  context.accountsOnceLinked.add(accountId);
  for (const { reference, failures } of failing.all()) {
    if (failures.some((failure) => failure.type === "waiting-for-account" && failure.message.includes(accountId))) {
      waiting.set(keyOf(reference), reference);
    }
  }
}

function settleUpdate(reference: SyncReference, step: Extract<Step, { kind: "update" }>, passage: Passage): Outgoing | null {
  const { context } = passage;
  const { hubspot, salesforceObject, salesforceId, plan } = step;
  const failures: SyncFailure[] = [...step.blocked];
  if (plan.toHubSpot.length > 0) {
    const outcome = updateHubSpot(hubspot, plan.toHubSpot, mappingsOf(context, salesforceObject), context);
    if (!outcome.ok) failures.push(...outcome.failures);
    else {
      keepAgreed(step, context);
      const salesforce = context.org.get(salesforceObject, salesforceId);
      if (salesforce) joinCompany(salesforceObject, salesforce, outcome.record, context);
    }
  }
  if (plan.toSalesforce.length === 0) {
    if (failures.length > 0) return fail(reference, failures, passage);
    passage.failing.remove(reference);
    return null;
  }
  if (failures.length > 0) passage.failing.put(reference, failures, context.now().getTime());
  return { reference, hubspot, salesforceObject, salesforceId, transfers: plan.toSalesforce };
}

/** The values that have just gone to HubSpot are those of both sides now. */
function keepAgreed({ salesforceId, plan }: Extract<Step, { kind: "update" }>, context: SyncContext): void {
  const base = new Map(context.bases.get(salesforceId));
  for (const { mapping, form } of plan.toHubSpot) base.set(mapping, form);
  context.bases.set(salesforceId, base);
}

function fail(reference: SyncReference, failures: readonly SyncFailure[], { context, failing }: Passage): null {
  failing.put(reference, failures, context.now().getTime());
  if (context.settings.stampOnFailure) stampReference(reference, context);
  return null;
}

function stampReference(reference: SyncReference, context: SyncContext): void {
  const hubspot = hubspotOf(reference, context);
  if (hubspot) stampSynced(hubspot, context);
}

/** Both sides may have come to the same values without the sync: somebody wrote them to both. */
function rememberAgreement(reference: SyncReference, context: SyncContext): void {
  const hubspot = hubspotOf(reference, context);
  const partner = hubspot && isIncluded(hubspot, context.account, context.inclusionList) ? linkOf(hubspot) : null;
  const salesforce = partner && context.org.get(partner.salesforceObject, partner.salesforceId);
  if (salesforce) keepBase(partner.salesforceObject, salesforce, context);
}

function hubspotOf(reference: SyncReference, context: SyncContext): AccountRecord | null {
  const { hubspotId, salesforceId, salesforceObject, object } = reference;
  if (hubspotId !== null) return context.account.get(object, hubspotId);
  return salesforceId && salesforceObject ? linkedInHubSpot(context, salesforceObject, salesforceId) : null;
}

/** Books what Salesforce answered for one record. */
function finish(delivery: Delivery, passage: Passage): void {
  const { context, waiting, failing } = passage;
  const { reference, hubspot, salesforceObject } = delivery.outgoing;
  if (delivery.result === "locked") return;
  waiting.delete(keyOf(reference));
  if (delivery.result === "refused") {
    const towardsHubSpot = failing
      .get(reference)
      ?.failures.filter((failure) => failure.direction === "salesforce-to-hubspot" && !isSettled(delivery.outgoing, context));
    failing.put(reference, [...(towardsHubSpot ?? []), ...delivery.failures], context.now().getTime());
    if (context.settings.stampOnFailure) stampSynced(hubspot, context);
    return;
  }
  if (salesforceObject === "Task") {
    context.tasksSynced.add(hubspot.id);
    failing.remove(reference);
    return;
  }
  const saved = context.org.get(salesforceObject, delivery.id);
  if (saved && delivery.outgoing.salesforceId === null) {
    link(hubspot, salesforceObject, delivery.id, context);
    keepBase(salesforceObject, saved, context);
  } else {
    const base = new Map(context.bases.get(delivery.id));
    for (const { mapping, form } of delivery.outgoing.transfers) base.set(mapping, form);
    context.bases.set(delivery.id, base);
    stampSynced(hubspot, context);
  }
  const rest = examine({ ...reference, object: HUBSPOT_OBJECT[salesforceObject], hubspotId: hubspot.id }, context);
  if (rest.kind === "nothing") failing.remove(reference);
}

/** Whether nothing is left to go to HubSpot. */
function isSettled({ reference }: Outgoing, context: SyncContext): boolean {
  const step = examine(reference, context);
  return step.kind === "nothing" || (step.kind === "update" && step.plan.toHubSpot.length === 0 && step.blocked.length === 0);
}
