import { expect, test } from "vitest";
import { ENGLISH } from "../../../src/language/language.ts";
import { backlogMessage } from "../../../src/slack/blocks/backlog.ts";
import { digestMessage } from "../../../src/slack/blocks/digest.ts";
import { errorAlert } from "../../../src/slack/blocks/error-alert.ts";
import { errorDetails } from "../../../src/slack/blocks/error-details.ts";
import { errorList } from "../../../src/slack/blocks/errors.ts";
import type { Message } from "../../../src/slack/blocks/message.ts";
import { noteMessage } from "../../../src/slack/blocks/note.ts";
import { problemMessage } from "../../../src/slack/blocks/problem.ts";
import { resyncProgress } from "../../../src/slack/blocks/resync-progress.ts";
import { statusMessage } from "../../../src/slack/blocks/status.ts";
import { suspensionAlert } from "../../../src/slack/blocks/suspension-alert.ts";
import { usageMessage } from "../../../src/slack/blocks/usage.ts";
import {
  affectedRecord,
  backlogReport,
  clearing,
  connectionReport,
  digest,
  minutesAgo,
  NOW,
  resyncReport,
  suspension,
  syncError,
} from "../reports.ts";

/** What a person reads in a message, without the buttons. */
function reads(message: Message): string {
  const lines: string[] = [];
  for (const block of message.blocks) {
    if (block.type === "header" || block.type === "section")
      lines.push("text" in block && block.text !== undefined ? block.text.text : "");
    if (block.type === "context") lines.push(...block.elements.map((element) => ("text" in element ? element.text : "")));
  }
  return lines.join("\n");
}

/** The buttons of a message by what they say. */
function buttons(message: Message): readonly string[] {
  return message.blocks.flatMap((block) => {
    const elements =
      block.type === "actions"
        ? block.elements
        : block.type === "section" && block.accessory !== undefined
          ? [block.accessory]
          : [];
    return elements.flatMap((element) => (element.type === "button" ? [element.text.text] : []));
  });
}

test("a suspension alert says what, since when, on what evidence, what waits, what to do and who can", () => {
  const message = suspensionAlert(ENGLISH, suspension());
  const text = reads(message);
  expect(text).toContain(":red_circle: acme: the sync is suspended: Salesforce organization API limit exceeded");
  expect(text).toContain("*Since* <!date^1795338000^");
  expect(text).toContain("316 changes wait: 312 in HubSpot and 4 in Salesforce");
  expect(text).toMatch(/Seen <!date\^\d+\^[^>]+>: Salesforce answered REQUEST_LIMIT_EXCEEDED to the integration user/);
  expect(text).toMatch(/\*What to do\* \(Salesforce admin\)\n1\. /);
  expect(buttons(message)).toEqual(["Clear suspension", "Open in HubSpot", "Open in Salesforce", "Acknowledge"]);
  expect(message.text).toContain("acme: the sync is suspended since");
  expect(message.text).toContain("REQUEST_LIMIT_EXCEEDED");
});

test("several causes are listed, each with its name", () => {
  const message = suspensionAlert(
    ENGLISH,
    suspension({
      causes: [
        ...suspension().causes,
        {
          kind: "missing-field-mappings",
          evidence: { at: NOW.toISOString(), statement: "The field Region__c is gone" },
          details: {},
        },
      ],
    }),
  );
  expect(reads(message)).toContain("*Salesforce organization API limit exceeded*");
  expect(reads(message)).toContain("*Missing field mappings*");
});

test("while a clear is at work the alert shows its steps and offers to cancel it rather than a second one", () => {
  const message = suspensionAlert(
    ENGLISH,
    suspension({ acknowledgedBy: "U0ADMIN", acknowledgedAt: minutesAgo(20), clearing: clearing({ requestedBy: "U0OPERATOR" }) }),
  );
  expect(reads(message)).toContain(
    "*Clear* requested by <@U0OPERATOR>\n• Look whether the cause is gone: done – the cause is gone",
  );
  expect(reads(message)).toContain("Acknowledged by <@U0ADMIN>");
  expect(buttons(message)).toEqual(["Cancel", "Open in HubSpot", "Open in Salesforce"]);
});

