import type { HubSpotAccount } from "../hubspot/model.ts";
import type { LocalOrg } from "../salesforce/org.ts";
import { mappingsAreWhole, missingRights } from "./causes.ts";
import { keyOf, type SyncContext, type SyncReference } from "./context.ts";
import { examine } from "./examine.ts";
import { createFailingRecords } from "./failing.ts";
import { keepBase } from "./hubspot-writes.ts";
import { HUBSPOT_OBJECT, SALESFORCE_OBJECTS, type SalesforceObjectName, type SyncMapping } from "./mapping.ts";
import { linkedInHubSpot, linkOf } from "./matching.ts";
import { type Passage, syncWaiting } from "./passage.ts";
import { callSalesforce } from "./salesforce-writes.ts";
import { DEFAULT_TIMES, type SyncSettings, type SyncTimes } from "./settings.ts";
import { resumesByItself, type Suspension, type SuspensionKind } from "./suspension.ts";
import { type Truth, type TruthError, tellFurther, tellTruth } from "./truth.ts";

export interface NativeSyncOptions {
  readonly org: LocalOrg;
  readonly account: HubSpotAccount;
  readonly mappings: readonly SyncMapping[];
  readonly inclusionList: string | null;
  readonly now: () => Date;
  readonly times?: Partial<SyncTimes>;
}

/** HubSpot's own Salesforce integration, simulated. Knows nothing of the bot. */
export interface NativeSync {
  readonly settings: SyncSettings;
  readonly truth: () => Truth;
  /**
   * What more would keep records back: those that fail, by all that is the matter with them and not only by what was met first;
   * and, while the sync is suspended, those that it would have met. Changes nothing.
   */
  readonly further: () => readonly TruthError[];
  /** What HubSpot's settings screen would show of it. */
  state(): NativeSyncState;
  /** Looks at Salesforce and syncs what waits, now. */
  look(): void;
  /** Does what a change in HubSpot sets off soon after, now: for a sync that isn't started. */
  react(): void;
  /** HubSpot's "Clear suspension" button. True where the sync goes on. */
  clear(): boolean;
  /** Counts calls against the allocation as if it had made them; negative ones roll out of the window. */
  countCalls(count: number): void;
  start(): void;
  stop(): void;
}

export interface NativeSyncState {
  readonly suspension: Suspension | null;
  /** Changes that wait to be looked at. */
  readonly waiting: number;
  readonly callsInWindow: number;
  readonly callsMade: number;
  readonly writesMade: number;
}

type Trigger = "timer" | "look" | "change" | "clear";

interface Stop {
  readonly kind: SuspensionKind;
  /** The record that ran into it, where one did. */
  readonly at: SyncReference | null;
}

/** HubSpot stops retrying errored records once so much of its allocation is used. Source: its knowledge base on retries. */
const RETRY_BELOW = 0.75;

