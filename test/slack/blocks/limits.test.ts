import fc from "fast-check";
import { expect, test } from "vitest";
import type {
  AffectedRecordReport,
  ConnectionReport,
  DigestReport,
  SyncErrorEvent,
  SyncErrorReport,
  WarningReport,
} from "../../../src/health/report.ts";
import { SUSPENSION_KINDS } from "../../../src/health/suspensions.ts";
import { SYNC_ERROR_TYPES_BY_CATEGORY, type SyncErrorCategory, type SyncErrorType } from "../../../src/health/sync-errors.ts";
import { WARNING_KINDS } from "../../../src/health/warnings.ts";
import { ENGLISH } from "../../../src/language/language.ts";
import { CLEAR_STEPS } from "../../../src/monitor/actions/clear/progress.ts";
import { SYNCED_OBJECTS } from "../../../src/records/record.ts";
import { faultsOfBlocks } from "../../../src/sandbox/slack/block-kit/blocks.ts";
import { backlogMessage } from "../../../src/slack/blocks/backlog.ts";
import { digestMessage } from "../../../src/slack/blocks/digest.ts";
import { errorAlert } from "../../../src/slack/blocks/error-alert.ts";
import { errorDetails, HISTORY_SHOWN } from "../../../src/slack/blocks/error-details.ts";
import { errorList } from "../../../src/slack/blocks/errors.ts";
import { fixProgress } from "../../../src/slack/blocks/fix-progress.ts";
import { groupAlert } from "../../../src/slack/blocks/group-alert.ts";
import { commandHelp, helpMessage, unknownCommand } from "../../../src/slack/blocks/help.ts";
import { logMessage } from "../../../src/slack/blocks/log.ts";
import { type Message, weight } from "../../../src/slack/blocks/message.ts";
import { noteMessage } from "../../../src/slack/blocks/note.ts";
import { problemMessage } from "../../../src/slack/blocks/problem.ts";
import { reminderMessage } from "../../../src/slack/blocks/reminder.ts";
import { resyncPreview } from "../../../src/slack/blocks/resync-preview.ts";
import { resyncProgress } from "../../../src/slack/blocks/resync-progress.ts";
import { statusMessage } from "../../../src/slack/blocks/status.ts";
import { subscriptionList } from "../../../src/slack/blocks/subscriptions.ts";
import { suspensionAlert } from "../../../src/slack/blocks/suspension-alert.ts";
import { usageMessage } from "../../../src/slack/blocks/usage.ts";
import { warningAlert } from "../../../src/slack/blocks/warning-alert.ts";
import { COMMANDS } from "../../../src/slack/commands/table.ts";
import { homeView } from "../../../src/slack/home/home-view.ts";
import { fixConfirmation, fixDialog } from "../../../src/slack/views/fix-dialog.ts";
import { resyncDialog } from "../../../src/slack/views/resync-dialog.ts";
import { witness } from "../../support/witness.ts";
import {
  affectedRecord,
  backlogReport,
  connectionReport,
  digest,
  fixForm,
  fixReport,
  LINKS,
  logEntry,
  NOW,
  resyncPreviewOf,
  resyncReport,
  subscription,
  suspension,
  syncError,
} from "../reports.ts";

const words = fc.oneof(
  fc.string({ unit: "binary", maxLength: 3_000 }),
  fc.constantFrom(
    "",
    "<!channel>",
    "<@U0ADMIN>".repeat(300),
    "&".repeat(2_000),
    "<".repeat(4_000),
    "💥".repeat(2_000),
    "@here \n * _ ` ~",
    "مرحبا \u202e<!here> ‏عميل",
    "👩‍👩‍👧‍👦".repeat(270),
    "a".repeat(3_000),
    "*bold* _not_ `code` ~gone~ <https://example.com|link>",
  ),
);
const name = fc.oneof(fc.constantFrom("acme", "<!channel>", "a & b"), fc.string({ minLength: 1, maxLength: 80 }));
const number = fc.oneof(fc.nat(5), fc.nat(10_000_000));
const moment = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
const details = fc.dictionary(
  fc.constantFrom("rule", "option", "field", "object", "owner", "account", "trigger", "limit", "max", "message"),
  words,
);
const evidence = fc.record({ at: moment.map((at) => at.toISOString()), statement: words });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const links = fc.constantFrom(LINKS, { syncHealth: null, hubspotBase: null, salesforceBase: null });
const categories = Object.keys(SYNC_ERROR_TYPES_BY_CATEGORY) as SyncErrorCategory[];
const typed: readonly { category: SyncErrorCategory; type: SyncErrorType }[] = categories.flatMap((category) =>
  SYNC_ERROR_TYPES_BY_CATEGORY[category].map((type) => ({ category, type })),
);