test("a clear that met the cause again says what remains, each with where it is put right", () => {
  const remaining = [
    {
      kind: "sf-field-permissions-missing",
      statement: "No edit access to Contact.Phone <1>.",
      url: "https://acme.example/setup",
    },
    { kind: "sf-storage-limit-exceeded", statement: "The data storage is full", url: null },
  ] as const;
  const message = suspensionAlert(
    ENGLISH,
    suspension({ clearing: clearing({ state: "failed", remaining, outcome: "the cause still stands: …" }) }),
  );
  expect(reads(message)).toContain("*Clear* did not work, requested by <@U0ADMIN>");
  expect(reads(message)).toContain(
    "• Salesforce field permissions missing: No edit access to Contact.Phone &lt;1&gt; – <https://acme.example/setup|put it right here>",
  );
  expect(reads(message)).toContain("• Salesforce organization storage limits exceeded: The data storage is full\n".trim());
  expect(buttons(message)).toContain("Clear suspension");
});

test("where HubSpot has to be told, the alert links there and says until when it goes on watching", () => {
  const steps = clearing().steps.map((one) => (one.step === "watch" ? { ...one, state: "running" as const } : one));
  const message = suspensionAlert(ENGLISH, suspension({ clearing: clearing({ asksHubSpot: true, steps }) }));
  expect(reads(message)).toContain("*Press Clear Suspension on <https://app.hubspot.com/integrations-settings/4242");
  expect(reads(message)).toContain("I go on watching until <!date^");
});

test("a backlog that is worked off after the suspension is told with its figures, and the clear can be cancelled", () => {
  const steps = clearing().steps.map((one) => (one.step === "backlog" ? { ...one, state: "running" as const } : one));
  const message = suspensionAlert(
    ENGLISH,
    suspension({
      state: "closed",
      closedAt: minutesAgo(6),
      closeReason: "cleared",
      clearedBy: "U0ADMIN",
      waiting: { hubspot: 400, salesforce: 12 },
      mostWaiting: 1_020,
      backlog: { oldestAt: minutesAgo(60), perHour: 4_120, endsAt: minutesAgo(-6) },
      clearing: clearing({ steps }),
    }),
  );
  expect(message.text).toContain("412 of 1,020 changes made before it was over still wait, about 6 mins at the present rate.");
  expect(reads(message)).toContain(
    "• See the backlog worked off: _at work_ – 412 of 1,020 left, about 6 mins at the present rate",
  );
  expect(buttons(message)).toEqual(["Cancel"]);
});

test("a suspension that keeps coming back says how often, since when and for how long each time", () => {
  const flapping = { times: 3, since: minutesAgo(90), shortestMs: 240_000, longestMs: 240_000 };
  const message = suspensionAlert(ENGLISH, suspension({ flapping }));
  expect(message.text).toMatch(/It flaps: suspended 3 times since <!date\^.*>, for 4 mins each time\./);
  expect(reads(message)).toContain("*It keeps coming back.*");
  const uneven = suspensionAlert(ENGLISH, suspension({ flapping: { ...flapping, longestMs: 720_000 } }));
  expect(uneven.text).toContain("each time for 4 mins to 12 mins.");
});

test("the end of a suspension is summed up: cause, time, people and records", () => {
  const over = {
    about: "suspension-over",
    kind: "sf-org-locked",
    durationMs: 720_000,
    times: 3,
    acknowledgedBy: "U0OPERATOR",
    clearedBy: "U0ADMIN",
    mostWaiting: 1_020,
    inError: 8,
    resynced: 40,
    left: 12,
    at: minutesAgo(0).toISOString(),
  } as const;
  const said = noteMessage(ENGLISH, over).text;
  expect(said).toContain("Salesforce organization locked, suspended for 12 mins. It was suspended 3 times in all.");
  expect(said).toContain("Acknowledged by <@U0OPERATOR>. Cleared by <@U0ADMIN>.");
  expect(said).toContain("It held back at most 1,020 records. Since then: 1,000 settled as the sync worked off the backlog, ");
  expect(said).toContain("40 synced by a resync, 8 held back by sync errors of their own and 12 still waiting.");
  const alone = { ...over, times: 1, acknowledgedBy: null, clearedBy: null, mostWaiting: 0, inError: 0, resynced: 0, left: 0 };
  expect(noteMessage(ENGLISH, alone).text).toContain(
    "Nobody acknowledged it. It ended by itself. It held back no record that is known of.",
  );
});

