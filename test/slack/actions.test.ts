import { beforeEach, expect, test } from "vitest";
import { saying } from "../support/said.ts";
import { type Bot, eventually, serveBot } from "./local-slack.ts";
import {
  auditReport,
  clearing,
  digest,
  driftReport,
  minutesAgo,
  resyncPreviewOf,
  resyncReport,
  suspension,
  syncError,
} from "./reports.ts";

const { slack, bot } = await serveBot({
  operators: { users: [], groups: ["S0REVOPS"] },
  admins: { users: ["U0ADMIN"], groups: [] },
});
let announced = 0;

beforeEach(() => {
  bot.monitor.asked.length = 0;
  bot.monitor.answer = { result: "accepted", requestId: "R-1" };
  bot.monitor.suspensions = [suspension()];
  bot.monitor.syncErrors = [syncError()];
  bot.monitor.resyncs = [resyncReport()];
});

/** Announces something in #revops and answers its ts. */
async function announce(content: Parameters<Bot["outbox"]["add"]>[2]): Promise<string> {
  announced += 1;
  const key = `announced-${announced}`;
  bot.outbox.add(key, "C0REVOPS", content);
  await bot.app.announcer.deliver("C0REVOPS");
  return bot.outbox.entry(key).ts ?? "";
}

function click(ts: string, action_id: string, user = "U0OPERATOR", value?: string) {
  return slack.service.control.action({
    user,
    channel: "C0REVOPS",
    ts,
    action_id,
    ...(value === undefined ? {} : { value }),
  });
}

test("Clear suspension asks first, then requests the clear for the person who clicked", async () => {
  const ts = await announce({ kind: "suspension", suspensionId: "S-1" });
  await slack.service.control.action({
    user: "U0OPERATOR",
    channel: "C0REVOPS",
    ts,
    action_id: "syncwarden:clear",
    dismiss: true,
  });
  expect(bot.monitor.asked).toEqual([]);
  const { responses } = await click(ts, "syncwarden:clear");
  expect(responses[0]).toMatchObject({ ephemeral: true });
  expect(responses[0]?.text).toContain("The clear has begun");
  expect(bot.monitor.asked).toEqual([
    {
      what: "clear",
      target: "S-1",
      actor: {
        userId: "U0OPERATOR",
        channel: "C0REVOPS",
        messageTs: ts,
        allowedAs: saying("operator by the user group S0REVOPS"),
      },
    },
  ]);
});

test("the second of two people who click is told whose request is at work", async () => {
  const ts = await announce({ kind: "suspension", suspensionId: "S-1" });
  bot.monitor.answer = { result: "joined", requestId: "R-1", requestedBy: "U0ADMIN" };
  const { responses } = await click(ts, "syncwarden:clear");
  expect(responses[0]?.text).toContain("<@U0ADMIN> has already asked for this");
});

test("a declined request says why", async () => {
  const ts = await announce({ kind: "suspension", suspensionId: "S-1" });
  bot.monitor.answer = { result: "declined", why: "Salesforce is out of reach <now>." };
  const { responses } = await click(ts, "syncwarden:clear");
  expect(responses[0]?.text).toBe("Salesforce is out of reach &lt;now&gt;.");
});

test("Acknowledge asks nothing, and who was first is told to who comes later", async () => {
  const ts = await announce({ kind: "suspension", suspensionId: "S-1" });
  await click(ts, "syncwarden:acknowledge");
  expect(bot.monitor.asked).toMatchObject([{ what: "acknowledge", target: "S-1" }]);
  bot.monitor.suspensions = [suspension({ acknowledgedBy: "U0ADMIN", acknowledgedAt: minutesAgo(1) })];
  const { responses } = await click(ts, "syncwarden:acknowledge");
  expect(responses[0]?.text).toContain("<@U0ADMIN> has already acknowledged this");
});

test("a button whose suspension is over says what became of it and does nothing", async () => {
  const ts = await announce({ kind: "suspension", suspensionId: "S-1" });
  bot.monitor.suspensions = [
    suspension({ state: "closed", closedAt: minutesAgo(10), closeReason: "cleared", clearedBy: "U0ADMIN" }),
  ];
  const { responses } = await click(ts, "syncwarden:clear");
  expect(responses[0]?.text).toContain("There is nothing left to clear.");
  expect(responses[0]?.text).toContain("Cleared by <@U0ADMIN>");
  expect(bot.monitor.asked).toEqual([]);
});

