import fc from "fast-check";
import type { AffectedRecordReport, SyncErrorEvent, SyncErrorReport, WarningReport } from "../../../src/health/report.ts";
import type { RecordReference } from "../../../src/health/sync-errors.ts";
import { WARNING_KINDS } from "../../../src/health/warnings.ts";
import type { ErrorsPage } from "../../../src/monitor/monitor.ts";
import { ERRORS_PER_PAGE } from "../../../src/slack/blocks/errors.ts";
import { affectedRecord, syncError } from "../reports.ts";
import { direction, errorId, errorType, maybe, moment, number, object, pageOf, salesforceObject, stamp } from "./figures.ts";
import type { Texts } from "./texts.ts";

export function evidenceOf({ said, person }: Texts) {
  return fc.oneof(
    fc.record({ at: stamp, statement: said }),
    fc.record({ at: stamp, statement: said, importedBy: person }),
    fc.record({ at: fc.constant(""), statement: said }),
  );
}

const ids = fc.constantFrom(
  { hubspotId: "101", salesforceId: "003000000000001AAA" },
  { hubspotId: "99999999999", salesforceId: null },
  { hubspotId: null, salesforceId: "003000000000001AAA" },
);

export function referencesOf({ words }: Texts): fc.Arbitrary<RecordReference> {
  return fc
    .record({ ids, object, salesforceObject: maybe(salesforceObject), label: words })
    .map(({ ids: of, ...rest }) => ({ ...rest, ...of }));
}

export function errorsOf(texts: Texts): fc.Arbitrary<SyncErrorReport> {
  const { words, name, person, details, links } = texts;
  return fc
    .record({
      typed: errorType,
      id: errorId,
      connection: name,
      direction,
      object,
      details,
      evidence: evidenceOf(texts),
      hubspotProperty: maybe(words),
      salesforceField: maybe(words),
      affectedRecords: number,
      firstSeenAt: moment,
      openedAt: moment,
      occurrences: fc.integer({ min: 1, max: 1_000_000 }),
      lastSeenAt: moment,
      resolvedAt: maybe(moment),
      mute: maybe(fc.record({ until: maybe(moment), by: maybe(person), reason: maybe(words) })),
      links,
    })
    .map(({ typed: { category, type }, ...rest }) => syncError({ category, type, ...rest }));
}

export function errorPagesOf(texts: Texts): fc.Arbitrary<ErrorsPage> {
  return fc
    .record({ page: pageOf(errorsOf(texts), ERRORS_PER_PAGE), asOf: maybe(moment) })
    .map(({ page, asOf }) => ({ ...page, asOf }));
}

export const events: fc.Arbitrary<SyncErrorEvent> = fc.record({
  at: moment,
  kind: fc.constantFrom(
    "opened" as const,
    "resolved" as const,
    "reopened" as const,
    "continues" as const,
    "continued-as" as const,
  ),
  otherId: maybe(errorId),
});

export function affectedRecordsOf(texts: Texts): fc.Arbitrary<AffectedRecordReport> {
  const { words } = texts;
  const others = fc.array(fc.record({ errorId, type: errorType.map(({ type }) => type) }), { maxLength: 12 });
  return fc
    .record({
      reference: referencesOf(texts),
      key: fc.uuid().map((id) => `hubspot:contacts:${id}`),
      value: maybe(words),
      evidence: evidenceOf(texts),
      firstSeenAt: moment,
      before: others,
      after: others,
    })
    .map(({ reference, ...rest }) => affectedRecord({ ...reference, ...rest }));
}

export function warningsOf(texts: Texts): fc.Arbitrary<WarningReport> {
  return fc.record({
    id: fc.uuid(),
    connection: texts.name,
    key: texts.words,
    kind: fc.constantFrom(...WARNING_KINDS),
    details: texts.details,
    evidence: evidenceOf(texts),
    openedAt: moment,
    lastSeenAt: moment,
    closedAt: maybe(moment),
    links: texts.links,
  });
}
