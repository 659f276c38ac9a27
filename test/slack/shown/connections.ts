import fc from "fast-check";
import type { BacklogReport, ConnectionReport, DigestReport, SuspensionReport } from "../../../src/health/report.ts";
import { SUSPENSION_KINDS } from "../../../src/health/suspensions.ts";
import { CLEAR_STEPS } from "../../../src/monitor/actions/clear/progress.ts";
import { SYNCED_OBJECTS } from "../../../src/records/record.ts";
import { backlogReport, connectionReport, digest, suspension } from "../reports.ts";
import { categories, category, maybe, moment, number, span, stamp, system } from "./figures.ts";
import { errorsOf, evidenceOf, referencesOf, warningsOf } from "./sync-errors.ts";
import type { Texts } from "./texts.ts";

export const suspensionKind = fc.constantFrom(...SUSPENSION_KINDS);
const waiting = fc.record({ hubspot: number, salesforce: number });
const figures = fc.record({ oldestAt: maybe(moment), perHour: maybe(number), endsAt: maybe(moment) });

export function remainingOf({ said, url }: Texts) {
  return fc.array(fc.record({ kind: suspensionKind, statement: said, url }), { maxLength: 12 });
}

function clearingsOf(texts: Texts) {
  const { said, person } = texts;
  const step = fc.record({
    step: fc.constantFrom(...CLEAR_STEPS),
    state: fc.constantFrom("waiting" as const, "running" as const, "done" as const, "failed" as const),
    note: maybe(said),
  });
  return fc.record({
    requestId: fc.uuid(),
    requestedBy: person,
    expiresAt: maybe(moment),
    state: fc.constantFrom("running" as const, "done" as const, "failed" as const, "cancelled" as const, "expired" as const),
    steps: fc.array(step, { maxLength: 4 }),
    asksHubSpot: fc.boolean(),
    remaining: remainingOf(texts),
    cancelledBy: maybe(person),
    outcome: maybe(said),
  });
}

export function suspensionsOf(texts: Texts): fc.Arbitrary<SuspensionReport> {
  const { name, person, details, links } = texts;
  const cause = fc.record({ kind: suspensionKind, evidence: evidenceOf(texts), details });
  return fc
    .record({
      connection: name,
      state: fc.constantFrom("suspected" as const, "open" as const, "closed" as const),
      kind: suspensionKind,
      causes: fc.array(cause, { maxLength: 11, size: "max" }),
      openedAt: moment,
      causeGoneAt: maybe(moment),
      closedAt: maybe(moment),
      closeReason: fc.constantFrom("healed" as const, "cleared" as const, "blip" as const, null),
      acknowledgedBy: maybe(person),
      acknowledgedAt: maybe(moment),
      clearedBy: maybe(person),
      waiting,
      clearing: maybe(clearingsOf(texts)),
      backlog: figures,
      mostWaiting: number,
      flapping: maybe(fc.record({ times: number, since: moment, shortestMs: span, longestMs: span })),
      links,
    })
    .map(suspension);
}

export function apiOf() {
  return fc.record({
    used: maybe(number),
    max: maybe(number),
    asOf: maybe(moment),
    hubspotCalls: maybe(number),
    allocation: maybe(number),
    exhaustedAt: maybe(moment),
    perHour: maybe(number),
    samples: fc.array(fc.record({ at: moment, used: number }), { maxLength: 168 }),
  });
}

export function connectionsOf(texts: Texts): fc.Arbitrary<ConnectionReport> {
  return fc
    .record({
      connection: texts.name,
      state: fc.constantFrom("healthy" as const, "errors" as const, "suspended" as const, "unknown" as const),
      asOf: maybe(moment),
      problem: maybe(evidenceOf(texts)),
      suspension: maybe(suspensionsOf(texts)),
      categories: fc.array(fc.record({ category, errors: number, affectedRecords: number }), { maxLength: 8 }),
      warnings: fc.array(warningsOf(texts), { maxLength: 12 }),
      api: apiOf(),
      syncedToSalesforceAt: maybe(moment),
      syncedToHubSpotAt: maybe(moment),
      waiting,
      backlog: figures,
      links: texts.links,
    })
    .map(connectionReport);
}

export function backlogsOf(texts: Texts): fc.Arbitrary<BacklogReport> {
  const record = fc.record({ record: referencesOf(texts), changedIn: system, changedAt: moment });
  return fc
    .record({
      connection: texts.name,
      asOf: maybe(moment),
      suspended: fc.boolean(),
      waiting,
      figures,
      records: fc.array(record, { maxLength: 10, size: "max" }),
      more: fc.constantFrom(0, 1, 990_000),
      offset: fc.constantFrom(0, 10, 9_000),
      links: texts.links,
    })
    .map(({ more, ...rest }) => backlogReport({ ...rest, total: rest.offset + rest.records.length + more }));
}

export function digestsOf(texts: Texts): fc.Arbitrary<DigestReport> {
  const first = fc.array(errorsOf(texts), { maxLength: 5 });
  const count = fc.record({ errors: number, affectedRecords: number });
  const filter = fc.record({ categories: maybe(categories), objects: maybe(fc.subarray([...SYNCED_OBJECTS], { minLength: 1 })) });
  return fc
    .record({
      report: connectionsOf(texts),
      from: moment,
      to: moment,
      isFirst: fc.boolean(),
      filter: maybe(filter),
      appeared: fc.record({ total: number, first }),
      resolved: fc.record({ total: number, first }),
      grown: fc.record({ total: number, first, by: number }),
      muted: count,
      small: fc.record({ errors: number, affectedRecords: number, atLeast: number }),
      top: fc.array(errorsOf(texts), { maxLength: 30, size: "max" }),
      totalErrors: number,
      totalAffectedRecords: number,
      suspensions: fc.array(suspensionsOf(texts), { maxLength: 9 }),
      trend: fc.array(fc.record({ day: stamp.map((at) => at.slice(0, 10)), affectedRecords: number, errors: number }), {
        maxLength: 9,
      }),
    })
    .map(digest);
}