const errors: fc.Arbitrary<SyncErrorReport> = fc
  .record({
    typed: fc.constantFrom(...typed),
    connection: name,
    object: fc.constantFrom(...SYNCED_OBJECTS),
    details,
    evidence,
    hubspotProperty: maybe(words),
    salesforceField: maybe(words),
    affectedRecords: number,
    firstSeenAt: moment,
    openedAt: moment,
    occurrences: fc.integer({ min: 1, max: 1_000_000 }),
    lastSeenAt: moment,
    resolvedAt: maybe(moment),
    mute: maybe(fc.record({ until: maybe(moment), by: maybe(words), reason: maybe(words) })),
    links,
  })
  .map(({ typed: { category, type }, ...rest }) => syncError({ category, type, ...rest }));

const events: fc.Arbitrary<SyncErrorEvent> = fc.record({
  at: moment,
  kind: fc.constantFrom(
    "opened" as const,
    "resolved" as const,
    "reopened" as const,
    "continues" as const,
    "continued-as" as const,
  ),
  otherId: maybe(words),
});

const records: fc.Arbitrary<AffectedRecordReport> = fc
  .record({
    label: words,
    value: maybe(words),
    hubspotId: maybe(words),
    salesforceId: maybe(words),
    evidence,
    firstSeenAt: moment,
  })
  .map(affectedRecord);

const warnings: fc.Arbitrary<WarningReport> = fc.record({
  id: fc.uuid(),
  connection: name,
  key: words,
  kind: fc.constantFrom(...WARNING_KINDS),
  details,
  evidence,
  openedAt: moment,
  lastSeenAt: moment,
  closedAt: maybe(moment),
  links,
});

const CLEAR_STATES = ["running", "done", "failed", "cancelled", "expired"] as const;
const remains = fc.array(
  fc.record({
    kind: fc.constantFrom(...SUSPENSION_KINDS),
    statement: words,
    url: maybe(fc.constantFrom("https://acme.example/setup", `https://acme.example/${"x".repeat(3_000)}`)),
  }),
  { maxLength: 12 },
);

const suspensions = fc
  .record({
    connection: name,
    state: fc.constantFrom("suspected" as const, "open" as const, "closed" as const),
    kind: fc.constantFrom(...SUSPENSION_KINDS),
    causes: fc.array(fc.record({ kind: fc.constantFrom(...SUSPENSION_KINDS), evidence, details }), { maxLength: 11 }),
    closedAt: maybe(moment),
    closeReason: fc.constantFrom("healed" as const, "cleared" as const, "blip" as const, null),
    acknowledgedBy: maybe(words),
    clearedBy: maybe(words),
    waiting: fc.record({ hubspot: number, salesforce: number }),
    clearing: maybe(
      fc.record({
        requestId: fc.uuid(),
        requestedBy: words,
        expiresAt: maybe(moment),
        state: fc.constantFrom(...CLEAR_STATES),
        steps: fc.array(
          fc.record({
            step: fc.constantFrom(...CLEAR_STEPS),
            state: fc.constantFrom("waiting" as const, "running" as const, "done" as const, "failed" as const),
            note: maybe(words),
          }),
          { maxLength: 4 },
        ),
        asksHubSpot: fc.boolean(),
        remaining: remains,
        cancelledBy: maybe(words),
        outcome: maybe(words),
      }),
    ),
    backlog: fc.record({ oldestAt: maybe(moment), perHour: maybe(number), endsAt: maybe(moment) }),
    mostWaiting: number,
    flapping: maybe(fc.record({ times: number, since: moment, shortestMs: number, longestMs: number })),
    links,
  })
  .map(suspension);

