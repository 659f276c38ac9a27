import { expect, test } from "vitest";
import { ENGLISH } from "../../../src/language/language.ts";
import { auditFindings } from "../../../src/slack/blocks/audit-findings.ts";
import { auditPreview } from "../../../src/slack/blocks/audit-preview.ts";
import { auditProgress } from "../../../src/slack/blocks/audit-progress.ts";
import { auditReport, driftReport } from "../reports.ts";

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
