import fc from "fast-check";
import { expect, test } from "vitest";
import { DRIFT_KINDS } from "../../../src/health/drift.ts";
import type { AuditReport, DriftReport } from "../../../src/health/report.ts";
import { ENGLISH } from "../../../src/language/language.ts";
import { faultsOfBlocks } from "../../../src/sandbox/slack/block-kit/blocks.ts";
import { auditFindings, FINDINGS_PER_PAGE } from "../../../src/slack/blocks/audit-findings.ts";
import { auditPreview } from "../../../src/slack/blocks/audit-preview.ts";
import { auditProgress } from "../../../src/slack/blocks/audit-progress.ts";
import { type Message, weight } from "../../../src/slack/blocks/message.ts";
import { auditReport, driftReport, minutesAgo } from "../reports.ts";

const words = fc.oneof(
  fc.string({ unit: "binary", maxLength: 1_000 }),
  fc.constantFrom("", "<!channel>", "&".repeat(2_000), "<".repeat(4_000), "💥".repeat(1_000), "@here"),
);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const number = fc.oneof(fc.nat(5), fc.nat(10_000_000));
const other = fc.record({ system: fc.constantFrom("hubspot" as const, "salesforce" as const), object: words, id: words });
const drift: fc.Arbitrary<DriftReport> = fc
  .record({
    kind: fc.constantFrom(...DRIFT_KINDS),
    label: words,
    isNew: fc.boolean(),
    values: fc.array(
      fc.record({
        hubspotProperty: words,
        salesforceField: words,
        direction: fc.constantFrom("hubspot-to-salesforce" as const, "salesforce-to-hubspot" as const),
        hubspotValue: maybe(words),
        salesforceValue: maybe(words),
      }),
      { maxLength: 5 },
    ),
    differing: number,
    others: fc.array(other, { maxLength: 5 }),
    otherCount: number,
    fate: fc.constantFrom("deleted" as const, "merged" as const, "not-found" as const),
    match: words,
  })
  .map(({ kind, label, isNew, ...details }) => ({ kind, record: { ...driftReport().record, label }, isNew, details }));
const audit: fc.Arbitrary<AuditReport> = fc
  .record({
    connection: fc.oneof(words, fc.constant("acme")),
    isDone: fc.boolean(),
    found: fc.array(fc.record({ found: number, fresh: number }), { maxLength: DRIFT_KINDS.length }),
    examples: fc.array(drift, { maxLength: 24 }),
    pause: maybe(words),
    outcome: words,
    unread: fc.array(fc.record({ object: words, why: words }), { maxLength: 7 }),
  })
  .map(({ isDone, found, outcome, ...rest }) =>
    auditReport({
      ...rest,
      state: isDone ? "done" : "verifying",
      at: isDone ? null : { doing: "verifying", looked: 5, candidates: 10 },
      finishedAt: isDone ? minutesAgo(1) : null,
      outcome: isDone ? outcome : null,
      found: found.map((one, index) => ({ kind: DRIFT_KINDS[index] ?? "frozen", ...one })),
    }),
  );

function isSafe({ text, blocks }: Message): void {
  expect(faultsOfBlocks([...blocks], "message")).toEqual([]);
  expect(blocks.length).toBeLessThanOrEqual(50);
  expect(weight(blocks)).toBeLessThanOrEqual(11_000);
  const all = `${text}${JSON.stringify(blocks)}`;
  expect(all).not.toMatch(/<!(channel|here|everyone)/);
  expect(text.length).toBeLessThanOrEqual(3_000);
}

test("whatever the records hold, an audit's messages are within Slack's limits and ping nobody", () => {
  fc.assert(
    fc.property(audit, fc.array(drift, { maxLength: FINDINGS_PER_PAGE }), (report, items) => {
      isSafe(auditProgress(ENGLISH, report));
      isSafe(auditFindings(ENGLISH, report, null, { items, total: items.length + 7, offset: 10 }));
      isSafe(auditFindings(ENGLISH, report, "frozen", { items, total: items.length, offset: 0 }));
    }),
    { numRuns: 60 },
  );
});

test("a preview tells records, cost, time and the share, and asks before it begins", () => {
  const message = auditPreview(ENGLISH, {
    connection: "acme",
    records: { contacts: 500_000, Contact: 400_000 },
    uncounted: ["Lead"],
    cost: { salesforce: 900, hubspot: 7_000 },
    seconds: 1_700,
    salesforceCallsADay: 150,
    running: null,
  });
  const all = JSON.stringify(message.blocks);
  expect(message.text).toContain("about 900 Salesforce and 7,000 HubSpot API calls and about 28 mins");
  expect(all).toContain("I could not count Lead");
  expect(all).toContain("this one goes on for about 6 days");
  expect(all).toContain("It changes nothing in either system");
  expect(all).toContain('"confirm"');
  isSafe(message);
});

test("an audit at work tells how far it is, why it waits, and can be cancelled", () => {
  const message = auditProgress(
    ENGLISH,
    auditReport({
      state: "running",
      at: { doing: "reading", system: "hubspot", object: "contacts" },
      read: [
        { system: "salesforce", object: "Contact", records: 900, expected: null },
        { system: "hubspot", object: "contacts", records: 300, expected: 1_200 },
      ],
      found: [],
      examples: [],
      pause: "Only 900 of Salesforce's 15,000 daily API calls are left",
      finishedAt: null,
      outcome: null,
    }),
  );
  expect(message.text).toContain(
    "900 Contact in Salesforce and 300 of 1,200 contacts in HubSpot read; reading contacts in HubSpot",
  );
  const all = JSON.stringify(message.blocks);
  expect(all).toContain("*It waits:* Only 900 of Salesforce's 15,000");
  expect(all).toContain("syncwarden:cancel-audit");
});

test("an outcome tells each kind with what it means, the first records with links to both systems, and the way to all", () => {
  const all = JSON.stringify(auditProgress(ENGLISH, auditReport()).blocks);
  expect(all).toContain("*Values that differ without an error* · 12 (2 new)");
  expect(all).toContain(
    "ada@example.com (<https://app.hubspot.com/contacts/4242/record/0-1/101|HubSpot> · <https://acme.my.salesforce.com/003",
  );
  expect(all).toContain("phone `+47 1` → Phone _blank_");
  expect(all).toContain("… and 11 more");
  expect(all).toContain("All findings");
  expect(all).toContain("3 records whose sync rule lets values differ and 1 changed just now");
});

test("a partner that was merged away is told with a link to what it became", () => {
  const merged = driftReport({ kind: "missing-partner", details: { fate: "merged", mergedInto: "003000000000009AAA" } });
  const message = auditFindings(ENGLISH, auditReport(), "missing-partner", { items: [merged], total: 1, offset: 0 });
  expect(JSON.stringify(message.blocks)).toContain(
    "merged into <https://acme.my.salesforce.com/003000000000009AAA|Contact 003000000000009AAA>",
  );
});
