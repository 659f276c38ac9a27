import fc from "fast-check";
import { DRIFT_KINDS } from "../../../src/health/drift.ts";
import type { AuditReport, DriftReport } from "../../../src/health/report.ts";
import type { AuditPreview } from "../../../src/monitor/monitor.ts";
import { SYNCED_OBJECTS } from "../../../src/records/record.ts";
import { auditReport } from "../reports.ts";
import { direction, maybe, moment, number, system } from "./figures.ts";
import { cost, requestState, seconds } from "./reports.ts";
import { referencesOf } from "./sync-errors.ts";
import type { Texts } from "./texts.ts";

export function driftsOf(texts: Texts): fc.Arbitrary<DriftReport> {
  const { words } = texts;
  const value = fc.record({
    hubspotProperty: words,
    salesforceField: words,
    direction,
    hubspotValue: maybe(words),
    salesforceValue: maybe(words),
  });
  const details = fc.record(
    {
      values: fc.array(value, { maxLength: 5 }),
      differing: number,
      others: fc.array(fc.record({ system, object: words, id: words }), { maxLength: 5 }),
      otherCount: number,
      fate: fc.constantFrom("deleted" as const, "merged" as const, "not-found" as const),
      mergedInto: fc.constant("003000000000009AAA"),
      reason: fc.constantFrom("converted" as const, "another-matches" as const),
      match: words,
    },
    { requiredKeys: [] },
  );
  return fc.record({ kind: fc.constantFrom(...DRIFT_KINDS), record: referencesOf(texts), details, isNew: fc.boolean() });
}

export function auditsOf(texts: Texts): fc.Arbitrary<AuditReport> {
  const { name, words, said, person, links } = texts;
  const at = fc.oneof(
    fc.record({ doing: fc.constant("reading" as const), system, object: words }),
    fc.constantFrom({ doing: "reading-members" as const }, { doing: "comparing" as const }),
    fc.record({ doing: fc.constant("verifying" as const), looked: number, candidates: number }),
  );
  return fc
    .record({
      connection: name,
      requestedBy: person,
      requestedAt: moment,
      state: requestState,
      at: maybe(at),
      read: fc.array(fc.record({ system, object: words, records: number, expected: maybe(number) }), { maxLength: 9 }),
      unread: fc.array(fc.record({ object: words, why: words }), { maxLength: 7 }),
      calls: cost,
      found: fc
        .subarray([...DRIFT_KINDS])
        .chain((kinds) => fc.tuple(...kinds.map((kind) => fc.record({ kind: fc.constant(kind), found: number, fresh: number })))),
      hasEarlier: fc.boolean(),
      examples: fc.array(driftsOf(texts), { maxLength: 24, size: "max" }),
      left: fc.record({ byRule: number, inError: number, waiting: number }),
      pause: maybe(said),
      finishedAt: maybe(moment),
      outcome: maybe(said),
      links,
    })
    .map(auditReport);
}

export function auditPreviewsOf({ name, words }: Texts): fc.Arbitrary<AuditPreview> {
  return fc.record({
    connection: name,
    records: fc.dictionary(fc.constantFrom(...SYNCED_OBJECTS, "Contact", "Lead", "Account"), number, { noNullPrototype: true }),
    uncounted: fc.array(words, { maxLength: 5 }),
    cost,
    seconds,
    salesforceCallsADay: maybe(number),
    running: maybe(words),
  });
}