test("the backlog lists who waits, oldest first, with links to both systems, and says when it is worked off", () => {
  const message = backlogMessage(ENGLISH, backlogReport());
  expect(message.text).toContain("acme: 12 changes wait: 10 in HubSpot and 2 in Salesforce, the oldest since <!date^");
  expect(message.text).toContain("in about 6 mins at the present rate (120 changes an hour).");
  expect(reads(message)).toContain("person1@example.com (<https://app.hubspot.com/contacts/4242/record/0-1/101|HubSpot>");
  expect(reads(message)).toContain(": changed in HubSpot <!date^");
  expect(buttons(message)).toEqual(["… and 2 more"]);
  const still = backlogReport({ figures: { oldestAt: null, perHour: null, endsAt: null } });
  expect(backlogMessage(ENGLISH, still).text).toContain("How long it takes to work them off is not known");
  expect(backlogMessage(ENGLISH, { ...still, suspended: true }).text).toContain("The sync is suspended: how long it will take");
  expect(backlogMessage(ENGLISH, backlogReport({ records: [], total: 0 })).text).toBe(
    "acme: no change is known to wait for the sync.",
  );
  expect(backlogMessage(ENGLISH, backlogReport({ asOf: null })).text).toContain("not known what waits");
});

test("a closed suspension says how it ended and how long it lasted, without buttons", () => {
  const cleared = suspensionAlert(
    ENGLISH,
    suspension({
      state: "closed",
      closedAt: minutesAgo(0),
      closeReason: "cleared",
      clearedBy: "U0OPERATOR",
      waiting: { hubspot: 0, salesforce: 0 },
    }),
  );
  expect(reads(cleared)).toContain(":large_green_circle: acme: the sync runs again after 1 hr");
  expect(reads(cleared)).toContain("Cleared by <@U0OPERATOR>");
  expect(buttons(cleared)).toEqual([]);
  expect(
    reads(suspensionAlert(ENGLISH, suspension({ state: "closed", closedAt: minutesAgo(0), closeReason: "healed" }))),
  ).toContain("It cleared by itself");
});

test("an error alert names records, field, evidence and advice; resolved, it says so", () => {
  const message = errorAlert(ENGLISH, syncError());
  expect(reads(message)).toContain("acme: 12 contacts do not sync: Restricted picklist value");
  expect(reads(message)).toContain("Salesforce field `Industry`");
  expect(reads(message)).toContain("Space travel");
  expect(buttons(message)).toEqual(expect.arrayContaining(["Details", "Resync"]));
  const resolved = errorAlert(ENGLISH, syncError({ resolvedAt: NOW, affectedRecords: 0 }));
  expect(reads(resolved)).toContain(":large_green_circle: acme: resolved: Restricted picklist value");
  expect(buttons(resolved)).toEqual(["Details"]);
});

test("an error's records link to both systems, and a hostile name pings nobody", () => {
  const records = {
    items: [affectedRecord(), affectedRecord({ object: "companies", label: "<!channel>", salesforceId: null })],
    total: 230,
    offset: 0,
  };
  const message = errorDetails(ENGLISH, syncError(), [], records);
  expect(reads(message)).toContain("<https://app.hubspot.com/contacts/4242/record/0-1/101|HubSpot>");
  expect(reads(message)).toContain("<https://acme.my.salesforce.com/003000000000001AAA|Contact>");
  expect(reads(message)).toContain("&lt;!channel&gt; (<https://app.hubspot.com/contacts/4242/record/0-2/101|HubSpot>)");
  expect(buttons(message)).toContain("… and 228 more");
});

test("a record that several errors hold back names the others, in the order in which the sync meets them", () => {
  const before = [{ errorId: "E1111", type: "field-permission" as const }];
  const after = Array.from({ length: 6 }, (_, index) => ({ errorId: `E222${index}`, type: "salesforce-flow" as const }));
  const message = errorDetails(ENGLISH, syncError(), [], {
    items: [affectedRecord({ before, after }), affectedRecord()],
    total: 2,
    offset: 0,
  });
  expect(reads(message)).toContain("First: Salesforce field permission (`E1111`)");
  expect(reads(message)).toContain("Also: Salesforce flow (`E2220`)");
  expect(reads(message)).toContain("(`E2223`), … and 2 more");
  expect(reads(message).match(/Also:/g)).toHaveLength(1);
});

test("a list of errors shows how many more there are, and pages back", () => {
  const message = errorList(ENGLISH, "acme", {}, { items: [syncError()], total: 31, offset: 10, asOf: NOW });
  expect(reads(message)).toContain("acme has 31 open sync errors, 11 to 11");
  expect(buttons(message)).toEqual(["Details", "Previous", "… and 20 more"]);
  expect(reads(message)).toContain("As of <!date^");
});

test("before the first poll, nobody claims that there are no errors", () => {
  const none = { items: [], total: 0, offset: 0 };
  expect(errorList(ENGLISH, "acme", {}, { ...none, asOf: null }).text).toBe(
    "acme: not looked at yet, so it is not known which records are in error.",
  );
  expect(errorList(ENGLISH, "acme", {}, { ...none, asOf: NOW }).text).toBe("acme: no open sync errors are known.");
});