const reports: fc.Arbitrary<ConnectionReport> = fc
  .record({
    connection: name,
    state: fc.constantFrom("healthy" as const, "errors" as const, "suspended" as const, "unknown" as const),
    asOf: maybe(moment),
    problem: maybe(evidence),
    suspension: maybe(suspensions),
    categories: fc.array(fc.record({ category: fc.constantFrom(...categories), errors: number, affectedRecords: number }), {
      maxLength: 8,
    }),
    warnings: fc.array(warnings, { maxLength: 12 }),
    api: fc.record({
      used: maybe(number),
      max: maybe(number),
      asOf: maybe(moment),
      hubspotCalls: maybe(number),
      allocation: maybe(number),
      exhaustedAt: maybe(moment),
      perHour: maybe(number),
      samples: fc.array(fc.record({ at: moment, used: number }), { maxLength: 168 }),
    }),
    waiting: fc.record({ hubspot: number, salesforce: number }),
  })
  .map(connectionReport);

const changes = fc.record({ total: number, first: fc.array(errors, { maxLength: 5 }) });

const groups = fc.record({
  connection: fc.constant("acme"),
  errors: fc.array(errors, { maxLength: 80 }),
  warnings: fc.array(warnings, { maxLength: 9 }),
  quiet: fc.option(fc.record({ from: moment, to: moment })),
});

const digests: fc.Arbitrary<DigestReport> = fc
  .record({
    report: reports,
    isFirst: fc.boolean(),
    filter: fc.option(fc.record({ categories: fc.constant(categories), objects: fc.constant(["contacts"] as const) })),
    appeared: changes,
    resolved: changes,
    grown: fc.record({ total: number, first: fc.array(errors, { maxLength: 5 }), by: number }),
    muted: fc.record({ errors: number, affectedRecords: number }),
    small: fc.record({ errors: number, affectedRecords: number, atLeast: number }),
    top: fc.array(errors, { maxLength: 30 }),
    totalErrors: fc.integer({ min: 30, max: 4_000 }),
    totalAffectedRecords: number,
    suspensions: fc.array(suspensions, { maxLength: 9 }),
    trend: fc.array(fc.record({ day: fc.string({ maxLength: 40 }), affectedRecords: number, errors: number }), { maxLength: 9 }),
  })
  .map(digest);

const pageOf = <Item>(items: fc.Arbitrary<Item>, most: number) =>
  fc
    .record({ items: fc.array(items, { maxLength: most }), offset: number, more: number })
    .map(({ items: shown, offset, more }) => ({
      items: shown,
      offset,
      total: offset + shown.length + more,
    }));

function expectWithinLimits(message: Message): void {
  witness("chat.postMessage", { channel: "C0REVOPS", text: message.text, blocks: message.blocks });
  expect(faultsOfBlocks(JSON.parse(JSON.stringify(message.blocks)), "message")).toEqual([]);
  expect(message.blocks.length).toBeGreaterThan(0);
  expect(weight(message.blocks)).toBeLessThanOrEqual(11_000);
  expect(message.text.trim()).not.toBe("");
  expect(message.text.length).toBeLessThanOrEqual(3_000);
  // Nothing pings but people named as people, and groups never; what a button carries is not shown.
  const shown = JSON.stringify([message.text, message.blocks], (key, part: unknown) => (key === "value" ? undefined : part));
  expect(shown).not.toMatch(/<!(?:channel|here|everyone|subteam)/);
}

const check = <Value>(arbitrary: fc.Arbitrary<Value>, draw: (value: Value) => Message) =>
  fc.assert(
    fc.property(arbitrary, (value) => expectWithinLimits(draw(value))),
    { numRuns: 60 },
  );

test("any suspension fits into a message", () => check(suspensions, (suspension) => suspensionAlert(ENGLISH, suspension)));
test("any sync error fits into a message", () => check(errors, (error) => errorAlert(ENGLISH, error)));
test("any warning fits into a message", () => check(warnings, (warning) => warningAlert(ENGLISH, warning)));
test("any digest fits into a message", () => check(digests, (one) => digestMessage(ENGLISH, one)));
test("any number of errors and warnings told together fits into a message", () =>
  check(fc.tuple(groups, words), ([group, statement]) =>
    groupAlert(ENGLISH, group, [
      { about: "hubspot-unreachable", statement, instruction: statement, at: "2026-11-22T09:00:00.000Z" },
      { about: "job-abandoned", job: "poll", statement, at: "2026-11-22T09:00:00.000Z" },
    ]),
  ));
