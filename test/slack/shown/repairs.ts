import fc from "fast-check";
import { DRIFT_KINDS } from "../../../src/health/drift.ts";
import type { SavedSelection } from "../../../src/monitor/monitor.ts";
import { allocationMessage, allocationPreview, allocationSet } from "../../../src/slack/blocks/allocation.ts";
import { auditFindings, FINDINGS_PER_PAGE } from "../../../src/slack/blocks/audit-findings.ts";
import { auditPreview } from "../../../src/slack/blocks/audit-preview.ts";
import { auditOutcome, auditProgress } from "../../../src/slack/blocks/audit-progress.ts";
import { fixProgress } from "../../../src/slack/blocks/fix-progress.ts";
import { resyncPreview } from "../../../src/slack/blocks/resync-preview.ts";
import { resyncProgress } from "../../../src/slack/blocks/resync-progress.ts";
import { selectionsMessage } from "../../../src/slack/blocks/selections.ts";
import { auditPreviewsOf, auditsOf, driftsOf } from "./audits.ts";
import { category, errorId, maybe, moment, object, pageOf } from "./figures.ts";
import { allocationsOf, fixesOf, resyncPreviewsOf, resyncsOf } from "./reports.ts";
import { maker } from "./shown.ts";
import type { Texts } from "./texts.ts";

/** What somebody types has an end: what a button carries must come back with it. */
const typed = ({ words }: Texts, most: number) => words.map((text) => text.slice(0, most) || "x");

function partsOf(texts: Texts) {
  return fc.oneof(
    fc.record({ kind: fc.constant("error" as const), errorId }),
    fc.record({ kind: fc.constant("category" as const), category }),
    fc.record({ kind: fc.constant("object" as const), object }),
    fc.record({ kind: fc.constant("record" as const), record: typed(texts, 320) }),
  );
}

export function selectionsOf(texts: Texts) {
  const records = fc.array(fc.uuid(), { minLength: 1, maxLength: 15 });
  const name = texts.said.filter((said) => JSON.stringify(said).length < 300);
  return fc.oneof(
    partsOf(texts),
    fc.record({ kind: fc.constant("records" as const), records, name }),
    fc.record({ kind: fc.constant("saved" as const), name: typed(texts, 60) }),
    fc.constant({ kind: "all" as const }),
  );
}

export function savedOf(texts: Texts): fc.Arbitrary<SavedSelection> {
  return fc.record({
    name: typed(texts, 60),
    parts: fc.array(partsOf(texts), { minLength: 1, maxLength: 30 }),
    savedBy: texts.person,
    savedAt: moment,
  });
}

/** What puts things right: resyncs, fixes, audits, and the number that warnings go by. */
export const REPAIRS = [
  maker(resyncPreview, (texts) =>
    fc.tuple(resyncPreviewsOf(texts), selectionsOf(texts), fc.constantFrom(undefined, "old" as const)),
  ),
  maker(resyncProgress, (texts) => fc.tuple(resyncsOf(texts))),
  maker(selectionsMessage, (texts) => fc.tuple(texts.name, fc.array(savedOf(texts), { maxLength: 50, size: "max" }))),
  maker(fixProgress, (texts) => fc.tuple(fixesOf(texts))),
  maker(auditPreview, (texts) => fc.tuple(auditPreviewsOf(texts))),
  maker(auditProgress, (texts) => fc.tuple(auditsOf(texts))),
  maker(auditOutcome, (texts) => fc.tuple(auditsOf(texts))),
  maker(auditFindings, (texts) =>
    fc.tuple(auditsOf(texts), maybe(fc.constantFrom(...DRIFT_KINDS)), pageOf(driftsOf(texts), FINDINGS_PER_PAGE)),
  ),
  maker(allocationMessage, (texts) => fc.tuple(allocationsOf(texts))),
  maker(allocationPreview, (texts) => fc.tuple(allocationsOf(texts), fc.constantFrom(1, 15_000, 1_000_000_000))),
  maker(allocationSet, (texts) => fc.tuple(allocationsOf(texts))),
];