test("a digest has the state, what changed, the top errors with advice and buttons, calls, a chart and its figures in words", () => {
  const message = digestMessage(
    ENGLISH,
    digest({
      totalErrors: 215,
      resolved: { total: 1, first: [syncError({ id: "E2222", type: "string-too-long" })] },
      grown: { total: 7, first: [syncError({ id: "E3333" })], by: 1_240 },
    }),
  );
  const text = reads(message);
  expect(text).toContain(":large_yellow_circle: acme has sync errors: 215 sync errors, 12 affected records");
  expect(text).toContain("*New:* 1: Restricted picklist value (E7K3Q)");
  expect(text).toContain("*Resolved:* 1: String too long (E2222)");
  expect(text).toContain("*Grown* by 1,240 records: 7: Restricted picklist value (E3333), … and 6 more");
  expect(text).toContain("_What to do:_");
  expect(text).toContain("… and 214 more sync errors");
  expect(text).toContain("*API calls* 1,204 of 15,000 (8%) used in 24 h");
  expect(text).toContain("Affected records by day: Mon 16 Nov: 0 in 0 errors · Tue 17 Nov: 2 in 1 error");
  expect(message.blocks.find((block) => block.type === "data_visualization")).toMatchObject({
    chart: {
      type: "line",
      series: [{ name: "Affected records", data: expect.arrayContaining([{ label: "Sun 22 Nov", value: 12 }]) }],
    },
  });
  expect(buttons(message)).toEqual(["Details", "Resync", "All errors", "Resync all"]);
});

test("a digest with nothing to report is one quiet line", () => {
  const message = digestMessage(
    ENGLISH,
    digest({
      report: connectionReport({ state: "healthy", categories: [] }),
      appeared: { total: 0, first: [] },
      top: [],
      totalErrors: 0,
      totalAffectedRecords: 0,
    }),
  );
  expect(message.blocks).toHaveLength(1);
  expect(reads(message)).toContain("acme is healthy: no sync errors, nothing new since");
});

test("what is not known is shown as not known", () => {
  const unknown = connectionReport({
    state: "unknown",
    asOf: null,
    categories: [],
    syncedToSalesforceAt: null,
    api: {
      used: null,
      max: null,
      asOf: null,
      hubspotCalls: null,
      allocation: null,
      exhaustedAt: null,
      perHour: null,
      samples: [],
    },
  });
  const status = reads(statusMessage(ENGLISH, [unknown]));
  expect(status).toContain(":white_circle: acme is in an unknown state");
  expect(status).toContain("*Sync errors* not known yet");
  expect(status).toContain("*API calls* not known");
  expect(status).toContain("to Salesforce not known, to HubSpot not known");
  const usage = reads(usageMessage(ENGLISH, "acme", unknown.api));
  expect(usage).toContain("*Rate* not known");
  expect(usage).toContain("*HubSpot's share* not known");
});

test("a resync shows how far it is with Cancel, and in the end what still fails and why", () => {
  const running = resyncProgress(ENGLISH, resyncReport());
  expect(reads(running)).toContain("Requested by <@U0OPERATOR>");
  expect(reads(running)).toContain("*300 of 1,000 sent*");
  expect(buttons(running)).toEqual(["Cancel"]);
  const done = resyncProgress(
    ENGLISH,
    resyncReport({
      state: "done",
      sent: 1000,
      synced: 998,
      failing: 2,
      reasons: [{ reason: "the rule <b>", records: 2 }],
      finishedAt: NOW,
    }),
  );
  expect(reads(done)).toContain("1,000 of 1,000 sent, 998 verified as synced, 2 still failing");
  expect(reads(done)).toContain("• 2 records: the rule &lt;b&gt;");
  expect(buttons(done)).toEqual([]);
});

test("notes and problems are one sentence each", () => {
  const at = NOW.toISOString();
  expect(
    noteMessage(ENGLISH, { about: "suspension-cleared", by: "U0ADMIN", durationMs: 7_200_000, waiting: 3, at }).text,
  ).toMatch(/^<@U0ADMIN> cleared it <!date.*> after 2 hrs\. 3 changes wait to be synced\.$/);
  expect(noteMessage(ENGLISH, { about: "suspension-worsened", kinds: ["sf-org-locked", "new-kind"], at }).text).toContain(
    "Salesforce organization locked and new-kind",
  );
  expect(
    problemMessage(ENGLISH, "acme", {
      about: "hubspot-unreachable",
      statement: "HubSpot answered 401",
      instruction: "Set a new token",
      at,
    }).text,
  ).toMatch(/HubSpot answered 401\. Set a new token$/);
});
