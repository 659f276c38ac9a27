import fc from "fast-check";
import type { ErrorFilter } from "../../../src/monitor/monitor.ts";
import { errorDetails, HISTORY_SHOWN, RECORDS_PER_PAGE } from "../../../src/slack/blocks/error-details.ts";
import { errorList } from "../../../src/slack/blocks/errors.ts";
import { hubspotListMessage } from "../../../src/slack/blocks/hubspot-list.ts";
import { importOutcome } from "../../../src/slack/blocks/import-summary.ts";
import { category, moment, number, object, pageOf } from "./figures.ts";
import { maker } from "./shown.ts";
import { affectedRecordsOf, errorPagesOf, errorsOf, events } from "./sync-errors.ts";
import type { Texts } from "./texts.ts";

const filter: fc.Arbitrary<ErrorFilter> = fc.record({ category, object }, { requiredKeys: [] });

export function listsOf({ words, url }: Texts) {
  return fc.record({
    outcome: fc.constant("made" as const),
    listId: fc.constant("7"),
    name: words,
    url,
    object,
    isNew: fc.boolean(),
    members: number,
    onlyInSalesforce: number,
    missing: number,
  });
}

export function importsOf({ said, person }: Texts) {
  const rejects = fc.array(fc.record({ line: number, reason: said }), { maxLength: 60, size: "max" });
  const summary = fc
    .record({ lines: number, new: number, confirmed: number, repeated: number, absent: number, more: number, rejects })
    .map(({ more, ...rest }) => ({ ...rest, notUnderstood: rest.rejects.length + more }));
  return fc.oneof(
    fc.record({ state: fc.constant("imported" as const), summary }),
    fc.record({ state: fc.constant("known" as const), importedBy: person, importedAt: moment, summary }),
    fc.record({ state: fc.constant("at-work" as const), importedBy: person }),
    fc.record({ state: fc.constant("unreadable" as const), why: said }),
  );
}

/** Sync errors as they are listed, explained, brought in and handed on. */
export const ERRORS = [
  maker(errorList, (texts) => fc.tuple(texts.name, filter, errorPagesOf(texts))),
  maker(errorDetails, (texts) =>
    fc.tuple(errorsOf(texts), fc.array(events, { maxLength: HISTORY_SHOWN }), pageOf(affectedRecordsOf(texts), RECORDS_PER_PAGE)),
  ),
  maker(hubspotListMessage, (texts) => fc.tuple(listsOf(texts))),
  maker(importOutcome, (texts) => fc.tuple(importsOf(texts), texts.words, texts.name)),
];
