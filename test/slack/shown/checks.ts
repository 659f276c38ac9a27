import fc from "fast-check";
import type { Finding } from "../../../src/health/sync-errors.ts";
import type { CheckOutcome, CheckReport, FieldVerdict, Pairing } from "../../../src/monitor/check/check-report.ts";
import { SYNC_RULES } from "../../../src/records/mapping.ts";
import { checkAnswer, lookingAt } from "../../../src/slack/blocks/check.ts";
import { checkReport } from "../reports.ts";
import { suspensionKind } from "./connections.ts";
import { direction, errorType, maybe, moment, salesforceObject, system } from "./figures.ts";
import { maker } from "./shown.ts";
import { errorsOf, evidenceOf, referencesOf } from "./sync-errors.ts";
import type { Texts } from "./texts.ts";

const PAIRINGS = [
  "linked",
  "partner-deleted",
  "partner-missing",
  "by-email",
  "to-be-created-in-salesforce",
  "to-be-created-in-hubspot",
  "none",
  "not-known",
] as const satisfies readonly Pairing["state"][];

function verdictsOf({ said }: Texts) {
  return fc.oneof(
    fc.constantFrom({ state: "in-step" as const }, { state: "in-error" as const }),
    fc.record({ state: fc.constant("waiting" as const), direction, since: moment, isDue: fc.boolean() }),
    fc.record({ state: fc.constant("old-difference" as const), since: moment, bySync: fc.boolean() }),
    fc.record({ state: fc.constantFrom("excluded" as const, "not-known" as const), why: said }),
  );
}

function pairingsOf(texts: Texts): fc.Arbitrary<Pairing> {
  const { words } = texts;
  const records = fc.array(referencesOf(texts), { maxLength: 9 });
  const concern = fc.oneof(
    fc.record({ kind: fc.constantFrom("shared" as const, "same-email" as const), records }),
    fc.record({ kind: fc.constant("wrong-object" as const), id: words, expected: salesforceObject }),
    fc.constant({ kind: "converted-lead" as const }),
    fc.record({ kind: fc.constant("other-email" as const), hubspot: words, salesforce: words }),
  );
  return fc.record({
    state: fc.constantFrom(...PAIRINGS),
    property: maybe(words),
    object: maybe(salesforceObject),
    id: maybe(words),
    concerns: fc.array(concern, { maxLength: 4 }),
  });
}

const fieldVerdict: fc.Arbitrary<FieldVerdict> = fc.oneof(
  fc.constant({ verdict: "same" as const }),
  fc.record({ verdict: fc.constant("travels" as const), direction, since: moment }),
  fc.record({
    verdict: fc.constant("left" as const),
    because: fc.constantFrom(
      "rule" as const,
      "not-synced" as const,
      "not-writable" as const,
      "no-counterpart" as const,
      "owned-by-sync" as const,
    ),
  }),
  fc.record({ verdict: fc.constant("unreadable" as const), side: system }),
  fc.record({ verdict: fc.constant("new" as const), direction }),
);

function findingsOf(texts: Texts): fc.Arbitrary<Finding> {
  const { words, details } = texts;
  return fc.record({
    type: errorType.map(({ type }) => type),
    direction,
    record: referencesOf(texts),
    hubspotProperty: maybe(words),
    salesforceField: maybe(words),
    cause: words,
    value: maybe(words),
    details,
    evidence: evidenceOf(texts),
  });
}

function checksOf(texts: Texts): fc.Arbitrary<CheckReport> {
  const { name, words, links } = texts;
  const field = fc.record({
    hubspotProperty: words,
    salesforceField: words,
    rule: fc.constantFrom(...SYNC_RULES),
    hubspotValue: maybe(words),
    salesforceValue: maybe(words),
    verdict: fieldVerdict,
    changed: maybe(fc.record({ at: moment, source: words })),
  });
  const trial = fc.oneof(
    fc.constantFrom({ state: "not-needed" as const }, { state: "refused" as const }, { state: "nothing-refused" as const }),
    fc.record({ state: fc.constant("tried-before" as const), at: moment }),
    fc.record({
      state: fc.constant("not-tried" as const),
      because: fc.constantFrom("off" as const, "grace" as const, "suspended" as const, "undecided" as const),
    }),
  );
  return fc
    .record({
      connection: name,
      at: moment,
      record: referencesOf(texts),
      verdict: verdictsOf(texts),
      pairing: pairingsOf(texts),
      inclusion: maybe(fc.record({ list: words, isMember: fc.boolean() })),
      fields: fc.array(field, { maxLength: 120, size: "max" }),
      reasons: fc.array(fc.record({ finding: findingsOf(texts), open: maybe(errorsOf(texts)) }), { maxLength: 8 }),
      lastSync: fc.record({ stampedAt: maybe(moment), toHubSpotAt: maybe(moment), toSalesforceAt: maybe(moment) }),
      trial,
      suspension: maybe(fc.record({ kind: suspensionKind, openedAt: moment })),
      links,
    })
    .map(checkReport);
}

export function outcomesOf(texts: Texts): fc.Arbitrary<CheckOutcome> {
  const records = fc.array(referencesOf(texts), { minLength: 2, maxLength: 60 });
  return fc.oneof(
    { weight: 5, arbitrary: fc.record({ outcome: fc.constant("checked" as const), report: checksOf(texts) }) },
    fc.record({ outcome: fc.constant("several" as const), records, links: texts.links }),
    fc.record({
      outcome: fc.constant("not-found" as const),
      looked: fc.subarray(["hubspot", "salesforce"] as const, { minLength: 1 }),
    }),
    fc.record({ outcome: fc.constant("declined" as const), why: texts.said }),
  );
}

/** One record, looked at live. */
export const CHECKS = [
  maker(lookingAt, (texts) => fc.tuple(texts.words)),
  maker(checkAnswer, (texts) =>
    fc.tuple(
      outcomesOf(texts),
      fc.record({ word: texts.words, connection: texts.name, mayResync: fc.boolean(), all: fc.boolean() }),
    ),
  ),
];