test("any reminder fits into a message", () => check(suspensions, (one) => reminderMessage(ENGLISH, one)));
test("any list of errors fits into a message", () => check(pageOf(errors, 10), (page) => errorList(ENGLISH, "acme", {}, page)));
test("any error with any history and records fits into a message", () =>
  check(fc.tuple(errors, fc.array(events, { maxLength: HISTORY_SHOWN }), pageOf(records, 10)), ([error, history, page]) =>
    errorDetails(ENGLISH, error, history, page),
  ));
test("any number of connections fits into a status", () =>
  check(fc.array(reports, { minLength: 1, maxLength: 25 }), (several) => statusMessage(ENGLISH, several)));
test("any use of API calls fits into a message", () => check(reports, ({ api }) => usageMessage(ENGLISH, "acme", api)));
test("any resync fits into a message", () =>
  check(
    fc.record({
      target: words,
      requestedBy: words,
      pause: maybe(words),
      outcome: maybe(words),
      total: number,
      sent: number,
      failing: number,
      reasons: fc.array(fc.record({ reason: words, records: number }), { maxLength: 40 }),
    }),
    (changes) => resyncProgress(ENGLISH, resyncReport(changes)),
  ));
test("any fix fits into a message", () =>
  check(
    fc.record({
      target: words,
      isUndo: fc.boolean(),
      label: words,
      before: maybe(words),
      after: maybe(words),
      requestedBy: words,
      pause: maybe(words),
      outcome: maybe(words),
      finishedAt: maybe(moment),
      total: number,
      standing: number,
      undone: number,
      undoneBy: maybe(words),
      reasons: fc.array(fc.record({ reason: words, records: number }), { maxLength: 5 }),
    }),
    (changes) => fixProgress(ENGLISH, fixReport(changes)),
  ));
test("any form of a fix fits into a dialog, and so does the question before many records", () => {
  const key = fc.uuid().map((id) => `hubspot:contacts:${id}`);
  const options = fc.uniqueArray(fc.record({ value: words, label: words }), { maxLength: 320, selector: ({ value }) => value });
  const choice = options.map((made) => ({
    kind: "choice" as const,
    options: made.map((one, index) => ({ ...one, key: `option-${index}` })),
  }));
  const text = fc.record({
    kind: fc.constant("text" as const),
    maxLength: fc.integer({ min: 1, max: 3_000 }),
    multiline: fc.boolean(),
    isEmail: fc.boolean(),
  });
  const forms = fc.record({
    records: fc.uniqueArray(fc.record({ key, label: words }), { maxLength: 100, selector: (one) => one.key }),
    total: number,
    recordKey: key,
    record: words,
    label: words,
    before: maybe(words),
    input: fc.oneof(choice, text),
    part: maybe(words),
    sameValue: number,
    why: words,
  });
  fc.assert(
    fc.property(forms, words, (changes, entered) => {
      const form = fixForm(changes);
      const place = { channel: "C0REVOPS", messageTs: "1.1" };
      const view = fixDialog(ENGLISH, form, place);
      const wish = { errorId: form.errorId, recordKey: form.recordKey, seen: form.seen, entered, all: true };
      const preview = { system: form.system, label: form.label, before: form.before, after: entered, records: 3, record: "Ada" };
      for (const shown of [view, fixConfirmation(ENGLISH, preview, wish, place) ?? view]) {
        witness("views.open", { trigger_id: "1.1", view: shown });
        expect(faultsOfBlocks(JSON.parse(JSON.stringify(shown.blocks)), "modal")).toEqual([]);
        expect([...shown.title.text].length).toBeLessThanOrEqual(24);
        expect(shown.private_metadata?.length ?? 0).toBeLessThanOrEqual(3_000);
        expect(JSON.stringify(shown.blocks)).not.toMatch(/"type":"mrkdwn","text":"[^"]*<!(?:channel|here|everyone|subteam)/);
      }
    }),
    { numRuns: 60 },
  );
});
test("any preview fits into a message and into a dialog", () =>
  check(
    fc.record({ target: words, records: number, hubspot: number, salesforce: number }),
    ({ target, records: covered, ...cost }) => {
      const preview = resyncPreviewOf({ target, records: covered, strategy: "write", cost, runsShort: true, pause: target });
      const view = resyncDialog(ENGLISH, preview, {
        connection: "acme",
        selection: { kind: "all" },
        at: NOW.toISOString(),
        channel: "C1",
        messageTs: "1.1",
      });
      witness("views.open", { trigger_id: "1.1", view });
      expect(faultsOfBlocks(JSON.parse(JSON.stringify(view.blocks)), "modal")).toEqual([]);
      expect([...view.title.text].length).toBeLessThanOrEqual(24);
      return resyncPreview(ENGLISH, preview, { kind: "all" });
    },
  ));
