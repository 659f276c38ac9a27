import fc from "fast-check";
import type { FixForm, FixWish } from "../../../src/monitor/monitor.ts";
import { sentenceMessage } from "../../../src/slack/answer.ts";
import { HISTORY_SHOWN, RECORDS_PER_PAGE } from "../../../src/slack/blocks/error-details.ts";
import { crmText } from "../../../src/slack/blocks/text.ts";
import { allocationDialog } from "../../../src/slack/views/allocation-dialog.ts";
import { fixConfirmation, fixDialog, fixNotice } from "../../../src/slack/views/fix-dialog.ts";
import { importDialog } from "../../../src/slack/views/import-dialog.ts";
import { muteDialog } from "../../../src/slack/views/mute-dialog.ts";
import { noticeDialog } from "../../../src/slack/views/notice-dialog.ts";
import { recordsDialog } from "../../../src/slack/views/records-dialog.ts";
import { resyncDialog } from "../../../src/slack/views/resync-dialog.ts";
import { subscriptionDialog } from "../../../src/slack/views/subscription-dialog.ts";
import { fixForm } from "../reports.ts";
import { direction, errorId, errorType, maybe, number, object, pageOf, stamp, system } from "./figures.ts";
import { selectionsOf } from "./repairs.ts";
import { allocationsOf, resyncPreviewsOf, subscriptionsOf } from "./reports.ts";
import { maker, plainMaker } from "./shown.ts";
import { affectedRecordsOf, errorsOf, events } from "./sync-errors.ts";
import type { Texts } from "./texts.ts";

const place = fc.record({ channel: maybe(fc.constant("C0REVOPS")), messageTs: maybe(fc.constant("1795341600.000100")) });
const key = fc.uuid().map((id) => `hubspot:contacts:${id}`);

function inputsOf({ words }: Texts): fc.Arbitrary<FixForm["input"]> {
  const option = fc.record({ value: words, label: words });
  const options = fc
    .uniqueArray(option, { maxLength: 320, selector: ({ value }) => value, size: "max" })
    .map((made) => made.map((one, index) => ({ ...one, key: `option-${index}` })));
  return fc.oneof(
    fc.record({ kind: fc.constant("choice" as const), options }),
    fc.record({
      kind: fc.constant("text" as const),
      maxLength: fc.integer({ min: 1, max: 3_000 }),
      multiline: fc.boolean(),
      isEmail: fc.boolean(),
    }),
  );
}

export function formsOf(texts: Texts): fc.Arbitrary<FixForm> {
  const { name, words, said } = texts;
  return fc
    .record({
      connection: name,
      errorId,
      type: errorType.map(({ type }) => type),
      direction,
      object,
      records: fc.uniqueArray(fc.record({ key, label: words }), { maxLength: 100, selector: (one) => one.key, size: "max" }),
      total: number,
      recordKey: key,
      record: words,
      system,
      label: words,
      before: maybe(words),
      seen: fc.constant("a1b2c3"),
      input: inputsOf(texts),
      part: maybe(words),
      proposal: fc.constant(null),
      sameValue: number,
      why: said,
    })
    .map(fixForm);
}

function wishesOf({ words }: Texts): fc.Arbitrary<FixWish> {
  return fc.record({ errorId, recordKey: key, seen: fc.constant("a1b2c3"), entered: words, all: fc.boolean() });
}

export function fixPreviewsOf({ words }: Texts) {
  return fc.record({
    system,
    label: words,
    before: maybe(words),
    after: maybe(words),
    records: number,
    record: words,
  });
}

function choicesOf() {
  return fc.record({
    records: number,
    isTicked: fc.constantFrom(
      () => true,
      () => false,
    ),
  });
}

/** A finished sentence, of any length. */
const sentence = ({ words }: Texts) => words.map((text) => crmText(text, 3_000).repeat(2));

/** What opens on top of a conversation. */
export const DIALOGS = [
  plainMaker(sentenceMessage, (texts) => fc.tuple(sentence(texts))),
  maker(noticeDialog, (texts) =>
    fc.tuple(
      texts.words.map((title) => title || "x"),
      sentence(texts),
    ),
  ),
  maker(fixNotice, (texts) => fc.tuple(sentence(texts))),
  maker(fixDialog, (texts) => fc.tuple(fc.oneof(formsOf(texts), fc.record({ why: texts.said })), place)),
  maker(fixConfirmation, (texts) => fc.tuple(fixPreviewsOf(texts), wishesOf(texts), place)),
  maker(resyncDialog, (texts) =>
    fc
      .tuple(resyncPreviewsOf(texts), selectionsOf(texts), place, stamp)
      .map(([preview, selection, from, at]) => [preview, { ...from, connection: preview.connection, selection, at }] as const),
  ),
  maker(recordsDialog, (texts) => {
    const page = fc.record({
      error: errorsOf(texts),
      history: fc.array(events, { maxLength: HISTORY_SHOWN }),
      records: pageOf(affectedRecordsOf(texts), RECORDS_PER_PAGE),
      choice: choicesOf(),
    });
    return fc
      .tuple(page, place, fc.nat(1_000_000))
      .map(([shown, from, times]) => [shown, { ...from, errorId: shown.error.id, offset: 0, shown: times }] as const);
  }),
  maker(muteDialog, (texts) =>
    fc.tuple(errorsOf(texts), place).map(([error, from]) => [error, { ...from, errorId: error.id }] as const),
  ),
  maker(importDialog, (texts) => {
    const file = fc.record({ id: fc.uuid(), name: fc.option(texts.words, { nil: undefined }) });
    const files = fc.array(file, { minLength: 1, maxLength: 120 });
    return fc.tuple(files, fc.uniqueArray(texts.name, { minLength: 1, maxLength: 120 }), place);
  }),
  maker(allocationDialog, (texts) =>
    fc.tuple(allocationsOf(texts), place).map(([report, from]) => [report, { ...from, connection: report.connection }] as const),
  ),
  maker(subscriptionDialog, (texts) =>
    fc.tuple(
      subscriptionsOf(texts),
      place.map((from) => ({ ...from, userId: "U0ADMIN" })),
    ),
  ),
];
