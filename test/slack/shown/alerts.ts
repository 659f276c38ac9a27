import fc from "fast-check";
import type { OwnerReport } from "../../../src/health/report.ts";
import type { Note, Problem } from "../../../src/monitor/announcements/announcement.ts";
import { digestMessage } from "../../../src/slack/blocks/digest.ts";
import { errorAlert } from "../../../src/slack/blocks/error-alert.ts";
import { groupAlert } from "../../../src/slack/blocks/group-alert.ts";
import { noteMessage } from "../../../src/slack/blocks/note.ts";
import { ownerChoice, ownerMessage } from "../../../src/slack/blocks/owner-message.ts";
import { problemMessage } from "../../../src/slack/blocks/problem.ts";
import { reminderMessage } from "../../../src/slack/blocks/reminder.ts";
import { suspensionAlert } from "../../../src/slack/blocks/suspension-alert.ts";
import { warningAlert } from "../../../src/slack/blocks/warning-alert.ts";
import { digestsOf, remainingOf, suspensionKind, suspensionsOf } from "./connections.ts";
import { errorId, errorType, maybe, moment, number, span, stamp } from "./figures.ts";
import { maker } from "./shown.ts";
import { errorsOf, referencesOf, warningsOf } from "./sync-errors.ts";
import type { Texts } from "./texts.ts";

function problemsOf({ words, said }: Texts): fc.Arbitrary<Problem> {
  const at = stamp;
  return fc.oneof(
    fc.record({
      about: fc.constantFrom("hubspot-unreachable" as const, "salesforce-unreachable" as const),
      statement: said,
      instruction: said,
      at,
    }),
    fc.record({ about: fc.constantFrom("hubspot-recovered" as const, "salesforce-recovered" as const), at }),
    fc.record({ about: fc.constant("job-abandoned" as const), job: words, statement: said, at }),
  );
}

/** One arbitrary for each kind of note: none can be left out. */
type NoteArbitraries = {
  readonly [About in Note["about"]]: fc.Arbitrary<Omit<Extract<Note, { readonly about: About }>, "about" | "at">>;
};

function notesOf(texts: Texts): fc.Arbitrary<Note> {
  const { words, said, person, url } = texts;
  const by = person;
  const nothing = fc.constant({});
  const kinds = fc.array(fc.oneof(suspensionKind, words), { maxLength: 12 });
  const arbitraries: NoteArbitraries = {
    "suspension-unacknowledged": fc.record({ since: stamp, times: number }),
    "suspension-acknowledged": fc.record({ by }),
    "suspension-worsened": fc.record({ kinds }),
    "suspension-healed": fc.record({ durationMs: span, waiting: number }),
    "suspension-cleared": fc.record({ by, durationMs: span, waiting: number }),
    "suspension-returned": fc.record({ times: number, since: stamp }),
    "suspension-over": fc.record({
      kind: fc.oneof(suspensionKind, words),
      durationMs: span,
      times: number,
      acknowledgedBy: maybe(by),
      clearedBy: maybe(by),
      mostWaiting: number,
      inError: number,
      resynced: number,
      left: number,
    }),
    "clear-started": fc.record({ by }),
    "clear-failed": fc.record({ by, why: said, remaining: remainingOf(texts) }),
    "clear-asks-hubspot": fc.record({ by, url, until: maybe(stamp) }),
    "clear-cancelled": fc.record({ by }),
    "clear-expired": fc.record({ by, why: said }),
    "error-resolved": nothing,
    "error-speaks-again": fc.record({ mutedBy: maybe(by), before: number, records: number }),
    "error-muted": fc.record({ by, until: maybe(stamp), reason: maybe(words) }),
    "error-unmuted": fc.record({ by }),
    "warning-over": nothing,
    "resync-finished": fc.record({ by, outcome: said }),
    "fix-finished": fc.record({ by, isUndo: fc.boolean(), outcome: said }),
    "audit-finished": fc.record({ by, outcome: said }),
  };
  const notes = Object.entries(arbitraries).map(([about, rest]) =>
    fc.tuple(rest as fc.Arbitrary<object>, stamp).map(([values, at]) => ({ about, at, ...values }) as Note),
  );
  return fc.oneof(...notes);
}

function groupsOf(texts: Texts) {
  return fc.record({
    connection: texts.name,
    errors: fc.array(errorsOf(texts), { maxLength: 80, size: "max" }),
    warnings: fc.array(warningsOf(texts), { maxLength: 9 }),
    quiet: maybe(fc.record({ from: moment, to: moment })),
  });
}

function ownersOf(texts: Texts): fc.Arbitrary<OwnerReport> {
  const record = fc.record({ record: referencesOf(texts), errorId, type: errorType.map(({ type }) => type) });
  return fc
    .record({
      connection: texts.name,
      records: fc.array(record, { maxLength: 20, size: "max" }),
      more: number,
      links: texts.links,
    })
    .map(({ more, ...rest }) => ({ ...rest, total: rest.records.length + more }));
}

/** What the bot says of its own accord. */
export const ALERTS = [
  maker(suspensionAlert, (texts) => fc.tuple(suspensionsOf(texts))),
  maker(reminderMessage, (texts) => fc.tuple(suspensionsOf(texts))),
  maker(errorAlert, (texts) => fc.tuple(errorsOf(texts))),
  maker(warningAlert, (texts) => fc.tuple(warningsOf(texts))),
  maker(groupAlert, (texts) => fc.tuple(groupsOf(texts), fc.array(problemsOf(texts), { maxLength: 4 }))),
  maker(digestMessage, (texts) => fc.tuple(digestsOf(texts))),
  maker(noteMessage, (texts) => fc.tuple(notesOf(texts))),
  maker(problemMessage, (texts) => fc.tuple(texts.name, problemsOf(texts))),
  maker(ownerMessage, (texts) => fc.tuple(ownersOf(texts))),
  maker(ownerChoice, () => fc.tuple(fc.boolean())),
];
