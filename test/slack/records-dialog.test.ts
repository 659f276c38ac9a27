import { beforeEach, expect, test } from "vitest";
import { saying } from "../support/said.ts";
import { eventually, serveBot } from "./local-slack.ts";
import { fixForm, minutesAgo, resyncPreviewOf, syncError } from "./reports.ts";

const { slack, bot } = await serveBot();

const USER = "U0OPERATOR";

beforeEach(() => {
  bot.monitor.asked.length = 0;
  bot.monitor.answer = { result: "accepted", requestId: "R-1" };
  bot.monitor.syncErrors = [syncError({ affectedRecords: 25 })];
  bot.monitor.choices.clear();
  bot.monitor.preview = resyncPreviewOf({ target: "3 selected records of error E7K3Q", records: 3 });
});

interface Block {
  readonly block_id?: string;
  readonly text?: { readonly text: string };
  readonly accessory?: {
    readonly initial_options?: readonly unknown[];
    readonly options: readonly { readonly text: { readonly text: string } }[];
  };
}
interface View {
  readonly id: string;
  readonly private_metadata: string;
  readonly blocks: readonly Block[];
}

function front(user = USER): View {
  const view = slack.service.control.views(user).modal as View | null;
  if (view === null) throw new Error("There is no dialog");
  return view;
}

function words(user = USER): string {
  return JSON.stringify(slack.service.control.views(user).modal ?? {});
}

function rows(view: View): readonly Block[] {
  return view.blocks.filter(({ block_id = "" }) => block_id.startsWith("record:"));
}

function rowOf(view: View, label: string): Block {
  const row = rows(view).find(({ text }) => text?.text.startsWith(`${label} `));
  if (row === undefined) throw new Error(`${label} isn't on this page`);
  return row;
}

async function open(user = USER): Promise<View> {
  const { responses } = await slack.service.control.command({ user, channel: "C0REVOPS", text: "error E7K3Q" });
  await slack.service.control.action({
    user,
    channel: "C0REVOPS",
    ts: responses[0]?.ts ?? "",
    action_id: "syncwarden:records",
  });
  await eventually(() => words(user).includes("record:0:"), "the dialog");
  return front(user);
}

async function press(action_id: string, until: string): Promise<View> {
  await slack.service.control.action({ user: USER, view_id: front().id, action_id });
  await eventually(() => words().includes(until), until);
  return front();
}

async function tick(label: string, ticked = true): Promise<void> {
  const view = front();
  await slack.service.control.action({
    user: USER,
    view_id: view.id,
    action_id: "syncwarden:record-tick",
    block_id: rowOf(view, label).block_id ?? "",
    selected: ticked ? ["ticked"] : [],
  });
}

const ticked = (view: View) =>
  rows(view)
    .filter(({ accessory }) => accessory?.initial_options !== undefined)
    .map(({ text }) => text?.text.split(" ")[0]);

test("shows what the error is, ten records with links to both systems, and a checkbox for each that makes sense alone", async () => {
  const view = await open();
  expect(rows(view)).toHaveLength(10);
  const row = rowOf(view, "person1@example.com");
  expect(row.text?.text).toContain("/record/0-1/101|HubSpot>");
  expect(row.text?.text).toContain("|Contact>");
  expect(row.accessory?.options[0]?.text.text).toBe("Select person1@example.com");
  for (const part of [
    "What to do",
    "First seen",
    "last seen",
    "1 to 10 of 25",
    "None is selected",
    "syncwarden:fix",
    "syncwarden:export",
  ])
    expect(words()).toContain(part);
});