export function createNativeSync(options: NativeSyncOptions): NativeSync {
  const { org, account, now } = options;
  const times: SyncTimes = { ...DEFAULT_TIMES, ...options.times };
  const settings: SyncSettings = { createContactsAs: "Lead", allocation: 60_000, stampOnFailure: false, stuck: false };
  const context: SyncContext = {
    org,
    account,
    mappings: options.mappings,
    settings,
    times,
    inclusionList: options.inclusionList,
    now,
    bases: new Map(),
    accountsOnceLinked: new Set(),
    tasksSynced: new Set(),
  };
  const failing = createFailingRecords(times);
  const waiting = new Map<string, SyncReference>();
  const passage: Passage = { context, waiting, failing, onCall: countOwnCall };
  const mapped = new Set(
    options.mappings.filter(({ rule }) => rule !== "none").map(({ object, property }) => `${object}.${property}`),
  );
  const watermarks = new Map<SalesforceObjectName, Date>();
  const members = new Set(options.inclusionList === null ? [] : account.listMembers(options.inclusionList));
  let calls: { readonly at: number; readonly count: number }[] = [];
  let callsMade = 0;
  let suspension: Suspension | null = null;
  /** The record that the suspension was noticed on. */
  let noticedOn: SyncReference | null = null;
  let lastAttempt = 0;
  let stuckSince: number | null = null;
  let lockedPassages = 0;
  let lookTimer: NodeJS.Timeout | null = null;
  let reactionTimer: NodeJS.Timeout | null = null;
  let running = false;

  function countCalls(count: number): void {
    calls.push({ at: now().getTime(), count });
  }

  function countOwnCall(): void {
    countCalls(1);
    callsMade += 1;
  }

  function callsInWindow(): number {
    const from = now().getTime() - times.allocationWindowMs;
    if (calls.length > 1_000) calls = compact(calls.filter((call) => call.at >= from));
    return Math.max(
      0,
      calls.reduce((sum, call) => (call.at >= from ? sum + call.count : sum), 0),
    );
  }

  function rememberPresent(): void {
    for (const object of SALESFORCE_OBJECTS) {
      let newest = 0;
      for (const record of org.records(object)) newest = Math.max(newest, Date.parse(String(record.fields.SystemModstamp)));
      watermarks.set(object, new Date(newest));
    }
    for (const task of account.records("tasks")) context.tasksSynced.add(task.id);
    for (const object of ["companies", "contacts", "deals"] as const) {
      for (const record of account.records(object)) {
        const link = linkOf(record);
        const salesforce = link && org.get(link.salesforceObject, link.salesforceId);
        if (!salesforce) continue;
        keepBase(link.salesforceObject, salesforce, context);
        if (object === "companies") context.accountsOnceLinked.add(link.salesforceId);
      }
    }
  }

  function wait(reference: SyncReference): void {
    waiting.set(keyOf(reference), reference);
  }

  function noticeHubSpotChanges(): void {
    account.onChange(({ object, record, changed, source, created, replaced }) => {
      for (const id of replaced) forgetMerged({ object, hubspotId: id, salesforceObject: null, salesforceId: null });
      const entersList = object === "contacts" && hasEntered(record.id);
      if (source === "SALESFORCE") {
        if (object === "contacts" && linkOf(record) !== null) noticeTasksOf(record.id);
        return;
      }
      const names = [...Object.keys(changed), ...(object === "deals" && "pipeline" in changed ? ["dealstage"] : [])];
      if (!created && !entersList && !names.some((name) => mapped.has(`${object}.${name}`))) return;
      wait({ object, hubspotId: record.id, salesforceObject: null, salesforceId: null });
      if (!running || reactionTimer) return;
      reactionTimer = setTimeout(() => {
        reactionTimer = null;
        attempt("change");
      }, times.reactionMs);
    });
  }

  /** What a merged record waited or failed for is a matter of the one that it has become, which waits as a new one does. */
  function forgetMerged(reference: SyncReference): void {
    waiting.delete(keyOf(reference));
    failing.remove(reference);
    if (noticedOn && keyOf(noticedOn) === keyOf(reference)) noticedOn = null;
  }

  /** Whether a contact is in the inclusion list and wasn't when it was last looked at. */
  function hasEntered(contactId: string): boolean {
    const isMember = options.inclusionList !== null && (account.getList(options.inclusionList)?.addedAt.has(contactId) ?? false);
    if (!isMember) members.delete(contactId);
    if (!isMember || members.has(contactId)) return false;
    members.add(contactId);
    return true;
  }

  /** Tasks that waited for their contact to get to Salesforce. */
  function noticeTasksOf(contactId: string): void {
    for (const id of account.associations.of({ object: "contacts", id: contactId }, "tasks")) {
      if (!context.tasksSynced.has(id)) wait({ object: "tasks", hubspotId: id, salesforceObject: null, salesforceId: null });
    }
  }

  function noticeSalesforceChanges(): void {
    for (const object of SALESFORCE_OBJECTS) {
      for (const record of org.changedSince(object, watermarks.get(object) ?? new Date(0))) {
        watermarks.set(object, new Date(String(record.fields.SystemModstamp)));
        // What the integration user has written is not looked at again.
        if (record.fields.LastModifiedById === org.integrationUser.id) continue;
        wait(salesforceReference(object, record.id));
      }
    }
  }

  /** What has changed in Salesforce since the last look. */
  function unseenInSalesforce(): readonly SyncReference[] {
    return SALESFORCE_OBJECTS.flatMap((object) =>
      org
        .changedSince(object, watermarks.get(object) ?? new Date(0))
        .filter(({ fields }) => fields.LastModifiedById !== org.integrationUser.id)
        .map((record) => salesforceReference(object, record.id)),
    );
  }

  function salesforceReference(object: SalesforceObjectName, salesforceId: string): SyncReference {
    const reference = { object: HUBSPOT_OBJECT[object], hubspotId: null, salesforceObject: object, salesforceId };
    return withHubSpotId(reference, object, salesforceId);
  }

  /** A record goes by its HubSpot id as soon as it has one, so that it is listed once. */
  function withHubSpotId(reference: SyncReference, object: SalesforceObjectName, salesforceId: string): SyncReference {
    const hubspot = linkedInHubSpot(context, object, salesforceId);
    return hubspot ? { ...reference, hubspotId: hubspot.id } : reference;
  }

  /** What stops the whole sync before any record is touched, in the order in which HubSpot meets it. */
  function cause(): SuspensionKind | null {
    if (callsInWindow() >= settings.allocation) return "hubspot-api-limit-exceeded";
    countOwnCall();
    const refused = callSalesforce(context);
    if (refused) return refused;
    if (!mappingsAreWhole(context)) return "missing-field-mappings";
    return missingRights(org, context) ?? (isStuck() ? "unknown-error" : null);
  }

  function isStuck(): boolean {
    if (!settings.stuck) {
      stuckSince = null;
      return false;
    }
    stuckSince ??= now().getTime();
    if (now().getTime() - stuckSince < times.stuckForMs) return true;
    settings.stuck = false;
    stuckSince = null;
    return false;
  }

  function mayAttempt(trigger: Trigger): boolean {
    if (!suspension || trigger === "change" || trigger === "clear") return true;
    const byItself = resumesByItself(suspension.kind);
    if (trigger === "look" && byItself) return true;
    return now().getTime() - lastAttempt >= (byItself ? times.retestAfterMs : times.resumeAfterMs);
  }

  function attempt(trigger: Trigger): void {
    if (!mayAttempt(trigger)) return;
    lastAttempt = now().getTime();
    const stop = syncUntilStopped(trigger);
    noticedOn = stop?.at ?? null;
    if (!stop) suspension = null;
    else if (suspension?.kind !== stop.kind) suspension = { kind: stop.kind, since: now().toISOString() };
  }

  /** Syncs all there is; what stopped it, if something did. */
  function syncUntilStopped(trigger: Trigger): Stop | null {
    const kind = cause();
    if (kind) return { kind, at: noticedOn };
    // While suspended one record goes first: the one that ran into it.
    if (suspension && noticedOn) {
      const queue = new Map([[keyOf(noticedOn), noticedOn]]);
      const stop = sync(queue);
      for (const reference of queue.values()) wait(reference);
      if (stop) return stop;
    }
    if (trigger !== "change" || suspension) noticeSalesforceChanges();
    if (callsInWindow() < settings.allocation * RETRY_BELOW) for (const reference of failing.due(lastAttempt)) wait(reference);
    return sync(waiting);
  }

  function sync(queue: Map<string, SyncReference>): Stop | null {
    const result = syncWaiting({ ...passage, waiting: queue });
    if (result.stopped) return result.stopped;
    lockedPassages = result.allLocked ? lockedPassages + 1 : 0;
    const [locked] = queue.values();
    return lockedPassages >= 2 && locked ? { kind: "sf-org-locked", at: locked } : null;
  }

  rememberPresent();
  noticeHubSpotChanges();

  return {
    settings,
    truth: () => tellTruth(suspension, failing, context),
    further() {
      const unseen = suspension === null && !settings.stuck ? [] : [...waiting.values(), ...unseenInSalesforce()];
      return tellFurther([...[...failing.all()].map(({ reference }) => reference), ...unseen], context);
    },
    state: () => ({
      suspension,
      waiting: [...waiting.values()].filter((reference) => examine(reference, context).kind !== "nothing").length,
      callsInWindow: callsInWindow(),
      callsMade,
      writesMade: account.writes().reduce((sum, write) => (write.source === "SALESFORCE" ? sum + 1 : sum), 0),
    }),
    look: () => attempt("look"),
    react: () => attempt("change"),
    clear() {
      settings.stuck = false;
      attempt("clear");
      return suspension === null;
    },
    countCalls,
    start() {
      if (running) return;
      running = true;
      lookTimer = setInterval(() => attempt("timer"), times.lookEveryMs);
    },
    stop() {
      running = false;
      if (lookTimer) clearInterval(lookTimer);
      if (reactionTimer) clearTimeout(reactionTimer);
      lookTimer = null;
      reactionTimer = null;
    },
  };
}

/** Old single calls, summed up a minute at a time. */
function compact(calls: readonly { readonly at: number; readonly count: number }[]): { at: number; count: number }[] {
  const minutes = new Map<number, number>();
  for (const { at, count } of calls) {
    const minute = Math.floor(at / 60_000) * 60_000;
    minutes.set(minute, (minutes.get(minute) ?? 0) + count);
  }
  return [...minutes].map(([at, count]) => ({ at, count }));
}
