import fc from "fast-check";
import type { ListOutcome, Monitor, Requested } from "../../../src/monitor/monitor.ts";
import { createFakeMonitor } from "../fake-monitor.ts";
import { auditPreviewsOf, auditsOf, driftsOf } from "./audits.ts";
import { outcomesOf } from "./checks.ts";
import { backlogsOf, connectionsOf, suspensionsOf } from "./connections.ts";
import { fixPreviewsOf, formsOf } from "./dialogs.ts";
import { importsOf, listsOf } from "./errors.ts";
import { maybe, pageOf } from "./figures.ts";
import { savedOf } from "./repairs.ts";
import { allocationsOf, fixesOf, logEntriesOf, resyncPreviewsOf, resyncsOf, subscriptionsOf } from "./reports.ts";
import { affectedRecordsOf, errorPagesOf, errorsOf, events } from "./sync-errors.ts";
import type { Texts } from "./texts.ts";

/** The connections that people may name. */
export const NAMES = ["acme", "a&b", "<!channel>"] as const;

/** What people ask for and are answered in one way. */
const REQUESTS = [
  "setAllocation",
  "requestPoll",
  "acknowledge",
  "requestClear",
  "cancelClear",
  "mute",
  "unmute",
  "requestResync",
  "cancelResync",
  "requestFix",
  "cancelFix",
  "requestUndo",
  "saveSelection",
  "deleteSelection",
  "requestAudit",
  "cancelAudit",
  "changeSubscription",
  "removeSubscription",
] as const satisfies readonly (keyof Monitor)[];

function requestedOf({ said, person }: Texts): fc.Arbitrary<Requested> {
  return fc.oneof(
    fc.constant({ result: "accepted" as const, requestId: "R-1" }),
    fc.record({ result: fc.constant("joined" as const), requestId: fc.constant("R-1"), requestedBy: person }),
    fc.record({ result: fc.constant("declined" as const), why: said }),
  );
}

/** A monitor that answers anything. What it is asked for is done by the fake one. */
export function monitorsOf(texts: Texts): fc.Arbitrary<Monitor> {
  const why = fc.record({ why: texts.said });
  const looked = fc.record({
    report: connectionsOf(texts),
    suspension: maybe(suspensionsOf(texts)),
    error: maybe(errorsOf(texts)),
    errors: errorPagesOf(texts),
    history: fc.array(events, { maxLength: 6 }),
    records: pageOf(affectedRecordsOf(texts), 10),
    backlog: backlogsOf(texts),
    allocation: maybe(allocationsOf(texts)),
    log: pageOf(logEntriesOf(texts), 15),
    check: outcomesOf(texts),
    drift: pageOf(driftsOf(texts), 10),
  });
  const repaired = fc.record({
    requested: requestedOf(texts),
    resync: maybe(resyncsOf(texts)),
    resyncPreview: fc.oneof(resyncPreviewsOf(texts), why),
    fix: maybe(fixesOf(texts)),
    form: fc.oneof(formsOf(texts), why),
    fixPreview: fc.oneof(fixPreviewsOf(texts), why, fc.record({ problem: texts.said })),
    audit: maybe(auditsOf(texts)),
    auditPreview: fc.oneof(auditPreviewsOf(texts), why),
    list: fc.oneof<fc.Arbitrary<ListOutcome>[]>(
      listsOf(texts),
      fc.record({ outcome: fc.constant("declined" as const), why: texts.said }),
    ),
    imported: importsOf(texts),
    saved: fc.array(savedOf(texts), { maxLength: 5 }),
    subscription: maybe(subscriptionsOf(texts)),
    subscriptions: fc.array(subscriptionsOf(texts), { maxLength: 5 }),
    names: fc.subarray([...NAMES]),
  });
  return fc.tuple(looked, repaired).map(
    ([seen, made]): Monitor => ({
      ...createFakeMonitor(),
      connectionNames: () => made.names,
      ownerConnections: () => made.names,
      report: async () => seen.report,
      usage: async () => seen.report.api,
      currentSuspension: async () => seen.suspension,
      suspension: async () => seen.suspension,
      error: async () => seen.error,
      errors: async () => seen.errors,
      errorHistory: async () => seen.history,
      affectedRecords: async () => seen.records,
      backlog: async () => seen.backlog,
      allocation: async () => seen.allocation,
      actionLog: async () => seen.log,
      check: async () => seen.check,
      drift: async () => seen.drift,
      lastAudit: async () => ({ done: made.audit, running: made.audit }),
      resync: async () => made.resync,
      previewResync: async () => made.resyncPreview,
      fix: async () => made.fix,
      fixForm: async () => made.form,
      checkFix: async () => made.fixPreview,
      audit: async () => made.audit,
      previewAudit: async () => made.auditPreview,
      createHubSpotList: async () => made.list,
      importErrors: async () => made.imported,
      savedSelections: async () => made.saved,
      subscription: async () => made.subscription,
      subscriptions: async () => made.subscriptions,
      unsubscribe: async () => made.subscriptions,
      ...Object.fromEntries(REQUESTS.map((name) => [name, async () => made.requested])),
    }),
  );
}
