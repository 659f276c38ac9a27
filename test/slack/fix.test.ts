import { beforeEach, expect, test } from "vitest";
import type { FixPreview } from "../../src/monitor/monitor.ts";
import { saying } from "../support/said.ts";
import { eventually, serveBot } from "./local-slack.ts";
import { fixForm, fixReport, minutesAgo, syncError } from "./reports.ts";

const PREVIEW: FixPreview = {
  system: "hubspot",
  label: "Customer tier",
  before: "Platinum",
  after: "Gold",
  records: 1,
  record: "ada@example.com",
};

const { slack, bot } = await serveBot({
  operators: { users: [], groups: ["S0REVOPS"] },
  admins: { users: ["U0ADMIN"], groups: [] },
});

beforeEach(() => {
  bot.monitor.asked.length = 0;
  bot.monitor.answer = { result: "accepted", requestId: "F-1" };
  bot.monitor.syncErrors = [
    syncError({ type: "restricted-picklist-value", category: "picklists", hubspotProperty: "tier", salesforceField: "Tier__c" }),
  ];
  bot.monitor.fixes = [fixReport()];
  bot.monitor.form = fixForm();
  bot.monitor.looked = PREVIEW;
});

interface View {
  readonly id: string;
  readonly blocks: readonly { readonly block_id?: string }[];
}

function front(): View | null {
  return slack.service.control.views("U0OPERATOR").modal as View | null;
}

function words(): string {
  return JSON.stringify(front());
}

/** Presses Fix value in the error's details and waits for the dialog to be filled. */
async function open(says: string): Promise<View> {
  const { responses } = await slack.service.control.command({ user: "U0OPERATOR", channel: "C0REVOPS", text: "error E7K3Q" });
  await slack.service.control.action({
    user: "U0OPERATOR",
    channel: "C0REVOPS",
    ts: responses[0]?.ts ?? "",
    action_id: "syncwarden:fix",
  });
  await eventually(() => words().includes(says), `a dialog that says ${says}`);
  const view = front();
  if (view === null) throw new Error("There is no dialog");
  return view;
}

function submit(view: View, values: Record<string, unknown> = {}) {
  return slack.service.control.submit({ user: "U0OPERATOR", view_id: view.id, values });
}

test("the dialog shows the value now and the allowed ones, and what is submitted is requested for the person", async () => {
  const view = await open("Customer tier in HubSpot now: “Platinum”");
  expect(words()).toContain("All 2 records of this error with the same value");
  const submitted = await submit(view, { entered: "Gold" });
  expect(submitted.outcome.kind).toBe("updated");
  await eventually(() => words().includes("The fix has begun"), "the outcome");
  expect(bot.monitor.asked).toMatchObject([
    {
      what: "fix",
      target: { errorId: "E7K3Q", recordKey: "hubspot:contacts:1", seen: "platinum", entered: "Gold", all: false },
      actor: { userId: "U0OPERATOR", channel: "C0REVOPS", allowedAs: saying("operator by the user group S0REVOPS") },
    },
  ]);
});

test("another record that is chosen takes the dialog over, with its own value", async () => {
  const view = await open("Platinum");
  bot.monitor.form = fixForm({ recordKey: "hubspot:contacts:2", record: "bob@example.com", before: "Copper", seen: "copper" });
  await slack.service.control.action({
    user: "U0OPERATOR",
    view_id: view.id,
    action_id: "syncwarden:fix-record",
    selected: "hubspot:contacts:2",
  });
  await eventually(() => words().includes("Copper"), "the other record");
  const second = front();
  expect(second?.blocks.map(({ block_id }) => block_id)).toContain("value:hubspot:contacts:2");
  if (second === null) throw new Error("There is no dialog");
  await submit(second, { entered: "Gold" });
  await eventually(() => bot.monitor.asked.length === 1, "the request");
  expect(bot.monitor.asked).toMatchObject([{ target: { recordKey: "hubspot:contacts:2", seen: "copper" } }]);
});

test("a value that would fail again comes back under the input, and nothing is requested", async () => {
  const view = await open("Platinum");
  bot.monitor.looked = { problem: 'Salesforce\'s Customer Tier has no active option "Gold".' };
  const { outcome } = await submit(view, { entered: "Gold" });
  expect(outcome).toEqual({
    kind: "errors",
    errors: { "value:hubspot:contacts:1": 'Salesforce\'s Customer Tier has no active option "Gold".' },
  });
  expect(bot.monitor.asked).toEqual([]);
});

test("several records are asked about once more, with before and after; only then it is requested", async () => {
  const view = await open("Platinum");
  bot.monitor.looked = { ...PREVIEW, records: 14 };
  await submit(view, { entered: "Gold", all: ["all"] });
  expect(words()).toContain("*Customer tier*: “Platinum” → “Gold” in HubSpot, 14 records");
  expect(bot.monitor.asked).toEqual([]);
  const question = front();
  if (question === null) throw new Error("There is no question");
  await submit(question);
  await eventually(() => bot.monitor.asked.length === 1, "the request");
  expect(bot.monitor.asked).toMatchObject([{ what: "fix", target: { entered: "Gold", all: true } }]);
});

