import fc from "fast-check";
import type { FixReport, ResyncReport } from "../../../src/health/report.ts";
import { LANGUAGE_TAGS } from "../../../src/language/tags.ts";
import type { ActionLogEntry, AllocationReport, ResyncPreview, Subscription } from "../../../src/monitor/monitor.ts";
import { SYNCED_OBJECTS } from "../../../src/records/record.ts";
import { fixReport, resyncPreviewOf, resyncReport, subscription } from "../reports.ts";
import { categories, maybe, moment, number, span, system } from "./figures.ts";
import type { Texts } from "./texts.ts";

const STATES = ["requested", "running", "verifying", "done", "failed", "cancelled", "expired"] as const;
export const requestState = fc.constantFrom(...STATES);
export const cost = fc.record({ salesforce: number, hubspot: number });
export const seconds = fc.nat(1_000_000);

export function reasonsOf({ said }: Texts) {
  return fc.array(fc.record({ reason: said, records: number }), { maxLength: 40 });
}

export function resyncsOf(texts: Texts): fc.Arbitrary<ResyncReport> {
  const { name, said, person } = texts;
  return fc
    .record({
      connection: name,
      target: said,
      requestedBy: person,
      requestedAt: moment,
      strategy: fc.constantFrom("touch" as const, "write" as const),
      state: requestState,
      total: number,
      sent: number,
      synced: number,
      failing: number,
      changed: number,
      skipped: number,
      gone: number,
      reasons: reasonsOf(texts),
      pause: maybe(said),
      finishedAt: maybe(moment),
      outcome: maybe(said),
    })
    .map(resyncReport);
}

export function resyncPreviewsOf({ name, said }: Texts): fc.Arbitrary<ResyncPreview> {
  return fc
    .record({
      connection: name,
      target: said,
      records: number,
      strategy: fc.constantFrom("touch" as const, "write" as const),
      cost,
      seconds,
      salesforceLeft: maybe(number),
      runsShort: fc.boolean(),
      pause: maybe(said),
      at: moment,
    })
    .map(resyncPreviewOf);
}

export function fixesOf(texts: Texts): fc.Arbitrary<FixReport> {
  const { name, words, said, person } = texts;
  return fc
    .record({
      connection: name,
      target: said,
      isUndo: fc.boolean(),
      system,
      label: words,
      before: maybe(words),
      after: maybe(words),
      requestedBy: person,
      requestedAt: moment,
      state: requestState,
      total: number,
      written: number,
      synced: number,
      failing: number,
      left: number,
      gone: number,
      reasons: reasonsOf(texts),
      pause: maybe(said),
      outcome: maybe(said),
      finishedAt: maybe(moment),
      standing: number,
      undone: number,
      undoneBy: maybe(person),
    })
    .map(fixReport);
}

export function allocationsOf({ name, person, links }: Texts): fc.Arbitrary<AllocationReport> {
  return fc.record({
    connection: name,
    calls: maybe(number),
    set: maybe(fc.record({ by: person, at: moment })),
    configured: maybe(number),
    hubspotCalls: maybe(number),
    max: maybe(number),
    links,
  });
}

export function subscriptionsOf({ name, person, timeZone }: Texts): fc.Arbitrary<Subscription> {
  const time = fc.constantFrom("00:00", "09:30", "23:59");
  const cadence = fc.oneof(
    fc.record({ kind: fc.constant("immediate" as const) }),
    fc.record({ kind: fc.constantFrom("daily" as const, "weekdays" as const), time, timeZone }),
    fc.record({ kind: fc.constant("weekly" as const), weekday: fc.nat(6), time, timeZone }),
  );
  return fc
    .record({
      id: fc.uuid(),
      connection: name,
      cadence,
      categories: maybe(categories),
      objects: maybe(fc.subarray([...SYNCED_OBJECTS], { minLength: 1 })),
      atLeast: fc.constantFrom(1, 2, 1_000_000),
      quietWhenHealthy: fc.boolean(),
      quietHours: maybe(fc.record({ from: time, to: time, timeZone })),
      changes: fc.constantFrom("thread" as const, "channel" as const),
      language: maybe(fc.constantFrom(...LANGUAGE_TAGS)),
      reminder: maybe(fc.record({ channel: fc.constant("C0LEADS"), afterMs: span.map((ms) => Math.max(60_000, ms)) })),
      createdBy: person,
    })
    .map(subscription);
}

export function logEntriesOf(texts: Texts): fc.Arbitrary<ActionLogEntry> {
  const { name, words, said, person } = texts;
  const written = fc.record({ requestId: fc.uuid(), standing: number, undone: number, undoneBy: maybe(person) });
  return fc.record({
    at: moment,
    connection: maybe(name),
    userId: person,
    action: fc.oneof(words, fc.constantFrom("resync", "clear", "import sync errors")),
    target: maybe(said),
    outcome: fc.constantFrom("done" as const, "requested" as const, "refused" as const, "failed" as const),
    detail: maybe(said),
    allowedAs: maybe(said),
    fix: maybe(written),
  });
}