test("any note and any problem fits into a message", () => {
  check(fc.record({ why: words, remaining: remains }), ({ why, remaining }) =>
    noteMessage(ENGLISH, { about: "clear-failed", by: why, why, remaining, at: NOW.toISOString() }),
  );
  check(fc.array(words, { maxLength: 12 }), (kinds) =>
    noteMessage(ENGLISH, { about: "suspension-worsened", kinds, at: NOW.toISOString() }),
  );
  check(words, (statement) =>
    problemMessage(ENGLISH, "acme", { about: "hubspot-unreachable", statement, instruction: statement, at: NOW.toISOString() }),
  );
});
test("any page of the backlog fits into a message", () =>
  check(fc.array(records, { maxLength: 10 }), (shown) =>
    backlogMessage(
      ENGLISH,
      backlogReport({
        records: shown.map((record) => ({ record, changedIn: "salesforce" as const, changedAt: NOW })),
        total: 1_000_000,
        offset: 20,
      }),
    ),
  ));
test("any log fits into a message", () =>
  check(
    pageOf(
      fc.record({
        at: moment,
        connection: maybe(words),
        userId: words,
        action: words,
        target: maybe(words),
        outcome: fc.constantFrom("done" as const, "refused" as const),
        detail: maybe(words),
        allowedAs: maybe(words),
        fix: maybe(fc.record({ requestId: fc.uuid(), standing: number, undone: number, undoneBy: maybe(words) })),
      }),
      15,
    ),
    (page) => logMessage(ENGLISH, null, page),
  ));
test("any number of subscriptions fits into a message", () =>
  check(fc.array(fc.record({ connection: words, createdBy: words }), { maxLength: 80 }), (made) =>
    subscriptionList(
      ENGLISH,
      "C0REVOPS",
      made.map((one, index) => subscription({ ...one, id: String(index), categories, quietWhenHealthy: true })),
      NOW,
    ),
  ));
test("the help fits into a message", () => {
  expectWithinLimits(helpMessage(ENGLISH, COMMANDS, "0.1.0"));
  for (const command of COMMANDS) expectWithinLimits(commandHelp(ENGLISH, command));
  check(words, (word) => unknownCommand(ENGLISH, word, null, COMMANDS, "0.1.0"));
});
test("any Home fits into Slack's hundred blocks", () => {
  fc.assert(
    fc.property(fc.array(reports, { maxLength: 40 }), words, fc.nat(200), (connections, name, many) => {
      const requests = Array.from({ length: many }, () => ({
        connection: name,
        kind: "resync" as const,
        state: "running" as const,
        requestedBy: "U0ADMIN",
        requestedAt: NOW,
      }));
      const stored = Array.from({ length: many }, () => ({ ...subscription({ connection: name }), createdBy: "U0ADMIN" }));
      const actions = Array.from({ length: 5 }, () => logEntry({ target: name, detail: name, connection: name }));
      const report = { connections, requests, subscriptions: stored, actions };
      const view = homeView(ENGLISH, report, { userId: "U0ADMIN", version: "0.1.0" });
      witness("views.publish", { user_id: "U0ADMIN", view });
      expect(faultsOfBlocks(JSON.parse(JSON.stringify(view.blocks)), "home")).toEqual([]);
    }),
    { numRuns: 30 },
  );
});