test("what was changed since the dialog was opened is told, and nothing is requested", async () => {
  const view = await open("Platinum");
  bot.monitor.looked = { why: "Somebody has changed it meanwhile: HubSpot's Customer tier has “Gold” now." };
  await submit(view, { entered: "Gold" });
  expect(words()).toContain("Somebody has changed it meanwhile");
  expect(bot.monitor.asked).toEqual([]);
});

test("a look that takes longer than Slack waits is told afterwards", async () => {
  const view = await open("Platinum");
  const { checkFix } = bot.monitor;
  bot.monitor.checkFix = async (wish) => {
    await new Promise((resolve) => setTimeout(resolve, 2_300));
    return checkFix(wish);
  };
  const submitted = await submit(view, { entered: "Gold" });
  bot.monitor.checkFix = checkFix;
  expect(submitted.ack.acknowledged).toBe(true);
  await eventually(() => words().includes("The fix has begun"), "the outcome");
  expect(bot.monitor.asked).toHaveLength(1);
});

test("where no single value helps, the dialog says why and offers nothing to submit", async () => {
  bot.monitor.form = { why: "Nobody is an active owner in both systems." };
  const view = await open("Nobody is an active owner");
  expect(JSON.stringify(view)).not.toContain('"submit":{');
});

test("a request that is declined says why in the dialog", async () => {
  const view = await open("Platinum");
  bot.monitor.answer = { result: "declined", why: "There is nothing left to fix: the error is resolved." };
  await submit(view, { entered: "Gold" });
  await eventually(() => words().includes("the error is resolved"), "the answer");
});

test("more options than a select holds stand in groups from letter to letter", async () => {
  const options = Array.from({ length: 240 }, (_, index) => ({
    key: `c${index}`,
    value: `Country ${index}`,
    label: `${String.fromCharCode(65 + (index % 26))} country ${index}`,
  }));
  bot.monitor.form = fixForm({ input: { kind: "choice", options }, proposal: "Country 200" });
  const view = await open("option_groups");
  expect(JSON.stringify(view).match(/"label":\{"type":"plain_text","text":"[A-Z] c to [A-Z] c/g)).toHaveLength(3);
  await submit(view, {});
  await eventually(() => bot.monitor.asked.length === 1, "the request of the proposal");
  expect(bot.monitor.asked).toMatchObject([{ target: { entered: "c200" } }]);
});

test("Undo asks first, and says what became of it to who comes later", async () => {
  bot.monitor.log = [
    {
      at: minutesAgo(1),
      connection: "acme",
      userId: "U0ADMIN",
      action: "fix",
      target: "error E7K3Q",
      outcome: "done",
      detail: null,
      allowedAs: null,
      fix: { requestId: "F-1", standing: 3, undone: 0, undoneBy: null },
    },
  ];
  const { responses } = await slack.service.control.command({ user: "U0OPERATOR", channel: "C0REVOPS", text: "log" });
  const press = (dismiss: boolean) =>
    slack.service.control.action({
      user: "U0OPERATOR",
      channel: "C0REVOPS",
      ts: responses[0]?.ts ?? "",
      action_id: "syncwarden:undo",
      ...(dismiss && { dismiss }),
    });
  await press(true);
  expect(bot.monitor.asked).toEqual([]);
  const pressed = await press(false);
  expect(pressed.responses[0]?.text).toContain("being put back");
  expect(bot.monitor.asked).toMatchObject([{ what: "undo", target: "F-1" }]);
  bot.monitor.fixes = [fixReport({ standing: 0, undone: 3, undoneBy: "U0ADMIN" })];
  expect((await press(false)).responses[0]?.text).toBe("There is nothing left to undo. Undone in 3 records by <@U0ADMIN>.");
});

test("Cancel stops a fix that is at work, and says that a finished one is finished", async () => {
  bot.outbox.add("fix", "C0REVOPS", { kind: "fix", requestId: "F-1" });
  await bot.app.announcer.deliver("C0REVOPS");
  const ts = bot.outbox.entry("fix").ts ?? "";
  const press = () =>
    slack.service.control.action({ user: "U0OPERATOR", channel: "C0REVOPS", ts, action_id: "syncwarden:cancel-fix" });
  await press();
  expect(bot.monitor.asked).toMatchObject([{ what: "cancel", target: "F-1" }]);
  bot.monitor.fixes = [fixReport({ state: "done", finishedAt: minutesAgo(0) })];
  expect((await press()).responses[0]?.text).toContain("There is nothing left to cancel.");
});

test("the log as a file: given in direct messages to who asks, and said to be there", async () => {
  bot.monitor.log = [
    {
      at: minutesAgo(1),
      connection: "acme",
      userId: "U0ADMIN",
      action: "mute",
      target: "=1+1",
      outcome: "done",
      detail: null,
      allowedAs: null,
      fix: null,
    },
  ];
  const { responses } = await slack.service.control.command({ user: "U0VIEWER", channel: "C0REVOPS", text: "log csv" });
  expect(responses.map(({ text }) => text)).toEqual([expect.stringContaining("direct messages with me")]);
  const [file, ...others] = slack.service.control.files("U0VIEWER");
  expect(others).toEqual([]);
  expect(file?.name).toMatch(/^syncwarden-log-.*\.csv$/);
  expect(JSON.stringify(file)).toContain("'=1+1");
  expect(slack.service.control.files("U0OPERATOR")).toEqual([]);
});