test("a clear of a cause that no longer leads does nothing and says what leads now", async () => {
  const ts = await announce({ kind: "suspension", suspensionId: "S-1" });
  bot.monitor.suspensions = [suspension({ kind: "sf-storage-limit-exceeded" })];
  const { responses } = await click(ts, "syncwarden:clear");
  expect(responses[0]?.text).toContain("Nothing was done: another cause leads by now.");
  expect(responses[0]?.text).toContain("(Salesforce organization storage limits exceeded)");
  expect(bot.monitor.asked).toEqual([]);
});

test("a clear at work is cancelled by operators alone, once, after a dialog", async () => {
  bot.monitor.suspensions = [suspension({ clearing: clearing() })];
  const ts = await announce({ kind: "suspension", suspensionId: "S-1" });
  const dismissed = { user: "U0OPERATOR", channel: "C0REVOPS", ts, action_id: "syncwarden:cancel-clear", dismiss: true };
  await slack.service.control.action(dismissed);
  expect(bot.monitor.asked).toEqual([]);
  const refused = await click(ts, "syncwarden:cancel-clear", "U0VIEWER");
  expect(refused.responses[0]?.text).toContain("Only operators can do this");
  expect(bot.monitor.asked).toMatchObject([{ what: "refusal", target: "S-1" }]);
  const { responses } = await click(ts, "syncwarden:cancel-clear");
  expect(responses[0]?.text).toContain("The clear ends at its next look");
  expect(bot.monitor.asked).toMatchObject([{ what: "refusal" }, { what: "cancel", target: "R-1" }]);
  bot.monitor.suspensions = [suspension({ clearing: clearing({ cancelledBy: "U0ADMIN" }) })];
  const second = await click(ts, "syncwarden:cancel-clear");
  expect(second.responses[0]?.text).toContain("<@U0ADMIN> has already cancelled this clear.");
});

test.each(["cancelled", "expired", "failed", "done"] as const)(
  "Cancel of a clear that is %s by now does nothing and says how things stand",
  async (state) => {
    bot.monitor.suspensions = [suspension({ clearing: clearing() })];
    const ts = await announce({ kind: "suspension", suspensionId: "S-1" });
    bot.monitor.suspensions = [suspension({ clearing: clearing({ state }) })];
    const { responses } = await click(ts, "syncwarden:cancel-clear");
    expect(responses[0]?.text).toContain("There is nothing left to cancel: this clear is over. acme: the sync is suspended");
    expect(bot.monitor.asked).toEqual([]);
  },
);

test("Cancel of a clear that a later one has followed leaves the later one alone", async () => {
  bot.monitor.suspensions = [suspension({ clearing: clearing() })];
  const ts = await announce({ kind: "suspension", suspensionId: "S-1" });
  bot.monitor.suspensions = [suspension({ clearing: clearing({ requestId: "R-2" }) })];
  const { responses } = await click(ts, "syncwarden:cancel-clear");
  expect(responses[0]?.text).toContain("this clear is over");
  expect(bot.monitor.asked).toEqual([]);
});

test("the backlog pages in place, for everybody", async () => {
  const { responses } = await slack.service.control.command({ user: "U0VIEWER", channel: "C0REVOPS", text: "waiting" });
  expect(responses[0]?.text).toContain("acme: 12 changes wait: 10 in HubSpot and 2 in Salesforce");
  const next = await click(responses[0]?.ts ?? "", "syncwarden:backlog", "U0VIEWER");
  expect(next.responses.map(({ ts }) => ts)).toEqual([responses[0]?.ts]);
  expect(JSON.stringify(next.responses[0]?.blocks)).toContain("11 to 12");
});

test("a viewer's click is refused with the names of those who can, and logged", async () => {
  const ts = await announce({ kind: "suspension", suspensionId: "S-1" });
  const { responses } = await click(ts, "syncwarden:clear", "U0VIEWER");
  expect(responses[0]?.text).toContain("Only operators can do this: <@U0ADMIN>, <!subteam^S0REVOPS>.");
  expect(bot.monitor.asked).toMatchObject([{ what: "refusal", target: "S-1", actor: { userId: "U0VIEWER" } }]);
});