test("what is ticked survives turning pages, both ways, and is what the resync is asked for", async () => {
  await open();
  await tick("person2@example.com");
  await tick("person3@example.com");
  await press("syncwarden:records-turn:next", "11 to 20 of 25");
  await tick("person15@example.com");
  await press("syncwarden:records-turn:next", "21 to 25 of 25");
  const second = await press("syncwarden:records-turn:previous", "11 to 20 of 25");
  expect(ticked(second)).toEqual(["person15@example.com"]);
  const first = await press("syncwarden:records-turn:previous", "1 to 10 of 25");
  expect(ticked(first)).toEqual(["person2@example.com", "person3@example.com"]);
  expect(words()).toContain("3 of 25 selected");
  await tick("person3@example.com", false);
  const { id } = front();
  await slack.service.control.submit({ user: USER, view_id: id });
  await eventually(() => words().includes("A resync of 3 selected records"), "the preview");
  expect(bot.monitor.asked).toEqual([]);
  expect([...(bot.monitor.choices.get(id)?.keys ?? [])]).toEqual(["hubspot:contacts:102", "hubspot:contacts:115"]);
  await slack.service.control.submit({ user: USER, view_id: front().id });
  await eventually(() => bot.monitor.asked.length === 1, "the request");
  expect(bot.monitor.asked).toMatchObject([
    {
      what: "resync",
      target: { kind: "chosen", errorId: "E7K3Q", choiceId: id },
      actor: { userId: USER, channel: "C0REVOPS", allowedAs: saying("operator by name") },
    },
  ]);
});

test("Select all ticks every page, some can be taken out of it, and Select none takes all of it back", async () => {
  await open();
  const all = await press("syncwarden:records-turn:all", "25 of 25 selected");
  expect(ticked(all)).toHaveLength(10);
  await tick("person1@example.com", false);
  const next = await press("syncwarden:records-turn:next", "24 of 25 selected");
  expect(ticked(next)).toHaveLength(10);
  const none = await press("syncwarden:records-turn:none", "None is selected");
  expect(ticked(none)).toEqual([]);
  expect(words()).toContain("11 to 20 of 25");
});

test("nothing ticked asks for something to be ticked, and requests nothing", async () => {
  const { id } = await open();
  await slack.service.control.submit({ user: USER, view_id: id });
  await eventually(() => words().includes("Nothing is selected."), "the hint");
  expect(rows(front())).toHaveLength(10);
  expect(bot.monitor.asked).toEqual([]);
});

test("a viewer may look, and is told who can resync", async () => {
  const view = await open("U0VIEWER");
  const block = rowOf(view, "person1@example.com").block_id ?? "";
  await slack.service.control.submit({ user: "U0VIEWER", view_id: view.id, values: { [block]: ["ticked"] } });
  await eventually(() => words("U0VIEWER").includes("<@U0OPERATOR>"), "the refusal");
  expect(bot.monitor.asked).toMatchObject([{ what: "refusal" }]);
});

test("buttons in it open on top of it, and answers too", async () => {
  bot.monitor.form = fixForm();
  await open();
  await slack.service.control.action({ user: USER, view_id: front().id, action_id: "syncwarden:fix" });
  await eventually(() => words().includes("Customer tier"), "the fix dialog");
  expect(slack.service.control.views(USER).stack).toHaveLength(2);
  await slack.service.control.close({ user: USER, view_id: front().id });
  bot.monitor.exported = [];
  await slack.service.control.action({ user: USER, view_id: front().id, action_id: "syncwarden:export" });
  await eventually(() => words().includes("There is nothing to export"), "the answer");
  expect(slack.service.control.views(USER).stack).toHaveLength(2);
});

test("an error that is resolved by then says so, without anything to choose", async () => {
  await open();
  bot.monitor.syncErrors = [syncError({ affectedRecords: 0, resolvedAt: minutesAgo(1) })];
  await press("syncwarden:records-turn:next", "No record is held back by it any more");
  expect(words()).toContain('"submit":null');
});

test("an error of 100,000 records fits: pages far away, in what a dialog can remember", async () => {
  bot.monitor.syncErrors = [syncError({ affectedRecords: 100_000 })];
  await open();
  await press("syncwarden:records-turn:all", "100,000 of 100,000 selected");
  await press("syncwarden:records-turn:next", "11 to 20 of 100,000");
  expect(front().private_metadata.length).toBeLessThan(300);
});