test("Details in a digest shows the error to who asks, and pages in place", async () => {
  const ts = await announce({ kind: "digest", digest: digest() });
  const { responses } = await click(ts, "syncwarden:details", "U0VIEWER");
  const details = responses[0];
  expect(details).toMatchObject({ ephemeral: true });
  expect(JSON.stringify(details?.blocks)).toContain("1 to 10 of 12");
  const next = await click(details?.ts ?? "", "syncwarden:details", "U0VIEWER");
  expect(next.responses.map(({ ts: shown }) => shown)).toEqual([details?.ts]);
  expect(JSON.stringify(next.responses[0]?.blocks)).toContain("11 to 12 of 12");
});

test("Resync of at most ten records begins at once", async () => {
  bot.monitor.preview = resyncPreviewOf({ records: 3, strategy: "write", cost: { salesforce: 1, hubspot: 0 } });
  const ts = await announce({ kind: "sync-error", errorId: "E7K3Q" });
  const { responses } = await click(ts, "syncwarden:resync");
  expect(responses[0]?.text).toContain("It has begun");
  expect(bot.monitor.asked).toMatchObject([
    { what: "resync", target: { kind: "error", errorId: "E7K3Q" }, actor: { messageTs: ts } },
  ]);
});

test("Resync of more opens a dialog that says what will happen, and begins when it is submitted", async () => {
  bot.monitor.preview = resyncPreviewOf({ records: 312, strategy: "touch", cost: { salesforce: 0, hubspot: 8 } });
  const ts = await announce({ kind: "sync-error", errorId: "E7K3Q" });
  const { view } = await click(ts, "syncwarden:resync");
  expect(bot.monitor.asked).toEqual([]);
  expect(JSON.stringify(view)).toContain("312 records. It touches a mapped property of each");
  const submitted = await slack.service.control.submit({ user: "U0OPERATOR", view_id: String(view?.id) });
  expect(submitted.ack.acknowledged).toBe(true);
  expect(JSON.stringify(submitted.view)).toContain("The resync has begun");
  expect(bot.monitor.asked).toMatchObject([
    {
      what: "resync",
      target: { kind: "error", errorId: "E7K3Q" },
      actor: {
        userId: "U0OPERATOR",
        channel: "C0REVOPS",
        messageTs: ts,
        allowedAs: saying("operator by the user group S0REVOPS"),
      },
    },
  ]);
});

test("Resync of an error that is resolved by now says so", async () => {
  const ts = await announce({ kind: "digest", digest: digest() });
  bot.monitor.syncErrors = [syncError({ resolvedAt: minutesAgo(1), affectedRecords: 0 })];
  const { responses } = await click(
    ts,
    "syncwarden:resync",
    "U0OPERATOR",
    JSON.stringify({ connection: "acme", selection: { kind: "error", errorId: "E7K3Q" } }),
  );
  expect(responses[0]?.text).toContain("There is nothing left to resync.");
  expect(bot.monitor.asked).toEqual([]);
});

test("the button under a typed resync's preview begins it and takes the preview's place", async () => {
  const { responses } = await slack.service.control.command({ user: "U0ADMIN", channel: "C0REVOPS", text: "resync all" });
  const preview = responses[0];
  const clicked = await click(preview?.ts ?? "", "syncwarden:confirm-resync", "U0ADMIN");
  expect(clicked.responses.map(({ ts }) => ts)).toEqual([preview?.ts]);
  expect(clicked.responses[0]?.text).toContain("The resync has begun");
  expect(bot.monitor.asked).toMatchObject([{ what: "resync", target: { kind: "all" }, actor: { messageTs: null } }]);
});

test("the button under a preview that is hours old shows how it is now, and begins nothing", async () => {
  bot.monitor.preview = resyncPreviewOf({ at: new Date(Date.now() - 2 * 3_600_000) });
  const { responses } = await slack.service.control.command({ user: "U0ADMIN", channel: "C0REVOPS", text: "resync all" });
  const [preview] = responses;
  bot.monitor.preview = resyncPreviewOf({ at: new Date(), records: 7 });
  const clicked = await click(preview?.ts ?? "", "syncwarden:confirm-resync", "U0ADMIN");
  expect(clicked.responses[0]?.text).toMatch(/more than an hour old.*covers 7 records/);
  expect(bot.monitor.asked).toEqual([]);
});

test("Cancel stops a running resync, and says that a finished one is finished", async () => {
  const ts = await announce({ kind: "request", requestId: "R-1" });
  await click(ts, "syncwarden:cancel-resync");
  expect(bot.monitor.asked).toMatchObject([{ what: "cancel", target: "R-1" }]);
  bot.monitor.resyncs = [resyncReport({ state: "done", sent: 1000, synced: 1000, finishedAt: minutesAgo(1) })];
  const { responses } = await click(ts, "syncwarden:cancel-resync");
  expect(responses[0]?.text).toContain("There is nothing left to cancel.");
});

test("Share shows the status to the channel", async () => {
  const { responses } = await slack.service.control.command({ user: "U0VIEWER", channel: "C0REVOPS", text: "" });
  const shared = await click(responses[0]?.ts ?? "", "syncwarden:share", "U0VIEWER");
  expect(shared.responses[0]).toMatchObject({ ephemeral: false });
});

test("a button with a value that no version of the bot made does nothing", async () => {
  const ts = "1700000000.000100";
  slack.service.workspace.addMessage({
    ts,
    channel: "C0REVOPS",
    user: "U0SYNCWARDEN",
    byBot: true,
    text: "old",
    blocks: [
      {
        type: "actions",
        block_id: "b",
        elements: [
          {
            type: "button",
            action_id: "syncwarden:clear",
            text: { type: "plain_text", text: "Clear" },
            value: '{"suspensionId":7}',
          },
        ],
      },
    ],
    attachments: [],
    threadTs: null,
    broadcast: false,
    metadata: null,
    ephemeralTo: null,
    edited: null,
    files: [],
    reactions: [],
    tombstone: false,
    via: "api",
  });
  const { responses } = await click(ts, "syncwarden:clear");
  expect(responses[0]?.text).toContain("older version");
  expect(bot.monitor.asked).toEqual([]);
});

test("App Home shows every connection, and its buttons answer by direct message", async () => {
  await slack.service.control.home({ user: "U0ADMIN" });
  await eventually(() => slack.service.control.views("U0ADMIN").home !== null, "a Home");
  const home = slack.service.control.views("U0ADMIN").home;
  expect(JSON.stringify(home)).toContain("acme has sync errors");
  await slack.service.control.action({ user: "U0ADMIN", home: true, action_id: "syncwarden:errors" });
  const direct = slack.service.workspace.messagesIn(slack.service.workspace.directChannel("U0ADMIN").id);
  expect(direct).toMatchObject([{ text: expect.stringContaining("acme has 1 open sync error") }]);
});

test("an audit's message is cancelled by operators alone, and pages through what it found for everybody", async () => {
  bot.monitor.audits = [auditReport({ state: "running", finishedAt: null, outcome: null, examples: [] })];
  const ts = await announce({ kind: "audit", requestId: "A-1" });
  expect((await click(ts, "syncwarden:cancel-audit", "U0VIEWER")).responses[0]?.text).toContain("operator");
  expect(bot.monitor.asked.filter(({ what }) => what === "cancel")).toEqual([]);
  expect((await click(ts, "syncwarden:cancel-audit")).responses[0]?.text).toContain("The audit stops");
  expect(bot.monitor.asked.at(-1)).toMatchObject({ what: "cancel", target: "A-1" });

  bot.monitor.audits = [auditReport()];
  bot.monitor.drifted = Array.from({ length: 12 }, (_, index) =>
    driftReport({ record: { ...driftReport().record, label: `person${index}@example.com` } }),
  );
  const done = await announce({ kind: "audit", requestId: "A-1" });
  const first = (await click(done, "syncwarden:audit", "U0VIEWER")).responses[0];
  expect(first).toMatchObject({ ephemeral: true });
  expect(first?.text).toContain("1 to 10 of 12");
});
